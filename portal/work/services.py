"""How a job passes from hand to hand: taken, held by a lease, finished, given back, found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, update

from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.core.jobs import Job, chore
from portal.work.models import WorkerBeat

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that this worker holds."""

    id: int
    name: str
    arguments: str
    language: str


def take(session: AnySession, number: int, worker: str, now: datetime) -> Taken | None:
    """Take a waiting job; None where another worker was quicker or it is over. One statement decides."""
    statement = (
        update(Job)
        .where(Job.id == number, Job.state == "queued")
        .values(state="running", holder=worker, lease_until=now + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.name, Job.arguments, Job.language)
    )
    row = session.execute(statement).one_or_none()
    session.commit()
    return Taken(*row) if row else None


def close(session: AnySession, number: int, worker: str, state: str, sentence: str) -> None:
    """Write down how a job ended, unless another worker has taken it up in the meantime."""
    values = {"state": state, "sentence": sentence, "finished_at": datetime.now(UTC)}
    values |= {"lease_until": None} | ({"progress": 100} if state == "done" else {})
    session.execute(update(Job).where(Job.id == number, Job.holder == worker).values(**values))
    session.commit()


def beat(session: AnySession, worker: str, now: datetime) -> None:
    """Say that the worker lives, and hold on to the jobs it is doing."""
    alive = (
        update(WorkerBeat).where(WorkerBeat.worker == worker).values(beat_at=now).returning(WorkerBeat.worker)
    )
    if session.execute(alive).one_or_none() is None:
        session.add(WorkerBeat(worker=worker, started_at=now, beat_at=now))
    held = update(Job).where(Job.state == "running", Job.holder == worker)
    session.execute(held.values(lease_until=now + LEASE))
    session.commit()


def give_back(session: AnySession, worker: str) -> None:
    """Let go of what the worker holds, for whoever starts next; a stop on purpose is no failed attempt."""
    held = update(Job).where(Job.state == "running", Job.holder == worker)
    freed = {"state": "queued", "holder": None, "lease_until": None, "attempts": Job.attempts - 1}
    session.execute(held.values(**freed))
    session.commit()


def find_waiting(session: AnySession, now: datetime) -> list[int]:
    """Numbers of the jobs that wait, those of workers that died included; a job that killed three is given up."""
    lost = (Job.state == "running") & (Job.lease_until < now)
    over = update(Job).where(lost, Job.attempts >= ATTEMPTS)
    sentence = _(
        "The work stopped in the middle three times and was given up. Tell the portal's administrator."
    )
    session.execute(over.values(state="failed", sentence=sentence, finished_at=now, lease_until=None))
    session.execute(update(Job).where(lost).values(state="queued", holder=None, lease_until=None))
    session.commit()
    return list(session.scalars(select(Job.id).where(Job.state == "queued").order_by(Job.id)))


@chore("work.clean", timedelta(hours=1))
def clean(session: AnySession, now: datetime) -> None:
    """Remove jobs that ended a month ago, and workers that have long been gone; the last sign of life stays."""
    session.execute(delete(Job).where(Job.finished_at < now - KEPT))
    newest = select(func.max(WorkerBeat.beat_at)).scalar_subquery()
    old = (WorkerBeat.beat_at < now - KEPT) & (WorkerBeat.beat_at < newest)
    session.execute(delete(WorkerBeat).where(old))
    session.commit()
