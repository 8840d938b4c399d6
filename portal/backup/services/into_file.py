"""A backup into SQLite: a new file is filled, and copied over the old one in one transaction of SQLite's.

Whoever has the file open sees that as any other transaction, and a crash leaves what was there.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from sqlalchemy import create_engine, pool

from portal.backup.archive import Reader
from portal.backup.decoding import decode_rows
from portal.backup.drivers import driver_errors
from portal.backup.outcomes import RestoreRefused
from portal.backup.services.steps import Finish, Prepared, Progress
from portal.backup.shapes import TableFile
from portal.core.i18n import gettext as _
from portal.core.migrate import alembic_config

BUSY_ROUNDS: Final = 300
ROOM: Final = 1.25


@contextmanager
def prepare_file(
    name: str, live: Path, backup: Reader, finish: Finish, progress: Progress
) -> Iterator[Prepared]:
    """Fill a new file beside the one that is in use; both stay as they are until `put` is called.

    Raises RestoreRefused, NotABackup, OSError.
    """
    _remove_leftovers(live)
    _require_room(live.parent, sum(table.size for table in backup.manifest.of(name)))
    new = live.with_name(f".{live.name}.restoring-{secrets.token_hex(4)}")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    url = f"sqlite:///{new}"
    try:
        command.upgrade(alembic_config(name, url), backup.manifest.revisions[name])
        with driver_errors(filling=True):
            _fill_file(new, backup, backup.manifest.of(name), progress)
        command.upgrade(alembic_config(name, url), "head")
        _finish_file(url, finish)
        yield Prepared(lambda: _put(new, live))
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


def _put(new: Path, live: Path) -> None:
    with driver_errors():
        _copy_over(new, live)


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
