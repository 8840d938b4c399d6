"""A long list read, judged, keyed, stored and published, beside the database's bare writing of the same rows.

The bare writing is executemany (SQLite) or COPY (PostgreSQL) of finished rows into the same table, in one transaction on
a connection prepared as that of a load: WAL, the same checks of keys and lists, 64 MB of pages. Without these SQLite
takes twice as long. Rows come in the order in which their people stand in the file: random, as digests are. Sorted rows
take a third of that time, which is why a load sorts them; this is told beside it, without a target.

Times are those of the clock, with both cores free; processor times of all processes tell more on a busy machine.
PORTAL_BENCH_LIST is the number of rows, a million unless told otherwise; PORTAL_BENCH_REGISTRY_URL measures a registry on
PostgreSQL, whose own processor time nobody here can see.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.measure import Row
from benchmarks.server import prepare
from portal import create_app
from portal.registry.models import enrolments
from portal.registry.services.keys import registry_engine
from portal.registry.services.storing import prepare_load, store_rows
from portal.settings import read_settings

LIST = int(os.environ.get("PORTAL_BENCH_LIST", "1000000"))
SHEET = 100_000
MEMORY_LIMIT = 300.0


def rows() -> list[Row]:
    """The command an office's list goes through, and the same rows written bare."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PORTAL_BENCH_FOLDER")) as folder:
        env = prepare(Path(folder))
        if url := os.environ.get("PORTAL_BENCH_REGISTRY_URL"):
            env["PORTAL_REGISTRY_URL"] = url
        path = Path(folder) / "list.csv"
        write_list(env, path)
        taken = take(env, path, a_new_month())
        raw = _write_bare(env, Path(folder))
    book, bare = _take_workbook()
    what = f"list of {LIST:,} staged and published".replace(",", ".")
    return [
        Row(what, LIST / taken.seconds, "the same rows written bare", LIST / raw.seconds, "rows/s", 0.3),
        Row(
            what, LIST / taken.seconds, "written bare in the table's order", LIST / raw.sorted, "rows/s", None
        ),
        Row(
            f"{what}: processor time",
            taken.processor,
            "written bare",
            raw.processor,
            "s",
            None,
            at_least=False,
        ),
        Row(f"{what}: memory", taken.megabytes, "300 MB", MEMORY_LIMIT, "MB", 1.0, at_least=False),
        Row(
            "workbook of 100.000 staged and published",
            *(book, "calamine's bare reading", bare, "s", 3.0),
            at_least=False,
        ),
    ]


def _take_workbook() -> tuple[float, float]:
    """Seconds to stage and publish a workbook and to read it bare, the fastest of three each.

    Each time in a registry of its own: lists of a programme are counted together.
    """
    taken, bare = [], []
    for _turn in range(3):
        with tempfile.TemporaryDirectory(dir=os.environ.get("PORTAL_BENCH_FOLDER")) as folder:
            env = prepare(Path(folder))
            sheet = Path(folder) / "list.xlsx"
            write_list(env, sheet, SHEET)
            taken.append(take(env, sheet, a_new_month()).seconds)
            bare.append(_read_bare(sheet))
    return min(taken), min(bare)


def a_new_month() -> int:
    """A month that no run before had on the same registry, where the same file would be known."""
    return int(time.time()) % 90_000


def write_list(env: dict[str, str], path: Path, people: int = LIST) -> None:
    """Write a synthetic list."""
    command = [
        sys.executable,
        "-m",
        "portal",
        "registry",
        "sample",
        "--rows",
        str(people),
        "--out",
        str(path),
    ]
    subprocess.run(command, env=env, check=True, stderr=subprocess.DEVNULL)


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds to stage a list and to publish it, of processors too, and the most megabytes of all processes together."""

    staged: float
    published: float
    processor: float
    megabytes: float

    @property
    def seconds(self) -> float:
        """From the first byte read to the list published."""
        return self.staged + self.published


def take(env: dict[str, str], path: Path, month: int) -> Taken:
    """Stage and publish a list; the portal's own start is not counted."""
    command, most = [sys.executable, "-m", "benchmarks.registry_stage", str(path), str(month)], 0.0
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, _megabytes(process.pid))
            # Adding up a process's memory takes its time, too.
            time.sleep(0.2)
        assert process.stdout is not None
        told = process.stdout.read()
    if process.returncode != 0:
        raise RuntimeError("the list was not taken")
    staged, published, processor = map(float, told.split())
    return Taken(staged, published, processor, most)


def _megabytes(parent: int) -> float:
    """Memory of a process and its children; what they share counts once."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(folder.name) == parent or f"\nPPid:\t{parent}\n" in (folder / "status").read_text():
                found = re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.M)
                total += int(found[1]) if found else 0
        except OSError:
            continue
    return total / 1024


@dataclass(frozen=True, slots=True)
class Bare:
    """Seconds to write rows in the order of a file, of the processor too, and in the order of the table."""

    seconds: float
    processor: float
    sorted: float


def _write_bare(env: dict[str, str], folder: Path) -> Bare:
    """Write the rows of the list again, into an empty table."""
    app = create_app(read_settings(env))
    with app.app_context():
        query = select(enrolments).order_by(enrolments.c.bucket, enrolments.c.nik_digest)
        with registry_engine().connect() as connection:
            stored: list[Any] = [tuple(row) for row in connection.execute(query)]
            if connection.dialect.name == "postgresql":
                return _timed_in_vain(connection, stored)
        registry_engine().dispose()
    empty = folder / "empty"
    shutil.copytree(env["PORTAL_INSTANCE"], empty, ignore=shutil.ignore_patterns("empty", "list.*"))
    app = create_app(read_settings({**env, "PORTAL_INSTANCE": str(empty)}))
    with app.app_context(), registry_engine().connect() as connection:
        return _timed_in_vain(connection, stored)


def _timed_in_vain(connection: Any, stored: list[Any]) -> Bare:
    """Empty the table and write the rows twice, sorted as they come and then mixed as in a file."""
    prepare_load(connection)
    in_order, _processor = _timed(connection, stored)
    random.Random(1).shuffle(stored)
    return Bare(*_timed(connection, stored), in_order)


def _timed(connection: Any, stored: list[Any]) -> tuple[float, float]:
    """Seconds to write the rows into the emptied table, by the clock and of this processor."""
    connection.execute(enrolments.delete())
    connection.commit()
    begun = time.perf_counter(), time.process_time()
    with connection.begin():
        store_rows(connection, stored)
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def _read_bare(path: Path) -> float:
    """Seconds in which calamine reads the workbook's sheet into lists of cells."""
    from python_calamine import CalamineWorkbook

    begun = time.perf_counter()
    with CalamineWorkbook.from_path(str(path)) as book:
        found = book.get_sheet_by_index(0).to_python()
    assert len(found) > SHEET, "the sheet has fewer rows than were written"
    return time.perf_counter() - begun
