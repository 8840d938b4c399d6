"""No NIK and no name is anywhere after lists and checks; no crash leaves half a list."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Table, select

from portal.core.database import registry_metadata
from portal.registry.services.keys import registry_engine
from portal.settings import Settings
from tests.registry.conftest import Stage
from tests.registry.people import BERAU, HEADER, Somebody, somebody
from tests.support.databases import PORTAL, ROOT, Urls, environment, run_portal

CANARY = Somebody("6403991202859777", "Xanthippe Qwertyuiop", "", "Zanzibarvillage", "Vogelkundler")
TRACES = [CANARY.nik, CANARY.nik[:12], *CANARY.name.split(), CANARY.village, CANARY.work]
COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")


def find_traces(data: bytes) -> list[str]:
    """Which of the canary's parts stand in some bytes, in any case or UTF-16."""
    low = data.lower()
    return [
        part for part in TRACES if part.lower().encode() in low or part.lower().encode("utf-16-le") in low
    ]


def test_nothing_of_a_person_is_in_files_tables_logs_or_answers(
    stage: Stage,
    registry: Flask,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    stage([CANARY, somebody(1)], publish=True)
    visitor = registry.test_client()
    for nik in (CANARY.nik, CANARY.nik[:15] + "8", CANARY.nik[:12] + "0000"):
        visitor.post("/cek", data={"nik": nik, "nama": CANARY.name})
    visitor.get("/cek", query_string={"nik": CANARY.nik, "nama": CANARY.name})
    for path in tmp_path.glob("list-*.csv"):
        path.unlink()
    found = {str(path): find_traces(path.read_bytes()) for path in _files(registry, tmp_path)}
    found["tables"] = find_traces(repr([_rows(table) for table in registry_metadata.sorted_tables]).encode())
    printed = capfd.readouterr()
    found["logs"] = find_traces((caplog.text + printed.out + printed.err).encode())
    assert {place: parts for place, parts in found.items() if parts} == {}


def test_an_error_in_the_middle_of_a_check_tells_the_log_nothing(
    registry: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*asked: object) -> None:
        raise RuntimeError(f"looking for {asked}")

    registry.config["TESTING"] = False
    monkeypatch.setattr("portal.registry.services.checking.read_from_digest", fail)
    answer = registry.test_client().post("/cek", data={"nik": CANARY.nik, "nama": CANARY.name})
    assert answer.status_code == 500
    assert find_traces((caplog.text + answer.text).encode()) == []


def _files(app: Flask, tmp_path: Path) -> list[Path]:
    """Every file of the instance, and the databases with their journals where they are files."""
    settings: Settings = app.config["PORTAL_SETTINGS"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for url in (settings.database_url, settings.registry_url):
        if url.startswith("sqlite"):
            base = Path(url.removeprefix("sqlite:///"))
            files += base.parent.glob(base.name + "*")
    return files


def _rows(table: Table) -> list[tuple[object, ...]]:
    with registry_engine().connect() as connection:
        return [tuple(row) for row in connection.execute(select(table))]


def _snapshot() -> list[list[tuple[object, ...]]]:
    return [_rows(table) for table in registry_metadata.sorted_tables]


@pytest.mark.parametrize("after", [0.0, 0.15, 0.4])
def test_a_kill_in_the_middle_of_an_import_leaves_nothing(
    stage: Stage, urls: Urls, tmp_path: Path, after: float
) -> None:
    stage([somebody(1)], publish=True)
    before = _snapshot()
    path = tmp_path / "large.csv"
    rows = (f"1,{somebody(number).nik},Budi Santoso,,,Petani\n" for number in range(400_000))
    path.write_text(HEADER + "\n" + "".join(rows), encoding="utf-8")
    env = {**os.environ, **environment(tmp_path / "instance", urls)}
    reading = subprocess.Popen([PORTAL, "registry", "import", str(path), *COVER], cwd=ROOT, env=env)
    _wait_for_reading(reading, path)
    time.sleep(after)
    reading.send_signal(signal.SIGKILL)
    assert reading.wait() == -signal.SIGKILL
    registry_engine().dispose()
    assert _snapshot() == before
    assert run_portal("registry", "lists", "--json", env=env).stdout.count('"id"') == 1


def _wait_for_reading(process: subprocess.Popen[bytes], path: Path) -> None:
    """Until the process has the list open."""
    for _ in range(600):
        try:
            if any(os.readlink(link) == str(path) for link in Path(f"/proc/{process.pid}/fd").iterdir()):
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise AssertionError("the import did not begin")
