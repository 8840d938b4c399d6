"""Work for later: any service hands over a job with its own transaction; the worker does it and tells how it goes.

The table is the truth; the queue only wakes the worker. A job may run again after a worker died in the middle of
it: what it does must come out the same when done twice. Arguments name things and never hold personal data.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import CheckConstraint, DateTime, String, Text, event, insert, select
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column, scoped_session

from portal.core.database import AnySession, ContentBase, one_of
from portal.core.i18n import language

STATES = ("queued", "running", "done", "failed")
Argument = str | int | bool | None
_WAITING = "portal.jobs"
log = logging.getLogger("portal.jobs")


class Job(ContentBase):
    """One piece of work: what, with which names, and how far it is (per cent, and one sentence)."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    arguments: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(10), index=True)
    progress: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    holder: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands: state (queued, running, done, failed), per cent, and what to tell whoever waits."""

    id: int
    name: str
    state: str
    progress: int
    sentence: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Running(Protocol):
    """The job as its function sees it while it runs."""

    id: int

    def tell(self, progress: int, sentence: str) -> None:
        """Show how far it is, in per cent; call it between transactions, as often as you like."""


JobFunction = Callable[..., str]
Waker = Callable[[int], None]
_functions: dict[str, JobFunction] = {}
_wakers: list[Waker] = []


def job(name: str) -> Callable[[JobFunction], JobFunction]:
    """Register the function of a job: `function(running, **arguments)` gives the sentence shown when it's done.

    A PortalError it raises is shown as it stands; of any other error only that it failed.
    """

    def register(function: JobFunction) -> JobFunction:
        _functions[name] = function
        return function

    return register


def job_function(name: str) -> JobFunction:
    """The function of a job; raises KeyError where no part of the portal registered it."""
    return _functions[name]


def wake_with(waker: Waker) -> None:
    """Have `waker` tell the worker of a new job; without one it's found at the worker's next look."""
    _wakers[:] = [waker]


def enqueue(session: AnySession, name: str, /, **arguments: Argument) -> int:
    """Hand over a job within the caller's transaction and give its number; it starts after the commit.

    Raises KeyError for a job nobody registered.
    """
    job_function(name)
    now = datetime.now(UTC)
    values = {"name": name, "arguments": json.dumps(arguments), "language": language(), "created_at": now}
    values |= {"state": "queued", "progress": 0, "sentence": "", "attempts": 0}
    number = session.execute(insert(Job).values(values).returning(Job.id)).scalar_one()
    own = session() if isinstance(session, scoped_session) else session
    own.info.setdefault(_WAITING, []).append(number)
    return number


def find_job(session: AnySession, number: int) -> JobState | None:
    """How the job stands, None where there's none (old ones are removed)."""
    query = select(Job.id, Job.name, Job.state, Job.progress, Job.sentence).where(Job.id == number)
    row = session.execute(query).one_or_none()
    return JobState(*row) if row else None


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for number in session.info.pop(_WAITING, ()):
        for waker in _wakers:
            try:
                waker(number)
            except Exception:
                # The job is in the table already: the worker finds it at its next look.
                log.warning("job %s: the queue could not be told", number)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_WAITING, None)


Chore = Callable[[AnySession, datetime], None]


@dataclass(frozen=True, slots=True)
class Regular:
    """Something the worker does again and again."""

    name: str
    every: timedelta
    function: Chore


_chores: dict[str, Regular] = {}


def chore(name: str, every: timedelta) -> Callable[[Chore], Chore]:
    """Register `function(session, now)` to be called in this interval; it commits, and two workers may both call it."""

    def register(function: Chore) -> Chore:
        _chores[name] = Regular(name, every, function)
        return function

    return register


def list_chores() -> tuple[Regular, ...]:
    """Every chore registered."""
    return tuple(_chores.values())
