"""Drafts for tests: begun by an editor of Berau and brought to any state by the people who may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from portal.extensions import db
from portal.publishing import queries
from portal.publishing.models import Draft
from portal.publishing.services import editing, releasing, review
from portal.publishing.shapes import ItemShape
from tests.support.staff import BERAU, Cast, Member

SOURCE = "prokopim-berau-2025"
POST = {
    "region_code": BERAU,
    "kind": "meeting",
    "title_id": "Rapat koordinasi pekerja rentan",
    "title_en": "Coordination meeting on vulnerable workers",
    "body_id": "Pemerintah kabupaten mengadakan rapat.",
    "body_en": "The regency government held a meeting.",
    "source_ids": SOURCE,
}
STATEMENT = {
    "commitment_id": "berau-2025-apbd",
    "stage": "disbursed",
    "workers": "4465",
    "source_ids": SOURCE,
}
NOTE = "Angka disesuaikan dengan rilis resmi."
REASON = "Kabar ini harus terbit hari ini juga."
STATES = ("draft", "in_review", "returned", "approved", "scheduled", "published", "withdrawn", "new")
LATER = timedelta(days=2)


def start(member: Member, kind: str = "news", cells: Mapping[str, str] = POST) -> int:
    """A new item as a draft."""
    return editing.start_item(db.session(), member.actor, kind, BERAU, dict(cells))


def get(item_id: int) -> ItemShape:
    """The item as stored now."""
    db.session.rollback()
    item = queries.find_item(db.session, item_id)
    assert item is not None
    return item


def version(item_id: int) -> int:
    """The version of its draft; 0 where it has none."""
    draft = get(item_id).draft
    return draft.version if draft else 0


def bring(cast: Cast, state: str, kind: str = "news", cells: Mapping[str, str] = POST) -> int:
    """A new item brought to this state."""
    item_id = start(cast.berau_editor, kind, cells)
    session, editor, reviewer = db.session(), cast.berau_editor.actor, cast.berau_reviewer.actor
    if state == "new":
        editing.discard_draft(session, editor, item_id, 1)
    if state not in ("draft", "new"):
        review.submit(session, editor, item_id, version(item_id))
    if state == "returned":
        review.return_for_changes(session, reviewer, item_id, version(item_id), NOTE)
    if state in ("approved", "scheduled", "published", "withdrawn"):
        review.approve(session, reviewer, item_id, version(item_id))
    if state == "scheduled":
        review.schedule(session, reviewer, item_id, version(item_id), datetime.now(UTC) + LATER)
    if state in ("published", "withdrawn"):
        releasing.publish(session, reviewer, item_id, version(item_id))
    if state == "withdrawn":
        releasing.withdraw(session, reviewer, item_id, REASON)
    assert get(item_id).state == state
    return item_id


def change(cast: Cast, item_id: int, cells: Mapping[str, str], note: str | None = NOTE) -> None:
    """A change of what is published, approved and ready to come out."""
    session, editor, reviewer = db.session(), cast.berau_editor.actor, cast.berau_reviewer.actor
    draft = editing.open_draft(session, editor, item_id)
    editing.save_draft(session, editor, item_id, draft.version, dict(cells), reason=note)
    review.submit(session, editor, item_id, version(item_id))
    review.approve(session, reviewer, item_id, version(item_id))


def set_draft(item_id: int, **values: object) -> None:
    """Write into a draft behind everybody's back, as time would."""
    db.session.execute(update(Draft).where(Draft.item_id == item_id).values(**values))
    db.session.commit()
