"""Reads of items, drafts and revisions; they take the session so that services read within their change."""

from __future__ import annotations

from sqlalchemy import select

from portal.core.database import AnySession
from portal.publishing.models import Draft, DraftAuthor, Item, Revision
from portal.publishing.shapes import DraftShape, ItemShape, RevisionShape

_DRAFT = (
    Draft.item_id,
    Draft.state,
    Draft.version,
    Draft.cells,
    Draft.base_number,
    Draft.reason,
    Draft.return_note,
    Draft.started_at,
    Draft.saved_at,
    Draft.saved_by_id,
    Draft.submitted_at,
    Draft.submitted_by_id,
    Draft.decided_at,
    Draft.decided_by_id,
    Draft.publish_at,
)
_ITEM = (
    Item.id,
    Item.kind,
    Item.record_id,
    Item.region_code,
    Item.title,
    Item.marks,
    Item.live,
    Item.live_number,
    Item.created_at,
    Item.created_by_id,
    Item.changed_at,
    Item.withdrawn_at,
)
_REVISION = (
    Revision.number,
    Revision.event,
    Revision.cells,
    Revision.made_at,
    Revision.made_by_id,
    Revision.note,
)


def find_item(session: AnySession, item_id: int) -> ItemShape | None:
    """The item with its draft, or None."""
    row = session.execute(select(*_ITEM).where(Item.id == item_id)).one_or_none()
    return ItemShape(**row._mapping, draft=find_draft(session, item_id)) if row else None


def find_item_of(session: AnySession, kind: str, record_id: str) -> ItemShape | None:
    """The item of a record, or None."""
    query = select(Item.id).where(Item.kind == kind, Item.record_id == record_id)
    item_id = session.execute(query).scalar_one_or_none()
    return None if item_id is None else find_item(session, item_id)


def find_item_by_nonce(session: AnySession, nonce: str) -> int | None:
    """The id of the item a form has made already, or None."""
    return session.execute(select(Item.id).where(Item.nonce == nonce)).scalar_one_or_none()


def find_draft(session: AnySession, item_id: int) -> DraftShape | None:
    """The open draft of an item with everyone who wrote in it, or None."""
    row = session.execute(select(*_DRAFT).where(Draft.item_id == item_id)).one_or_none()
    if row is None:
        return None
    query = (
        select(DraftAuthor.account_id).where(DraftAuthor.item_id == item_id).order_by(DraftAuthor.account_id)
    )
    return DraftShape(**row._mapping, authors=tuple(session.execute(query).scalars()))


def list_revisions(session: AnySession, item_id: int) -> tuple[RevisionShape, ...]:
    """The whole history of an item, newest first."""
    query = select(*_REVISION).where(Revision.item_id == item_id).order_by(Revision.number.desc())
    return tuple(RevisionShape(**row._mapping) for row in session.execute(query))


def find_revision(session: AnySession, item_id: int, number: int) -> RevisionShape | None:
    """One revision, or None."""
    query = select(*_REVISION).where(Revision.item_id == item_id, Revision.number == number)
    row = session.execute(query).one_or_none()
    return RevisionShape(**row._mapping) if row else None
