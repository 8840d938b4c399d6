"""Databases that a backup is put into: prepared beside what is there, and put in its place at the end.

SQLite: a new file is filled and then copied over the old one in one transaction of SQLite's, which whoever has the file
open sees as any other. PostgreSQL: everything happens in one transaction.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alembic import command
from sqlalchemy import Connection, MetaData, create_engine, inspect, pool, select, text
from sqlalchemy.engine import make_url

from portal.backup.archive import Reader
from portal.backup.decoding import decode_rows
from portal.backup.outcomes import RestoreRefused
from portal.backup.selection import METADATA
from portal.backup.shapes import TableFile
from portal.core.i18n import gettext as _
from portal.core.migrate import alembic_config

# What is filled by migrations or comes with every portal is no reason to refuse.
SEEDED: Final = frozenset({"content_version", "registry_state", "audit_head", "alembic_version"})
LOCK_WAITS: Final = "30s"
BUSY_ROUNDS: Final = 300
ROOM: Final = 1.25

# What to do with the filled database before it takes its place.
Finish = Callable[[Connection], None]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that is filled and waits to take its place."""

    put: Callable[[], None]


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
        with _prepare_file(name, Path(make_url(url).database or ""), backup, finish, progress) as prepared:
            yield prepared
    else:
        with _prepare_server(name, url, backup, finish, progress) as prepared:
            yield prepared


@contextmanager
def _prepare_file(
    name: str, live: Path, backup: Reader, finish: Finish, progress: Progress
) -> Iterator[Prepared]:
    _remove_leftovers(live)
    _require_room(live.parent, sum(table.size for table in backup.manifest.of(name)))
    new = live.with_name(f".{live.name}.restoring-{secrets.token_hex(4)}")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    url = f"sqlite:///{new}"
    try:
        command.upgrade(alembic_config(name, url), backup.manifest.revisions[name])
        _fill_file(new, backup, backup.manifest.of(name), progress)
        command.upgrade(alembic_config(name, url), "head")
        _finish_file(url, finish)
        yield Prepared(lambda: _copy_over(new, live))
    finally:
        _remove_leftovers(live)


def _require_room(folder: Path, size: int) -> None:
    """The file that is filled and the journal of copying it take some six tenths of the written tables each."""
    if shutil.disk_usage(folder).free < size * ROOM:
        raise RestoreRefused(
            _("There is not enough room on the disk for what is in the backup; nothing was restored.")
        )


def _remove_leftovers(live: Path) -> None:
    """What this restore made, or one that was killed."""
    for left in live.parent.glob(f".{live.name}.restoring-*"):
        left.unlink(missing_ok=True)


def _fill_file(new: Path, backup: Reader, tables: list[TableFile], progress: Progress) -> None:
    connection = sqlite3.connect(new, isolation_level=None)
    try:
        for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -65536"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for trigger, _sql in triggers:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for table in tables:
            _fill_table(connection, backup, table)
            progress(1)
        for _trigger, sql in triggers:
            connection.execute(sql)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise RestoreRefused(_("The backup contradicts itself; nothing was restored."))
        connection.execute("COMMIT")
    finally:
        connection.close()


def _fill_table(connection: sqlite3.Connection, backup: Reader, table: TableFile) -> None:
    connection.execute(f'DELETE FROM "{table.table}"')  # noqa: S608
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("?" * len(table.columns))
    insert = f'INSERT INTO "{table.table}" ({names}) VALUES ({places})'  # noqa: S608
    connection.executemany(insert, decode_rows(backup.lines(table), table.columns))


def _finish_file(url: str, finish: Finish) -> None:
    engine = create_engine(url, poolclass=pool.NullPool, hide_parameters=True)
    with engine.begin() as connection:
        finish(connection)
    with engine.connect() as connection:
        # One whole file to copy from, and no journal beside it.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _copy_over(new: Path, live: Path) -> None:
    rounds = 0

    def wait(status: int, remaining: int, total: int) -> None:
        nonlocal rounds
        rounds += 1
        if rounds > BUSY_ROUNDS:
            raise RestoreRefused(
                _("The database %(file)s is in use all the time: stop server and worker first.", file=live)
            )

    if not live.exists():
        os.close(os.open(live, os.O_CREAT | os.O_WRONLY, 0o600))
    source, target = sqlite3.connect(new), sqlite3.connect(live, timeout=1)
    try:
        target.execute("PRAGMA journal_mode = WAL")
        # All pages in one step: one transaction, of which a crash leaves nothing.
        source.backup(target, pages=-1, progress=wait, sleep=0.1)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        source.close()
        target.close()


@contextmanager
def _prepare_server(
    name: str, url: str, backup: Reader, finish: Finish, progress: Progress
) -> Iterator[Prepared]:
    engine = create_engine(url, poolclass=pool.NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAITS}'"))
            config = alembic_config(name, url)
            config.attributes["connection"] = connection
            _wipe(connection, METADATA[name])
            command.downgrade(config, "base")
            command.upgrade(config, backup.manifest.revisions[name])
            _fill_server(connection, backup, backup.manifest.of(name), progress)
            command.upgrade(config, "head")
            finish(connection)
            yield Prepared(transaction.commit)
    finally:
        engine.dispose()


def _wipe(connection: Connection, metadata: MetaData) -> None:
    """Empty what is there: the steps down then have nothing to carry along."""
    present = set(inspect(connection).get_table_names())
    known = [table.name for table in metadata.sorted_tables if table.name in present]
    for table in known:
        _mind_triggers(connection, table, "DISABLE")
    if known:
        listed = ", ".join(f'"{table}"' for table in known)
        connection.execute(text(f"TRUNCATE {listed} CASCADE"))


def _mind_triggers(connection: Connection, table: str, whether: str) -> None:
    connection.execute(text(f'ALTER TABLE "{table}" {whether} TRIGGER USER'))


def _fill_server(connection: Connection, backup: Reader, tables: list[TableFile], progress: Progress) -> None:
    driver: Any = connection.connection.dbapi_connection
    for table in tables:
        _mind_triggers(connection, table.table, "DISABLE")
        connection.execute(text(f'DELETE FROM "{table.table}"'))  # noqa: S608
    for table in tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with driver.cursor().copy(f'COPY "{table.table}" ({names}) FROM STDIN') as copy:
            for piece in backup.pieces(table):
                copy.write(piece)
        progress(1)
    for table in tables:
        _mind_triggers(connection, table.table, "ENABLE")
        _go_on_counting(connection, table.table)


def _go_on_counting(connection: Connection, table: str) -> None:
    """Let a table's numbers go on after the highest that came with the backup."""
    columns = text(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = :table AND column_default LIKE 'nextval(%'"
    )
    for column in connection.execute(columns, {"table": table}).scalars():
        highest = f'SELECT max("{column}") AS highest FROM "{table}"'  # noqa: S608
        sequence = f"""pg_get_serial_sequence('"{table}"', '{column}')"""
        query = f"SELECT setval({sequence}, highest) FROM ({highest}) AS found WHERE highest IS NOT NULL"  # noqa: S608
        connection.execute(text(query))
