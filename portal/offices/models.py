"""Tables of offices."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, one_of
from portal.core.vocabulary import OFFICE_KINDS


class Office(ContentBase):
    """An office that people of a region can turn to, with what a source publishes of it; no person is named."""

    __tablename__ = "offices"
    __table_args__ = (CheckConstraint(one_of("kind", OFFICE_KINDS), name="kind"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    kind: Mapped[str]
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    address: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None]
    email: Mapped[str | None]
    website: Mapped[str | None]
    hours_id: Mapped[str | None]
    hours_en: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)


class OfficeSource(ContentBase):
    """An office's contact data was read in a source."""

    __tablename__ = "office_sources"

    office_id: Mapped[str] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]
