"""Entries of the audit trail, noted by any service and written as the last thing of its transaction.

The table and the chain stand in publishing; accounts and areas, floors below it, note entries as well. Writing
last keeps the trail's one head row locked for moments only, and lets no two transactions wait for each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction, scoped_session

from portal.core.database import AnySession

Detail = str | int | bool | None
NAME = re.compile(r"[a-z][a-z0-9_.]{0,79}")
LONGEST = 1000
_PENDING = "portal.audit"


@dataclass(frozen=True, slots=True)
class Note:
    """Who (None: the portal itself) did what to which thing; details are names and numbers, never typed text."""

    actor_id: int | None
    action: str
    subject: str
    details: Mapping[str, Detail]


Writer = Callable[[AnySession, list[Note]], None]
_writers: list[Writer] = []


def write_with(writer: Writer) -> None:
    """Have `writer` put the noted entries into the trail; publishing's does."""
    _writers[:] = [writer]


def record(
    session: AnySession, actor_id: int | None, action: str, subject: str, details: Mapping[str, Detail]
) -> None:
    """Note one entry; it is written when the transaction commits and is gone when it rolls back.

    `action` is a name such as `draft.saved`, `subject` names the thing (`item:12`). Raises ValueError for what a
    trail must not hold: details that are long or have lines, hence were typed by somebody.
    """
    note = Note(actor_id, action, subject, dict(details))
    _check(note)
    own = session() if isinstance(session, scoped_session) else session
    if not own.in_transaction():
        own.begin()
    own.info.setdefault(_PENDING, []).append(note)


def _check(note: Note) -> None:
    if not NAME.fullmatch(note.action) or not 0 < len(note.subject) <= 200:
        raise ValueError(f"no action or subject for the audit trail: {note.action!r}, {note.subject[:200]!r}")
    for name, value in note.details.items():
        if not NAME.fullmatch(name) or (isinstance(value, str) and not _is_short(value)):
            raise ValueError(f"no detail for the audit trail: {name}")


def _is_short(value: str) -> bool:
    return len(value) <= LONGEST and value.isprintable()


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(_PENDING):
        return
    session.flush()
    notes = session.info.pop(_PENDING)
    for writer in _writers:
        writer(session, notes)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_PENDING, None)
