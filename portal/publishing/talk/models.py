"""Tables of comments, presence and preview links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, UtcDateTime

ACCOUNT = "accounts.id"


class Comment(ContentBase):
    """What a colleague says about an item; plain text. `nonce` makes a form that is posted twice one comment."""

    __tablename__ = "comments"
    __table_args__ = (CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey(ACCOUNT))
    nonce: Mapped[str] = mapped_column(String(64), unique=True)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey(ACCOUNT))


class Presence(ContentBase):
    """Who had an item open when, and whether its form; a line is good for a minute."""

    __tablename__ = "presences"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(ACCOUNT), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_writing: Mapped[bool]


class PreviewLink(ContentBase):
    """A way to a draft for people without an account: only the keyed digest of its token is kept."""

    __tablename__ = "preview_links"
    __table_args__ = (CheckConstraint("expires_at > made_at", name="expires"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey(ACCOUNT))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
