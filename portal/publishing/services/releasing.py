"""Coming out: publication by hand, urgently, and withdrawal; each in one transaction. `due` publishes by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.core.publication import publish_change
from portal.core.typed_text import one_line
from portal.publishing import queries
from portal.publishing.models import ChangeNote, Correction, Draft
from portal.publishing.outcomes import BaseChanged, NeedsUnpublished, WrongState
from portal.publishing.records import Change, Published, Reference, records, tell
from portal.publishing.services.moving import (
    add_revision,
    draft_region,
    get_draft,
    get_item,
    note_audit,
    now,
    reason_of,
    require_role,
    touch,
    whole,
)
from portal.publishing.services.review import require_ready
from portal.publishing.shapes import DraftShape, ItemShape

# A publication by the clock that comes later than this says so.
PUNCTUAL = timedelta(seconds=60)
APPROVED = ("approved", "scheduled")


def publish(session: Session, actor: Actor, item_id: int, version: int) -> tuple[int, ...]:
    """Publish an approved draft, and with it approved records it points at; commits.

    Gives the ids of the items that came out. Raises NeedsUnpublished, BaseChanged, HasProblems, StaleDraft,
    WrongState, NotAllowed; then nothing has changed.
    """
    with whole(session):
        item = get_item(session, item_id)
        require_role(actor, item, "reviewer")
        draft = get_draft(item, version, *APPROVED)
        done = release(session, actor, item, draft)
        publish_change(session)
    return done


def publish_urgently(
    session: Session, actor: Actor, item_id: int, version: int, urgent_reason: str
) -> tuple[int, ...]:
    """Publish without a second pair of eyes; the written reason becomes public. Commits; raises as `publish`."""
    with whole(session):
        item = get_item(session, item_id)
        require_role(actor, item, "reviewer")
        draft = get_draft(item, version, "draft", "returned", "in_review", *APPROVED)
        why = reason_of(
            urgent_reason, _("Write why this can't wait for a second person; the public will read it.")
        )
        done = release(session, actor, item, draft, urgent_reason=why)
        publish_change(session)
    return done


def withdraw(session: Session, actor: Actor, item_id: int, reason: str) -> None:
    """Take a published record out of public sight; its address keeps saying when and why. Commits.

    Raises StillCited where published records point at it, ReasonMissing, WrongState, NotAllowed.
    """
    with whole(session):
        item = get_item(session, item_id)
        require_role(actor, item, "reviewer")
        if item.live != "yes":
            raise WrongState(_("This is not published, so there is nothing to withdraw."))
        why = reason_of(reason, _("Write why it is withdrawn; the public will read it."))
        before = records().cells(session, item.kind, item.record_id) or {}
        records().remove(session, item.kind, item.record_id)
        number = add_revision(session, item.id, "withdrawn", before, actor, why)
        moment = now()
        _add_note(session, item, "withdrawn", moment, why, figures_changed=True)
        touch(session, item, before, live="withdrawn", live_number=number, withdrawn_at=moment)
        tell(session, Published(item.kind, item.record_id, item.id, before, None, (), moment))
        note_audit(session, actor, "item.withdrawn", item)
        publish_change(session)


def release(
    session: Session,
    actor: Actor | None,
    item: ItemShape,
    draft: DraftShape,
    *,
    urgent_reason: str | None = None,
) -> tuple[int, ...]:
    """Store the draft's record after those it points at; gives the items that came out, the last one itself."""
    done: list[int] = []
    missing: list[Reference] = []
    for reference in records().unpublished(session, item.kind, draft.cells):
        other = queries.find_item_of(session, *_key(reference))
        if other and other.draft and other.draft.state in APPROVED and other.live != "yes":
            if actor is not None:
                require_role(actor, other, "reviewer")
            done += release(session, actor, other, other.draft)
        else:
            missing.append(reference)
    if missing:
        names = ", ".join(_name(session, item, reference) for reference in missing)
        raise NeedsUnpublished(
            _("This points at records that are not published or approved yet: %(names)s.", names=names),
            missing,
        )
    _store(session, actor, item, draft, urgent_reason)
    return (*done, item.id)


def _key(reference: Reference) -> tuple[str, str]:
    return reference.kind, reference.record_id


def _name(session: Session, item: ItemShape, reference: Reference) -> str:
    """The title of what is missing; of another region's draft no more than the id that was typed."""
    other = queries.find_item_of(session, *_key(reference))
    is_own = other is not None and (other.region_code == item.region_code or other.live != "no")
    return f"“{other.title}”" if other and is_own else reference.record_id


def _store(
    session: Session, actor: Actor | None, item: ItemShape, draft: DraftShape, urgent_reason: str | None
) -> None:
    if item.live == "yes" and draft.base_number != item.live_number:
        raise BaseChanged(
            _(
                "The published version changed after this draft was begun: compare them and save the draft again."
            )
        )
    region = draft_region(session, item, draft.cells)
    if actor is not None:
        require(actor, region, "reviewer")
    require_ready(session, item, draft)
    kept, moment = records(), now()
    before = kept.cells(session, item.kind, item.record_id)
    changes = kept.write(session, item.kind, item.record_id, draft.cells)
    after = kept.cells(session, item.kind, item.record_id) or {}
    late = draft.publish_at if draft.publish_at and moment - draft.publish_at > PUNCTUAL else None
    event = "corrected" if before is not None or item.live == "withdrawn" else "published"
    reason = one_line(draft.reason) or None
    number = add_revision(session, item.id, "published", after, actor, reason)
    note_id = None
    if event == "corrected" or urgent_reason or late:
        figures = before is not None and kept.figures_changed(item.kind, before, after)
        note_id = _add_note(
            session,
            item,
            event,
            moment,
            reason,
            figures_changed=figures,
            urgent_reason=urgent_reason,
            scheduled_for=late,
        )
    _correct(session, item, changes, reason or "", moment, note_id)
    session.execute(delete(Draft).where(Draft.item_id == item.id))
    touch(session, item, after, live="yes", live_number=number, withdrawn_at=None, region_code=region)
    changed = tuple(change.column for change in changes)
    tell(session, Published(item.kind, item.record_id, item.id, before, after, changed, moment))
    details: dict[str, Any] = {"revision": number, "changed": ",".join(changed)}
    note_audit(session, actor, "item.published", item, urgent=bool(urgent_reason), late=bool(late), **details)


def _correct(
    session: Session,
    item: ItemShape,
    changes: list[Change],
    reason: str,
    moment: datetime,
    note_id: int | None,
) -> None:
    rows = [
        {
            "made_at": moment,
            "subject": item.kind,
            "subject_id": item.record_id,
            "field": change.column,
            "old_value": change.old or None,
            "new_value": change.new or None,
            "reason": reason,
            "note_id": note_id,
        }
        for change in changes
    ]
    if rows:
        session.execute(insert(Correction), rows)


def _add_note(
    session: Session,
    item: ItemShape,
    event: str,
    moment: datetime,
    reason: str | None,
    *,
    figures_changed: bool,
    urgent_reason: str | None = None,
    scheduled_for: datetime | None = None,
) -> int:
    statement = insert(ChangeNote).values(
        made_at=moment,
        item_id=item.id,
        subject=item.kind,
        subject_id=item.record_id,
        region_code=item.region_code,
        event=event,
        reason=reason,
        figures_changed=figures_changed,
        urgent_reason=urgent_reason,
        scheduled_for=scheduled_for,
    )
    return int(session.execute(statement).inserted_primary_key[0])  # type: ignore[attr-defined]
