"""The number of the published content: every publication raises it in its own transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from sqlalchemy import BigInteger, CheckConstraint, Connection, DateTime, event, select, text, update
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
