"""Whether a worker lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from portal.core.database import AnySession
from portal.work.models import WorkerBeat

LATE = timedelta(seconds=60)


def find_worker_state(session: AnySession, now: datetime) -> str:
    """`ok`, `late` (no sign of life for more than a minute), `never`, or `unknown` where the database is away."""
    try:
        last: datetime | None = session.execute(select(func.max(WorkerBeat.beat_at))).scalar_one()
    except SQLAlchemyError:
        session.rollback()
        return "unknown"
    if last is None:
        return "never"
    utc = last if last.tzinfo else last.replace(tzinfo=UTC)
    return "ok" if now - utc <= LATE else "late"
