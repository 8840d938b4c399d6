"""Tables of the workflow: items, their drafts and revisions, and the public ledger of what changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, DateTime, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, StringList, UtcDateTime, one_of
from portal.core.vocabulary import DRAFT_STATES, LIVE_STATES, NOTED_EVENTS, REVISION_EVENTS

ACCOUNT = "accounts.id"


class Item(ContentBase):
    """One record of the data package as the desk sees it, whether published or not; see shapes.ItemShape.

    `live_number` is the revision that is published (None: as a data package brought it). `nonce` makes a form
    that is posted twice one item.
    """

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("kind", "record_id"),
        CheckConstraint(one_of("live", LIVE_STATES), name="live"),
        CheckConstraint("(live = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        Index("ix_items_region_code_kind_changed_at", "region_code", "kind", "changed_at"),
        Index("ix_items_kind_changed_at", "kind", "changed_at"),
        Index("ix_items_marks_changed_at", "marks", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    title: Mapped[str] = mapped_column(Text)
    marks: Mapped[tuple[str, ...]] = mapped_column(StringList)
    live: Mapped[str]
    live_number: Mapped[int | None]
    nonce: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(ACCOUNT))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Draft(ContentBase):
    """The one open working copy of an item: cells as typed, and where it stands on its way."""

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint(one_of("state", DRAFT_STATES), name="state"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("(state = 'scheduled') = (publish_at IS NOT NULL)", name="scheduled"),
        CheckConstraint("state IN ('draft', 'returned') OR submitted_at IS NOT NULL", name="submitted"),
        CheckConstraint("state NOT IN ('approved', 'scheduled') OR decided_at IS NOT NULL", name="decided"),
        Index("ix_drafts_state_publish_at", "state", "publish_at"),
        Index("ix_drafts_state_saved_at", "state", "saved_at"),
        Index("ix_drafts_state_submitted_at", "state", "submitted_at"),
        Index("ix_drafts_state_decided_at", "state", "decided_at"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str]
    version: Mapped[int]
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    base_number: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
    return_note: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey(ACCOUNT))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey(ACCOUNT))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(ACCOUNT))
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DraftAuthor(ContentBase):
    """Who wrote in a draft; none of them may approve it."""

    __tablename__ = "draft_authors"

    item_id: Mapped[int] = mapped_column(ForeignKey("drafts.item_id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(ACCOUNT), primary_key=True)


class Revision(ContentBase):
    """The cells of an item as they stood at one event; never changed afterwards."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint(one_of("event", REVISION_EVENTS), name="event"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    number: Mapped[int]
    event: Mapped[str]
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(ACCOUNT))
    note: Mapped[str | None] = mapped_column(Text)


class ChangeNote(ContentBase):
    """What the public is told of one publication: why, whether figures changed, and what was out of the ordinary.

    `urgent_reason` says why one person published alone, `scheduled_for` when it should have come out if it was late.
    """

    __tablename__ = "change_notes"
    __table_args__ = (
        CheckConstraint(one_of("event", NOTED_EVENTS), name="event"),
        CheckConstraint("event = 'published' OR reason IS NOT NULL", name="reason"),
        Index("ix_change_notes_subject_subject_id", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    subject: Mapped[str]
    subject_id: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    event: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Text)
    figures_changed: Mapped[bool]
    urgent_reason: Mapped[str | None] = mapped_column(Text)
    scheduled_for: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Correction(ContentBase):
    """One field of one published record that changed: old value, new value, why, when (UTC)."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    subject: Mapped[str]
    subject_id: Mapped[str]
    field: Mapped[str]
    old_value: Mapped[str | None] = mapped_column(Text)
    new_value: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("change_notes.id"), index=True)
