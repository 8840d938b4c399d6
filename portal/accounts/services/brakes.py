"""Brakes on guessing, shared by all workers through the database.

Each subject (an account, an address, a device) has some attempts free; after those each one makes the next wait
twice as long, up to a quarter of an hour and no longer: nobody is locked out. A device that signed in before has
a brake of its own, so that whoever hammers an account does not keep its owner waiting.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Executable, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.keyed import digest
from portal.accounts.models import SignInBrake
from portal.extensions import db

LONGEST_WAIT = 900
# An hour without an attempt halves what is remembered; after a day nothing is.
HALVED_EVERY, FORGOTTEN_AFTER = 3600, 86_400
TRIES = 5
_TABLE = SignInBrake.__table__.c


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted, and how many attempts it has free."""

    kind: str
    value: str
    free: int

    @property
    def key(self) -> str:
        """What the database keeps: nobody can read an address from it."""
        return digest(f"brake:{self.kind}", self.value)


def address_of(remote: str) -> str:
    """The address that is counted: one IPv6 subscriber has a whole /64."""
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def take(*subjects: Subject) -> int:
    """Count one attempt; gives the seconds to wait before it may be made (0: go ahead).

    It is counted before it is judged, so that attempts at the same time do not slip through; one that was told to
    wait is not counted. `give_back` afterwards when it was right.
    """
    for _ in range(TRIES):
        wait = _try(subjects)
        if wait is not None:
            return wait
    # Others count the same subject at this very moment: an attack.
    return 1


def give_back(*subjects: Subject) -> None:
    """The attempt was right: forget the failures of an account or device, and this one of an address."""
    shared = [one.key for one in subjects if one.kind == "address"]
    own = [one.key for one in subjects if one.kind != "address"]
    now = int(time.time())
    db.session.execute(delete(SignInBrake).where(SignInBrake.subject.in_(own)))
    counted = SignInBrake.subject.in_(shared) & (SignInBrake.failures > 0)
    db.session.execute(
        update(SignInBrake).where(counted).values(failures=SignInBrake.failures - 1, free_at=now)
    )
    db.session.commit()


def use_once(kind: str, value: str) -> bool:
    """Whether nobody has used this value yet, on any worker; remembered for a day."""
    now = int(time.time())
    used = _insert().values(subject=Subject(kind, value, 0).key, failures=0, free_at=now, seen_at=now)
    first = _wrote(used.on_conflict_do_nothing(index_elements=["subject"]))
    db.session.commit()
    return first


def _try(subjects: Iterable[Subject]) -> int | None:
    """One round; None when another worker counted in between."""
    now = int(time.time())
    # Always in the same order: two workers must not wait for each other.
    ordered = sorted(subjects, key=lambda one: one.key)
    rows = _read([one.key for one in ordered])
    wait = max((rows[one.key].free_at - now for one in ordered if one.key in rows), default=0)
    if wait > 0:
        db.session.rollback()
        return min(wait, LONGEST_WAIT)
    for one in ordered:
        if not _count(one, rows.get(one.key), now):
            db.session.rollback()
            return None
    db.session.execute(delete(SignInBrake).where(SignInBrake.seen_at < now - FORGOTTEN_AFTER))
    db.session.commit()
    return 0


@dataclass(frozen=True, slots=True)
class _Row:
    failures: int
    free_at: int
    seen_at: int


def _read(keys: list[str]) -> dict[str, _Row]:
    query = select(_TABLE.subject, _TABLE.failures, _TABLE.free_at, _TABLE.seen_at)
    rows = db.session.execute(query.where(_TABLE.subject.in_(keys)))
    return {row.subject: _Row(row.failures, row.free_at, row.seen_at) for row in rows}


def _count(subject: Subject, row: _Row | None, now: int) -> bool:
    """Write one more failure, unless somebody else wrote since `row` was read."""
    remembered = row.failures >> min((now - row.seen_at) // HALVED_EVERY, 30) if row else 0
    failures = remembered + 1
    values = {"failures": failures, "free_at": now + _delay(failures - subject.free), "seen_at": now}
    if row is None:
        added = _insert().values(subject=subject.key, **values)
        return _wrote(added.on_conflict_do_nothing(index_elements=["subject"]))
    seen = (row.failures, row.free_at, row.seen_at)
    same = tuple_(_TABLE.failures, _TABLE.free_at, _TABLE.seen_at) == seen
    return _wrote(update(SignInBrake).where(_TABLE.subject == subject.key, same).values(**values))


def _delay(over: int) -> int:
    return 0 if over < 0 else min(2 ** min(over, 20), LONGEST_WAIT)


def _wrote(statement: Executable) -> bool:
    # Of an INSERT the count is kept only when asked for.
    result = db.session.connection().execute(statement, execution_options={"preserve_rowcount": True})
    return result.rowcount == 1


def _insert() -> sqlite.Insert | postgresql.Insert:
    dialect = db.session.connection().dialect.name
    return sqlite.insert(SignInBrake) if dialect == "sqlite" else postgresql.insert(SignInBrake)
