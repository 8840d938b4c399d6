"""Tables of programmes, regulations and announced measures."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, StringList, one_of
from portal.core.vocabulary import PROGRAM_STATUSES


class Program(ContentBase):
    """A programme of one government; its id is its address."""

    __tablename__ = "programs"
    __table_args__ = (CheckConstraint(one_of("status", PROGRAM_STATUSES), name="status"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    name_id: Mapped[str]
    name_en: Mapped[str]
    started_year: Mapped[int | None]
    status: Mapped[str]
    benefits: Mapped[tuple[str, ...]] = mapped_column(StringList)
    target_groups: Mapped[tuple[str, ...]] = mapped_column(StringList)
    summary_id: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)


class ProgramSource(ContentBase):
    """A programme cites a source."""

    __tablename__ = "program_sources"

    program_id: Mapped[str] = mapped_column(ForeignKey("programs.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]


class Regulation(ContentBase):
    """A legal text as quoted; without region it is national."""

    __tablename__ = "regulations"

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    kind: Mapped[str]
    number: Mapped[str | None]
    year: Mapped[str | None]
    title: Mapped[str] = mapped_column(Text)


class RegulationSource(ContentBase):
    """A regulation was read in a source."""

    __tablename__ = "regulation_sources"

    regulation_id: Mapped[str] = mapped_column(ForeignKey("regulations.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]


class Measure(ContentBase):
    """An announced step of a programme."""

    __tablename__ = "measures"

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    program_id: Mapped[str] = mapped_column(ForeignKey("programs.id"), index=True)
    position: Mapped[int]
    text_id: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)


class MeasureSource(ContentBase):
    """A measure cites a source."""

    __tablename__ = "measure_sources"

    measure_id: Mapped[str] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]
