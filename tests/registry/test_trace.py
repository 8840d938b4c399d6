"""No crash in the middle of an import leaves half a list."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from portal.core.database import registry_metadata
from portal.registry.services.keys import registry_engine
from tests.registry.conftest import Stage
from tests.registry.people import BERAU, HEADER, somebody
from tests.support.databases import PORTAL, ROOT, Urls, environment, run_portal
from tests.support.processes import wait_until_open

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")


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
    wait_until_open(reading, path)
    time.sleep(after)
    reading.send_signal(signal.SIGKILL)
    assert reading.wait() == -signal.SIGKILL
    registry_engine().dispose()
    assert _snapshot() == before
    assert run_portal("registry", "lists", "--json", env=env).stdout.count('"id"') == 1
