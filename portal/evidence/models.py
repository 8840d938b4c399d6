"""Tables of sources, citations, claims, rules of cover and cross-check results."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, one_of
from portal.core.vocabulary import CHECK_KINDS, METRICS, QUALIFIERS, READ_AS, SOURCE_KINDS, VERDICTS


class Source(ContentBase):
    """A publication. `sequence` keeps the order of the data package."""

    __tablename__ = "sources"
    __table_args__ = (
        CheckConstraint(one_of("kind", SOURCE_KINDS), name="kind"),
        CheckConstraint(one_of("read_as", READ_AS), name="read_as"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    publisher: Mapped[str]
    title: Mapped[str | None]
    url: Mapped[str | None]
    published_on: Mapped[date | None]
    kind: Mapped[str]
    read_as: Mapped[str]
    note: Mapped[str | None] = mapped_column(Text)


class Claim(ContentBase):
    """A stated total or ratio about a programme; `value` keeps the digits as written (86.40)."""

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint(one_of("metric", METRICS), name="metric"),
        CheckConstraint(one_of("qualifier", QUALIFIERS, optional=True), name="qualifier"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    program_id: Mapped[str] = mapped_column(ForeignKey("programs.id"), index=True)
    metric: Mapped[str]
    value: Mapped[str]
    unit: Mapped[str | None]
    qualifier: Mapped[str | None]
    as_of: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)


class ClaimSource(ContentBase):
    """A claim cites a source."""

    __tablename__ = "claim_sources"

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]


class ContributionRate(ContentBase):
    """What one person and month costs, in rupiah, with its validity; reference data of `data/rules`."""

    __tablename__ = "contribution_rates"
    __table_args__ = (CheckConstraint("jkk_idr >= 0 AND jkm_idr >= 0", name="not_negative"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    payer: Mapped[str]
    sector: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    jkk_idr: Mapped[int]
    jkm_idr: Mapped[int]
    legal_basis: Mapped[str]
    read_at: Mapped[str]
    read_on: Mapped[date | None]
    sure: Mapped[str]


class BenefitRule(ContentBase):
    """What the cover pays or asks for, one fact a row, both languages; reference data of `data/rules`."""

    __tablename__ = "benefit_rules"

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    programme: Mapped[str]
    topic: Mapped[str]
    amount_idr: Mapped[int | None] = mapped_column(BigInteger)
    text_id: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    legal_basis: Mapped[str | None]
    read_at: Mapped[str]
    read_on: Mapped[date | None]
    sure: Mapped[str]


class CrossCheck(ContentBase):
    """The result of one cross-check, computed at each publication from the published records."""

    __tablename__ = "cross_checks"
    __table_args__ = (
        CheckConstraint(one_of("kind", CHECK_KINDS), name="kind"),
        CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str] = mapped_column(index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    program_id: Mapped[str | None] = mapped_column(ForeignKey("programs.id"), index=True)
    commitment_id: Mapped[str | None] = mapped_column(index=True)
    verdict: Mapped[str]
    inputs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    formula: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    sentence_id: Mapped[str] = mapped_column(Text)
    sentence_en: Mapped[str] = mapped_column(Text)
