"""Long lists are keyed by two processes: the same rows as with one, and nothing at all when one of them dies."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.registry.digests import bucket_of
from portal.registry.errors import KeyingStopped
from portal.registry.keying import second_core
from portal.registry.keying.second_core import SecondCore
from portal.registry.models import enrolment_lists, enrolments, village_counts
from portal.registry.services.keys import key_ring, registry_engine
from tests.registry.conftest import Stage
from tests.registry.people import somebody
from tests.support.databases import Urls, environment, run_portal

LIST = [somebody(number, f"Rahmat Hidayat {number % 7 * 'x'}") for number in range(3000)]
TWICE = somebody(5, "Siti Aminah")


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list counts as long, and there is a core for it."""
    monkeypatch.setattr(second_core, "SECOND_CORE_FROM", 0)
    monkeypatch.setattr(second_core, "has_second_core", lambda: True)
    monkeypatch.setattr("portal.registry.services.intake.ROWS_IN_A_CHUNK", 100)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes that were started, as they come."""
    found: list[Any] = []
    begin = second_core.subprocess.Popen

    def note(*arguments: Any, **options: Any) -> Any:
        found.append(begin(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(second_core.subprocess, "Popen", note)
    return found


def stored() -> list[tuple[Any, ...]]:
    """Every row of the registry but for its list's number."""
    columns = [column for column in enrolments.c if column.name != "list_id"]
    with registry_engine().connect() as connection:
        query = select(*columns).order_by(enrolments.c.bucket, enrolments.c.nik_digest)
        return [tuple(row) for row in connection.execute(query)]


def forget() -> None:
    with registry_engine().begin() as connection:
        for table in (enrolments, village_counts):
            connection.execute(delete(table))
        connection.exec_driver_sql("DELETE FROM list_events")
        connection.execute(delete(enrolment_lists))


def test_two_processes_make_the_rows_that_one_makes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, started: list[Any]
) -> None:
    alone = stage([*LIST, TWICE])
    one = stored()
    forget()
    monkeypatch.setattr(second_core, "SECOND_CORE_FROM", 0)
    monkeypatch.setattr(second_core, "has_second_core", lambda: True)
    monkeypatch.setattr("portal.registry.services.intake.ROWS_IN_A_CHUNK", 100)
    # Every second chunk, so that a person who comes twice is in both processes.
    offer, turns = SecondCore.offer, iter(range(1000))
    monkeypatch.setattr(SecondCore, "offer", lambda core, people: next(turns) % 2 and offer(core, people))
    both = stage([*LIST, TWICE])
    assert [len(started), started[0].returncode] == [1, 0]
    assert stored() == one
    assert (alone.people, both.people, both.warnings) == (3000, 3000, alone.warnings)
    assert "duplicate_in_file" in {warning.reason for warning in both.warnings}


def test_every_row_lies_in_the_bucket_of_its_digest(stage: Stage, two_cores: None) -> None:
    stage(LIST)
    rows = stored()
    assert len(rows) == 3000
    assert [row for row in rows if row[0] != bucket_of(row[1])] == []


def test_a_short_list_starts_no_process(stage: Stage, started: list[Any]) -> None:
    report = stage(LIST[:50])
    assert (report.people, started) == (50, [])


def test_when_the_second_process_dies_nothing_is_stored(
    stage: Stage, two_cores: None, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    offer, turns = SecondCore.offer, iter(range(1000))

    def die(core: SecondCore, people: Any) -> bool:
        if next(turns) == 3:
            os.kill(started[0].pid, signal.SIGKILL)
            started[0].wait()
        return offer(core, people)

    monkeypatch.setattr(SecondCore, "offer", die)
    with pytest.raises(KeyingStopped, match="Tidak ada yang disimpan"):
        stage(LIST)
    assert stored() == []
    with registry_engine().connect() as connection:
        assert connection.execute(select(enrolment_lists)).all() == []


def test_when_the_second_process_dies_at_the_very_end_nothing_is_stored(
    stage: Stage, two_cores: None, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    results = SecondCore.results

    def die(core: SecondCore) -> Any:
        os.kill(started[0].pid, signal.SIGKILL)
        return results(core)

    monkeypatch.setattr(SecondCore, "results", die)
    with pytest.raises(KeyingStopped):
        stage(LIST)
    assert stored() == []


def test_a_file_that_is_held_in_the_middle_leaves_no_process(
    stage: Stage, two_cores: None, started: list[Any]
) -> None:
    text = "NIK,Nama\n" + "".join(f"{one.nik},Budi\n" for one in LIST) + '6403992505859001,"Budi\n' * 9
    report = stage(text)
    assert (report.reason, len(started)) == ("unreadable", 1)
    assert started[0].poll() is not None


def test_the_key_and_the_people_are_on_no_command_line(
    stage: Stage, two_cores: None, started: list[Any]
) -> None:
    stage(LIST)
    told = " ".join(started[0].args)
    assert key_ring().keys[0].decode(errors="replace") not in told
    assert not [one for one in LIST if one.nik in told]


def test_the_command_keys_a_long_list_in_two_processes(content: Flask, urls: Urls, tmp_path: Path) -> None:
    env = environment(tmp_path, urls)
    path = tmp_path / "list.csv"
    run_portal("registry", "sample", "--rows", "25000", "--out", str(path), env=env)
    told = run_portal(
        *("registry", "import", str(path), "--program", "berau-pekerja-rentan", "--funding", "csr"),
        *("--from", "2026-01", "--to", "2026-12", "--json"),
        env=env,
    )
    assert '"accepted": 25000' in told.stdout
