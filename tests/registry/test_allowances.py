"""Checks have a price: allowances by address and NIK, shared by all workers, and nobody shut out for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from portal.registry.digests import IdentityHasher
from portal.registry.models import check_allowances
from portal.registry.services.allowances import WRONG_NAMES_A_DAY, Allowances, Ticket
from portal.registry.services.keys import registry_engine
from tests.conftest import build_app, close_app
from tests.registry.conftest import Stage
from tests.registry.people import RUSDI, STRANGER, somebody
from tests.support.databases import Urls

NOW = 1_800_000_000.0
HASHER = IdentityHasher(b"k" * 32)
NIK = b"d" * 16


class Worker:
    """One worker's counters, asked at a time of its own."""

    def __init__(self, engine: Engine, allowance: int = 8) -> None:
        self.engine = engine
        self.allowances = Allowances(engine, HASHER, allowance)
        self.now = NOW

    def ask(self, address: str = "203.0.113.5", nik: bytes = NIK, *, miss: bool = False) -> Ticket | int:
        with self.engine.connect() as connection:
            ticket = self.allowances.admit(connection, address, nik, self.now)
        if miss and isinstance(ticket, Ticket):
            self.allowances.miss(ticket, self.now)
        return ticket

    def admitted(self, times: int, address: str = "203.0.113.5") -> int:
        return sum(isinstance(self.ask(address, bytes([number]) * 16), Ticket) for number in range(times))


@pytest.fixture
def worker(registry: Flask) -> Worker:
    return Worker(registry_engine())


def test_an_address_has_its_allowance_and_then_waits_for_the_window_to_end(worker: Worker) -> None:
    assert worker.admitted(20) == 8
    wait = worker.ask()
    assert isinstance(wait, int)
    assert 0 < wait <= 600
    worker.now += wait
    assert worker.admitted(20) == 8


def test_addresses_do_not_share_an_allowance(worker: Worker) -> None:
    assert worker.admitted(20) == worker.admitted(20, "203.0.113.6") == 8


def test_an_ipv6_network_is_one_address(worker: Worker) -> None:
    taken = worker.admitted(5, "2001:db8:1:2::1") + worker.admitted(20, "2001:db8:1:2:ffff::9")
    assert (taken, worker.admitted(20, "2001:db8:1:3::1")) == (8, 8)


def test_an_ipv4_address_in_ipv6_clothes_is_the_same(worker: Worker) -> None:
    assert worker.admitted(8) + worker.admitted(8, "::ffff:203.0.113.5") == 8


def test_workers_share_what_they_counted(worker: Worker) -> None:
    other = Worker(worker.engine)
    assert worker.admitted(8) == 8
    assert other.admitted(8) == 0


def test_workers_in_turns_admit_hardly_more_than_one_allowance(worker: Worker) -> None:
    other = Worker(worker.engine, 40)
    worker.allowances = Allowances(worker.engine, HASHER, 40)
    taken = 0
    for step in range(80):
        worker.now = other.now = NOW + step * 0.3
        taken += isinstance(worker.ask(), Ticket) + isinstance(other.ask(), Ticket)
    assert 40 <= taken <= 44


def test_a_locked_database_neither_stops_nor_frees_the_checks(registry: Flask, worker: Worker) -> None:
    with locked(worker.engine):
        assert worker.admitted(20) == 8


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Somebody else writes for a long time."""
    with engine.connect() as connection, connection.begin():
        connection.execute(check_allowances.insert().values(subject=b"x" * 16, window_end=1, used=1))
        yield


def test_wrong_names_close_a_nik_for_the_day_and_no_longer(worker: Worker) -> None:
    for _ in range(WRONG_NAMES_A_DAY):
        ticket = worker.ask(miss=True)
        assert isinstance(ticket, Ticket)
        assert ticket.may_be_found
    closed = worker.ask("203.0.113.77")
    assert isinstance(closed, Ticket)
    assert not closed.may_be_found
    worker.now += 86_400
    opened = worker.ask("203.0.113.77")
    assert isinstance(opened, Ticket)
    assert opened.may_be_found


def test_a_spike_of_misses_makes_every_allowance_smaller_but_never_nothing(worker: Worker) -> None:
    worker.allowances = Allowances(worker.engine, HASHER, 9)
    for number in range(400):
        worker.ask(f"198.51.{number // 200}.{number % 200}", number.to_bytes(16, "big"), miss=True)
    assert worker.admitted(20) == 3
    worker.now += 1200
    assert worker.admitted(20) == 9


def test_old_counts_are_removed_and_nothing_tells_an_address(worker: Worker) -> None:
    worker.admitted(8)
    worker.now += 7200
    worker.ask("198.51.100.1")
    with worker.engine.connect() as connection:
        rows = connection.execute(select(check_allowances)).all()
    assert rows
    assert all(row.window_end > worker.now for row in rows)
    assert not any(b"\xcb\x00\x71\x05" in row.subject for row in rows)


def test_too_many_checks_are_answered_kindly_with_a_time_to_come_back(
    urls: Urls, tmp_path: Path, content: Flask
) -> None:
    app = build_app(tmp_path / "few", urls, PORTAL_CHECK_ALLOWANCE="3")
    visitor = app.test_client()
    answers = [visitor.post("/cek", data={"nik": STRANGER.nik, "nama": "Budi"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 600
    assert "menit" in answers[3].text
    close_app(app)


def test_a_forged_forwarding_header_has_no_effect(urls: Urls, tmp_path: Path, content: Flask) -> None:
    app = build_app(tmp_path / "few", urls, PORTAL_CHECK_ALLOWANCE="3")
    visitor = app.test_client()
    statuses = [
        visitor.post(
            "/cek",
            data={"nik": somebody(number).nik, "nama": "Budi"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        ).status_code
        for number in range(5)
    ]
    assert statuses == [200, 200, 200, 429, 429]
    close_app(app)


def test_mistakes_cost_nothing(urls: Urls, tmp_path: Path, content: Flask) -> None:
    app = build_app(tmp_path / "few", urls, PORTAL_CHECK_ALLOWANCE="1")
    visitor = app.test_client()
    statuses = [visitor.post("/cek", data={"nik": "123", "nama": "Budi"}).status_code for _ in range(5)]
    assert statuses == [422] * 5
    close_app(app)


def test_the_right_name_after_many_wrong_ones_gets_the_negative_page(stage: Stage, registry: Flask) -> None:
    stage([RUSDI], publish=True)
    visitor = registry.test_client()
    wrong = [visitor.post("/cek", data={"nik": RUSDI.nik, "nama": f"Salah{letter}"}) for letter in "abcde"]
    right = visitor.post("/cek", data={"nik": RUSDI.nik, "nama": RUSDI.name})
    assert {answer.get_data() for answer in (*wrong, right)} == {right.get_data()}
    assert str(right.headers) == str(wrong[0].headers)
