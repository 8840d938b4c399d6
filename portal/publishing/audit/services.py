"""Writing the trail: entries are chained under the lock of the head, inside the caller's transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import insert, update

from portal.core.audit import Note, record, write_with
from portal.core.database import AnySession
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.jobs import chore
from portal.publishing.audit.anchors import add_anchor, read_anchors
from portal.publishing.audit.hashing import Entry, canonical_details, hash_entry, same, seal_head, trail_key
from portal.publishing.audit.models import AuditEntry, AuditHead
from portal.publishing.audit.queries import freeze, get_head, read_entries
from portal.publishing.audit.verifying import REKEYED, Reading, Verdict, digest_part, new_digest, verify

__all__ = ["check_trail", "current_key", "hold_trail", "init", "record", "rekey"]

# What the head carries once its seal did not hold: it stays broken, new entries never make it look whole again.
BROKEN = "broken"


class TrailIsBroken(PortalError):
    """A new key would cover what is wrong in the trail; the sentence names the first wrong entry."""


def init() -> None:
    """Have noted entries written into the trail."""
    write_with(write_notes)


def current_key() -> bytes:
    """The key of this portal's trail."""
    secret: bytes = current_app.config["PORTAL_SETTINGS"].secret_key
    return trail_key(secret)


def hold_trail(session: AnySession) -> None:
    """Keep others from writing to the trail until the transaction ends; for who must write what isn't there yet."""
    session.execute(update(AuditHead).values(count=AuditHead.count))


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


def check_trail(session: AnySession) -> Verdict:
    """Read the whole trail, with the head and the anchors; raises AnchorsSpoilt."""
    key = current_key()
    freeze(session)
    count, last, seal = get_head(session)
    reading = Reading(key, read_anchors(_instance()))
    verdict = verify(read_entries(session), (count, last), is_sealed(key, count, last, seal), reading)
    session.rollback()
    return verdict


def rekey(session: AnySession, former_secret: bytes) -> Verdict:
    """Have the present key vouch for a trail made with a former one, and commit; raises TrailIsBroken."""
    former, key = trail_key(former_secret), current_key()
    freeze(session)
    count, last, seal = get_head(session)
    sealed = seal == BROKEN or any(is_sealed(one, count, last, seal) for one in (former, key))
    reading = Reading(former, read_anchors(_instance()), next_key=key)
    verdict = verify(read_entries(session), (count, last), sealed, reading)
    if verdict.fault:
        session.rollback()
        raise TrailIsBroken(verdict.fault)
    digest = new_digest(key)
    for written in read_entries(session):
        digest.update(digest_part(written.entry))
    session.rollback()
    _vouch(session, key, count, last, digest.hexdigest())
    return verdict


def _vouch(session: AnySession, key: bytes, count: int, last: str, digest: str) -> None:
    """Only for the very trail that was read: with an entry more in the meantime nothing is done."""
    same_trail = (AuditHead.count == count) & (AuditHead.hash == last)
    sealed = (
        update(AuditHead)
        .where(same_trail)
        .values(seal=seal_head(key, count, last))
        .returning(AuditHead.count)
    )
    if session.execute(sealed).first() is None:
        session.rollback()
        raise TrailIsBroken(_("Somebody wrote to the trail at this moment. Run the command again."))
    record(session, None, REKEYED, "audit", {"through": count, "digest": digest})
    session.commit()


@chore("audit.anchor", timedelta(minutes=10))
def anchor(session: AnySession, now: datetime) -> None:
    """Write down outside the database what the trail is now, as long as its seal holds."""
    count, last, seal = get_head(session)
    session.rollback()
    if is_sealed(current_key(), count, last, seal):
        add_anchor(_instance(), now, count, last)


def _instance() -> Path:
    instance: Path = current_app.config["PORTAL_SETTINGS"].instance
    return instance
