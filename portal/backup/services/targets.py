"""The databases that a backup is put into: prepared beside what is there, and put in its place at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, inspect, pool, select, text
from sqlalchemy.engine import make_url

from portal.backup.archive import Reader
from portal.backup.selection import METADATA
from portal.backup.services.into_file import prepare_file
from portal.backup.services.into_server import prepare_server
from portal.backup.services.steps import Finish, Prepared, Progress

# What is filled by migrations or comes with every portal is no reason to refuse.
SEEDED: Final = frozenset({"content_version", "registry_state", "audit_head", "alembic_version"})


def first_number(url: str, query: str) -> int:
    """A number out of a database that may have no tables yet; 0 then."""
    engine = create_engine(url, poolclass=pool.NullPool)
    try:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
            return 0
        with engine.connect() as connection:
            if not inspect(connection).has_table(query.split()[-1]):
                return 0
            return int(connection.execute(text(query)).scalar() or 0)
    finally:
        engine.dispose()


def find_filled(name: str, url: str) -> str | None:
    """A table that holds rows which a restore would replace, None where there is none."""
    engine = create_engine(url, poolclass=pool.NullPool)
    try:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
            return None
        with engine.connect() as connection:
            present = set(inspect(connection).get_table_names()) - SEEDED
            for table in METADATA[name].sorted_tables:
                if (
                    table.name in present
                    and connection.execute(select(1).select_from(table).limit(1)).first()
                ):
                    return table.name
    finally:
        engine.dispose()
    return None


@contextmanager
def prepare(name: str, url: str, backup: Reader, finish: Finish, progress: Progress) -> Iterator[Prepared]:
    """Fill a database beside the one at `url`; nothing of that is changed until `put` is called."""
    if url.startswith("sqlite"):
        with prepare_file(name, Path(make_url(url).database or ""), backup, finish, progress) as prepared:
            yield prepared
    else:
        with prepare_server(name, url, backup, finish, progress) as prepared:
            yield prepared
