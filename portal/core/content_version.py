"""The number of the published content, and a watch on it that costs microseconds.

Every publication raises the number in its own transaction. On SQLite the watch asks
`PRAGMA data_version`, which changes with any commit of any process; on PostgreSQL a listening connection
hears of it. When the watch cannot tell, it reads the number itself: a page may be rendered once too often,
never served too old.
"""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from sqlalchemy import BigInteger, CheckConstraint, Connection, DateTime, event, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Mapped, Session, mapped_column, scoped_session

from portal.core.database import AnySession, ContentBase

CHANNEL = "portal_content"
WITA = timezone(timedelta(hours=8))
READ = "SELECT number FROM content_version"


class ContentVersion(ContentBase):
    """One row: the number of the content as now published."""

    __tablename__ = "content_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class OwnPublications:
    """How many publications this process has committed: whoever published sees it at once, without being told."""

    def __init__(self) -> None:
        self.number = 0

    def expect(self, session: Session) -> None:
        """Count the session's next commit as one."""
        session.info[self] = True

    def committed(self, session: Session) -> None:
        """Count a commit that was expected."""
        if session.info.pop(self, False):
            self.number += 1


own_publications = OwnPublications()
event.listen(Session, "after_commit", own_publications.committed)


def raise_content_version(session: AnySession | Connection) -> None:
    """Count one publication, inside the caller's transaction."""
    now = datetime.now(UTC)
    session.execute(update(ContentVersion).values(number=ContentVersion.number + 1, changed_at=now))
    bind = session if isinstance(session, Connection) else session.connection()
    if bind.dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_notify('{CHANNEL}', '')"))
    if not isinstance(session, Connection):
        own_publications.expect(session.registry() if isinstance(session, scoped_session) else session)


def current_number(session: AnySession) -> int:
    """The number as the database has it."""
    return session.execute(select(ContentVersion.number)).scalar_one()


def content_date(session: AnySession) -> date | None:
    """The day of the last publication in Kalimantan's larger clock (WITA, UTC+8), None before the first."""
    changed = session.execute(select(ContentVersion.changed_at)).scalar_one()
    if changed is None:
        return None
    utc = changed if changed.tzinfo else changed.replace(tzinfo=UTC)
    return utc.astimezone(WITA).date()


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
