"""Tables of awards and news posts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, one_of
from portal.core.vocabulary import AWARD_LEVELS, AWARD_RESULTS, NEWS_KINDS


class Award(ContentBase):
    """An award or a nomination; `year` is the assessment year, `conferred_on` the ceremony."""

    __tablename__ = "awards"
    __table_args__ = (
        CheckConstraint(one_of("level", AWARD_LEVELS), name="level"),
        CheckConstraint(one_of("result", AWARD_RESULTS), name="result"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    award: Mapped[str]
    year: Mapped[int | None]
    level: Mapped[str]
    category: Mapped[str | None]
    result: Mapped[str]
    recipient: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    conferred_on: Mapped[date | None]
    conferred_by: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)


class AwardSource(ContentBase):
    """An award cites a source."""

    __tablename__ = "award_sources"

    award_id: Mapped[str] = mapped_column(ForeignKey("awards.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]


class Post(ContentBase):
    """A news post in both languages, body in Markdown; its id is its address."""

    __tablename__ = "posts"
    __table_args__ = (CheckConstraint(one_of("kind", NEWS_KINDS), name="kind"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    program_id: Mapped[str | None] = mapped_column(ForeignKey("programs.id"), index=True)
    award_id: Mapped[str | None] = mapped_column(ForeignKey("awards.id"), index=True)
    kind: Mapped[str]
    published_on: Mapped[date | None] = mapped_column(index=True)
    title_id: Mapped[str]
    title_en: Mapped[str]
    body_id: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text)


class PostSource(ContentBase):
    """A post cites a source."""

    __tablename__ = "post_sources"

    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]
