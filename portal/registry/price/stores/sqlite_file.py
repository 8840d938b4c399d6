"""Counts in a small SQLite file of their own: writes take microseconds, and no load of a list is ever in the way."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from portal.registry.price.shapes import Key
from portal.registry.price.stores import StoreUnavailable

LOCK_MILLISECONDS = 100
_TABLE = """CREATE TABLE IF NOT EXISTS check_allowances (
    subject BLOB NOT NULL, window_end INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (subject, window_end)
) WITHOUT ROWID"""
# What has ended is removed every minute, of what may be millions of rows on a day of attack.
_INDEX = "CREATE INDEX IF NOT EXISTS ix_check_allowances_window_end ON check_allowances (window_end)"
_READ = "SELECT subject, window_end, used FROM check_allowances WHERE subject IN ({})"
# One statement for several keys: a check asks for half a dozen.
KEYS_AT_ONCE = 100
_ADD = (
    "INSERT INTO check_allowances VALUES (?, ?, ?)"
    " ON CONFLICT (subject, window_end) DO UPDATE SET used = used + excluded.used"
)
_CLAIM = "INSERT INTO check_allowances VALUES (?, ?, 1) ON CONFLICT DO NOTHING"
_PURGE = "DELETE FROM check_allowances WHERE window_end < ?"
T = TypeVar("T")


class FileStore:
    """One connection per process, opened with the first use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None

    def read(self, keys: Iterable[Key]) -> dict[Key, int]:
        """See Store."""
        return self._safely(lambda connection: _read(connection, keys))

    def add(self, counts: Mapping[Key, int], wanted: Iterable[Key], purge: int | None) -> dict[Key, int]:
        """See Store."""

        def write(connection: sqlite3.Connection) -> dict[Key, int]:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_ADD, [(*key, used) for key, used in sorted(counts.items())])
            if purge is not None:
                connection.execute(_PURGE, (purge,))
            known = _read(connection, wanted)
            connection.execute("COMMIT")
            return known

        return self._safely(write)

    def claim(self, key: Key) -> bool:
        """See Store."""
        return self._safely(lambda connection: connection.execute(_CLAIM, key).rowcount == 1)

    def _safely(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Act on the connection; after any fault it is left as it was, without a transaction."""
        with self._lock:
            try:
                connection = self._open or self._connect()
                try:
                    return act(connection)
                finally:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
            except sqlite3.Error as error:
                raise StoreUnavailable(type(error).__name__) from None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=LOCK_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False
        )
        weakref.finalize(self, connection.close)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLE)
        connection.execute(_INDEX)
        self._open = connection
        return connection


def _read(connection: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """Counts of those keys that have one. A subject's digest holds its window, so it is enough to look for."""
    subjects = [subject for subject, _end in keys]
    found: dict[Key, int] = {}
    for at in range(0, len(subjects), KEYS_AT_ONCE):
        some = subjects[at : at + KEYS_AT_ONCE]
        rows = connection.execute(_READ.format(",".join("?" * len(some))), some)
        found.update({(subject, end): used for subject, end, used in rows})
    return found
