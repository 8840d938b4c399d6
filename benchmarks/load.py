"""Loading the starter package against a raw insert of the same rows; loading all areas."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.measure import Row
from portal import create_app
from portal.areas.services import load_areas
from portal.core import migrate
from portal.evidence.rules.services import load_rules
from portal.extensions import db
from portal.opendata.services import load_package
from portal.settings import ROOT, read_settings

AREAS_LIMIT = 10.0
RUNS = 5


def rows() -> list[Row]:
    """Seconds of a load into databases of its own, beside executemany of the rows it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        areas = _load_areas(base / "empty")
        pairs = [_load_starter(base, f"run{number}") for number in range(RUNS)]
    load, raw = (sorted(times)[RUNS // 2] for times in zip(*pairs, strict=True))
    return [
        Row("load of all areas", areas, "10 s", AREAS_LIMIT, "s", 1.0, at_least=False),
        Row(
            "load of the starter package", load, "raw insert of the same rows", raw, "s", None, at_least=False
        ),
    ]


def _load_areas(instance: Path) -> float:
    app = create_app(read_settings({"PORTAL_INSTANCE": str(instance)}))
    with app.app_context():
        migrate.upgrade(app.config["PORTAL_SETTINGS"])
        begun = time.perf_counter()
        load_areas(db.session(), ROOT / "data" / "areas")
        seconds = time.perf_counter() - begun
        load_rules(db.session(), ROOT / "data" / "rules")
        db.session.remove()
        db.engine.dispose()
    return seconds


def _load_starter(base: Path, name: str) -> tuple[float, float]:
    before, after = base / "empty", base / name
    shutil.copytree(before, after)
    app = create_app(read_settings({"PORTAL_INSTANCE": str(after)}))
    with app.app_context():
        begun = time.perf_counter()
        load_package(db.session(), ROOT / "data" / "starter")
        seconds = time.perf_counter() - begun
        db.session.remove()
        db.engine.dispose()
    target = base / f"{name}.sqlite3"
    shutil.copy(before / "portal.sqlite3", target)
    return seconds, _insert_raw(after / "portal.sqlite3", target)


def _insert_raw(loaded: Path, target: Path) -> float:
    """Seconds to write every row that the load added into a copy of the database before it."""
    with closing(sqlite3.connect(loaded)) as source, closing(sqlite3.connect(target)) as sink:
        tables = _filled(source, sink)
        begun = time.perf_counter()
        for table, found in tables:
            places = ", ".join("?" * len(found[0]))
            sink.executemany(f"INSERT INTO {table} VALUES ({places})", found)
        sink.commit()
        return time.perf_counter() - begun


def _filled(
    source: sqlite3.Connection, sink: sqlite3.Connection
) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Ordinary tables that are empty in `sink`, with the rows they have in `source`."""
    names = source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    filled = []
    for (name,) in names.fetchall():
        if name.startswith(("sqlite_", "alembic", "search_index")):
            continue
        found = source.execute(f"SELECT * FROM {name}").fetchall()
        if found and not sink.execute(f"SELECT count(*) FROM {name}").fetchone()[0]:
            filled.append((name, found))
    return filled
