"""Tables of pictures, their files in several widths, and what published text shows them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, UtcDateTime


class Picture(ContentBase):
    """A picture of a region; `name` is made of its content and region, and is its address.

    Width and height (pixels) are those of its largest file.
    """

    __tablename__ = "images"
    __table_args__ = (
        CheckConstraint("length(trim(alt_id)) > 0 AND length(trim(alt_en)) > 0", name="alt"),
        CheckConstraint("length(name) = 32", name="name"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
        Index("ix_images_region_code_uploaded_at", "region_code", "uploaded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    alt_id: Mapped[str] = mapped_column(Text)
    alt_en: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PictureFile(ContentBase):
    """One width of a picture, as WebP."""

    __tablename__ = "image_files"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="size"),)

    image_id: Mapped[int] = mapped_column(ForeignKey("images.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True)
    height: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PictureUse(ContentBase):
    """A published record that shows a picture; derived at each publication, and what makes a picture public."""

    __tablename__ = "image_uses"

    image_id: Mapped[int] = mapped_column(ForeignKey("images.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
