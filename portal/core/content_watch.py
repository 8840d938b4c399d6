"""A watch on the number of the published content that costs microseconds.

On SQLite the watch asks `PRAGMA data_version`, which changes with any commit of any process; on PostgreSQL a
listening connection hears of a publication. When the watch cannot tell, it reads the number itself: a page may be
rendered once too often, never served too old.
"""

from __future__ import annotations

import sqlite3
import threading
from typing import Protocol

from sqlalchemy.engine import make_url

from portal.core.content_version import READ


class Watch(Protocol):
    """Tells the content's number."""

    def number(self) -> int | None:
        """The number of the published content, or None where the database doesn't answer."""


def watch(url: str) -> Watch:
    """The watch that fits the database at `url`."""
    if url.startswith("sqlite"):
        return SqliteWatch(make_url(url).database or "")
    # Imported here: the driver takes a tenth of a second that a portal on SQLite does not have to spend.
    from portal.core.postgres_watch import PostgresWatch

    return PostgresWatch(url)


class SqliteWatch:
    """Asks SQLite, on a connection of its own per thread, whether anything was committed since."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._local = threading.local()

    def number(self) -> int | None:
        """See Watch; a missing or unreadable file gives None."""
        try:
            return self._ask()
        except sqlite3.Error:
            self._local.__dict__.clear()
            return None

    def _ask(self) -> int | None:
        local = self._local
        if not hasattr(local, "connection"):
            address = f"file:{self._path}?mode=ro"
            local.connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=1)
            local.seen = None
        (seen,) = local.connection.execute("PRAGMA data_version").fetchone()
        if seen != local.seen:
            row = local.connection.execute(READ).fetchone()
            local.known, local.seen = (row[0] if row else None), seen
        known: int | None = local.known
        return known
