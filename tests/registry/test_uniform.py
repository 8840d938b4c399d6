"""Nothing separates one negative answer from another: no status, header or byte, no query, no time.

This is the one test that takes time: it compares two interleaved samples of one run, never a time with a number.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from sqlalchemy import event

from portal.registry.digests import share_one
from portal.registry.lookup import ROWS_PER_LOOK_UP
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover
from tests.conftest import build_app, close_app
from tests.registry.people import BERAU, HEADER, Somebody, month
from tests.registry.timing import Environ, ask, check_environ, measure_pairs
from tests.support.databases import Databases

PAIRS = 2_000
# Of the rarer kinds, and of the measure's own test.
FEWER = 600
NAMED = ("a wrong name", "a sequence of zeros")
WRONG = "Joko Susilo"
# Digests and numbers in a statement as SQLite traces it.
VALUES = re.compile(r"x'[0-9a-f]*'|\b\d+\b", re.IGNORECASE)
# Of what is not there to be found, besides numbers that were never issued.
UNKNOWN = 96
# Lists of one month each; with the other three more than a look-up reads.
FIRST, MONTHS = month("2025-01"), 8


def people(district: int, count: int, name: str = "Rahmat Hidayat") -> list[Somebody]:
    """People whose numbers differ from those of every other district."""
    return [
        Somebody(f"6403{district}{n % 27 + 2:02}{n // 27 % 12 + 1:02}85{9001 + n // 324:04}", name)
        for n in range(count)
    ]


@dataclass
class Crowd:
    """An application with a large allowance, and people asked for in it."""

    app: Flask
    niks: dict[str, list[str]]

    def environs(self, kind: str, name: str = WRONG) -> Iterator[Environ]:
        """Checks of one kind, as many as are measured."""
        return (check_environ(nik, name) for nik in islice(cycle(self.niks[kind]), PAIRS))


@pytest.fixture(scope="module")
def crowd(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """Members of one list, of three and of more than a look-up reads, some of them asked for too often."""
    folder = tmp_path_factory.mktemp("crowd")
    with databases.copy("starter") as urls:
        app = build_app(folder / "instance", urls, PORTAL_CHECK_ALLOWANCE="99999")
        once, thrice, often = people(99, PAIRS + 20), people(98, 100), people(97, 100)
        with app.app_context():
            publish(folder, once + thrice + often)
            for funding in ("apbd_province", "csr"):
                publish(folder, thrice + often, funding=funding)
            for number in range(MONTHS):
                publish(folder, often, first=FIRST + number, last=FIRST + number)
        yield Crowd(app, _niks(app, once, thrice, often))
        close_app(app)


def publish(
    folder: Path,
    crowd: list[Somebody],
    *,
    funding: str = "apbd_regency",
    first: int = month("2026-01"),
    last: int = month("2026-12"),
) -> None:
    """Bring a list in, by whatever payer and for whatever months, and publish it."""
    path = folder / "list.csv"
    path.write_text("\n".join([HEADER, *(one.line for one in crowd)]), encoding="utf-8")
    report = stage_list(path, Cover(BERAU, funding, first, last), actor="test")
    assert report.list_id is not None
    publish_list(report.list_id, actor="test")


def _niks(
    app: Flask, once: list[Somebody], thrice: list[Somebody], often: list[Somebody]
) -> dict[str, list[str]]:
    strangers = [one.nik for one in people(UNKNOWN, PAIRS)]
    closed = [one.nik for one in once[PAIRS:]]
    for nik in closed * 6:
        app.test_client().post("/cek", data={"nik": nik, "nama": WRONG})
    return {
        "an unknown NIK": strangers,
        "a wrong name": [one.nik for one in once[:PAIRS]],
        "a sequence of zeros": [nik[:12] + "0000" for nik in strangers],
        "one repeated digit": [str(digit) * 16 for digit in range(10)],
        "a member of three lists": [one.nik for one in thrice],
        "a member of more lists than are read": [one.nik for one in often],
        "a member asked for too often": closed,
    }


def work_of(crowd: Crowd, environ: Environ, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each question to the registry, and each row of the look-up as it is compared, in order.

    Counts of checks are left out: they are passed on once a second, at a time of their own.
    """
    done: list[str] = []

    def compare(stored: bytes, asked: bytes) -> bool:
        done.append("a row")
        return share_one(stored, asked)

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if "window_end" not in statement and not statement.startswith("SET LOCAL"):
            done.append(statement)

    def trace(driver: object, *rest: object) -> None:
        # Statements that go past SQLAlchemy, without the values in them.
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(lambda statement: done.append(VALUES.sub("?", statement)))

    def leave(driver: object, *rest: object) -> None:
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(None)

    monkeypatch.setattr("portal.registry.services.finding.share_one", compare)
    with crowd.app.app_context():
        engine = registry_engine()
    listeners = (("before_cursor_execute", note), ("checkout", trace), ("checkin", leave))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        ask(crowd.app, environ)
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)
    return done


def test_every_negative_answer_asks_and_compares_the_same(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(crowd.app, next(crowd.environs("an unknown NIK")))
    done = {kind: work_of(crowd, next(crowd.environs(kind)), monkeypatch) for kind in crowd.niks}
    assert {kind for kind, one in done.items() if one != done["an unknown NIK"]} == set()
    assert done["an unknown NIK"].count("a row") == ROWS_PER_LOOK_UP
    assert len([one for one in done["an unknown NIK"] if "FROM enrolments" in one]) == 1


def test_a_member_of_more_lists_than_a_look_up_reads_is_found_in_all_of_them(crowd: Crowd) -> None:
    nik = crowd.niks["a member of more lists than are read"][0]
    _status, _headers, body = ask(crowd.app, check_environ(nik, "Rahmat"))
    assert "Januari 2025 – Agustus 2025; Januari 2026 – Desember 2026" in body.decode()


def test_nothing_separates_the_negative_answers(crowd: Crowd) -> None:
    asked = {kind: (kind, WRONG) for kind in crowd.niks}
    asked["the right name after too many wrong ones"] = ("a member asked for too often", "Rahmat Hidayat")
    answers, told = set(), {}
    for label, (kind, name) in asked.items():
        # What tells them apart does so again; a busy moment of the machine doesn't.
        for _turn in range(2):
            pairs = zip(crowd.environs("an unknown NIK"), crowd.environs(kind, name), strict=True)
            measured = measure_pairs(crowd.app, islice(pairs, PAIRS if label in NAMED else FEWER))
            answers |= measured.answers[0] | measured.answers[1]
            if abs(measured.separation) <= measured.noise:
                break
        else:
            told[label] = (measured.separation, [median(kind) for kind in measured.taken])
    assert told == {}
    assert [status for status, _headers, _body in answers] == ["200 OK"]


def test_the_measure_tells_a_path_that_is_slower_by_a_fifth(crowd: Crowd) -> None:
    def pairs() -> Iterator[tuple[Environ, Environ]]:
        both = zip(crowd.environs("an unknown NIK"), crowd.environs("an unknown NIK"), strict=True)
        return islice(both, FEWER)

    alike = measure_pairs(crowd.app, pairs())
    delay = median(alike.taken[0]) / 5

    def dawdle(place: int) -> None:
        end = time.perf_counter_ns() + delay * place
        while time.perf_counter_ns() < end:
            pass

    slower = measure_pairs(crowd.app, pairs(), dawdle)
    assert abs(alike.separation) <= alike.noise
    assert slower.separation > slower.noise
