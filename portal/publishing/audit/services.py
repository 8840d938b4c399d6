"""Writing the trail: entries are chained under the lock of the head, inside the caller's transaction."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import insert, update

from portal.core.audit import Note, record, write_with
from portal.core.database import AnySession
from portal.publishing.audit.hashing import Entry, canonical_details, hash_entry, same, seal_head, trail_key
from portal.publishing.audit.models import AuditEntry, AuditHead

__all__ = ["current_key", "init", "record"]

# What the head carries once its seal did not hold: it stays broken, new entries never make it look whole again.
BROKEN = "broken"


def init() -> None:
    """Have noted entries written into the trail."""
    write_with(write_notes)


def current_key() -> bytes:
    """The key of this portal's trail."""
    secret: bytes = current_app.config["PORTAL_SETTINGS"].secret_key
    return trail_key(secret)


def write_notes(session: AnySession, notes: list[Note]) -> None:
    """Chain the notes to the trail. The update comes first: it takes the lock that makes writers wait in line."""
    key = current_key()
    raised = update(AuditHead).values(count=AuditHead.count + len(notes))
    count, last, seal = session.execute(
        raised.returning(AuditHead.count, AuditHead.hash, AuditHead.seal)
    ).one()
    before = count - len(notes)
    whole = is_sealed(key, before, last, seal)
    for number, note in enumerate(notes, before + 1):
        last = _append(session, key, number, note, last)
    seal = seal_head(key, count, last) if whole else BROKEN
    session.execute(update(AuditHead).values(hash=last, seal=seal))


def is_sealed(key: bytes, count: int, last: str, seal: str) -> bool:
    """Whether the head is as the portal left it; the head of a new trail has no seal."""
    return (count, last, seal) == (0, "", "") or same(seal, seal_head(key, count, last))


def _append(session: AnySession, key: bytes, number: int, note: Note, previous: str) -> str:
    details = canonical_details(note.details)
    entry = Entry(number, datetime.now(UTC), note.actor_id, note.action, note.subject, details, previous)
    made = hash_entry(key, entry)
    values = {field: getattr(entry, field) for field in Entry.__slots__}
    session.execute(insert(AuditEntry).values(**values, hash=made))
    return made
