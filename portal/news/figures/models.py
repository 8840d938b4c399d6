"""Tables of figures bound to records: which post shows which, and which of them were corrected since."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, UtcDateTime, one_of
from portal.core.vocabulary import LANGUAGES

OPEN = text("cleared_at IS NULL")


class PostFigure(ContentBase):
    """A figure in a published post; `shown` is what the record said when the post was last published or confirmed.

    Derived from the posts at each publication, except `shown`.
    """

    __tablename__ = "post_figures"
    __table_args__ = (
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
        Index("ix_post_figures_kind_record_id", "kind", "record_id"),
    )

    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[str]
    field: Mapped[str]
    shown: Mapped[str | None]


class PostFlag(ContentBase):
    """A figure of a post whose record was corrected (`new` NULL: withdrawn) after the post's last publication."""

    __tablename__ = "post_flags"
    __table_args__ = (
        Index(
            "uq_post_flags_open",
            "post_id",
            "kind",
            "record_id",
            "field",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        CheckConstraint("cleared_at IS NOT NULL OR word IS NULL", name="word"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    kind: Mapped[str]
    record_id: Mapped[str]
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    word: Mapped[str | None] = mapped_column(Text)
