"""Tables of funding: commitments (lines), what sources say of them, and editors' choice of leads."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, one_of
from portal.core.vocabulary import FUNDING_SOURCES, QUALIFIERS, STAGES


class Commitment(ContentBase):
    """A funding line: one programme, fiscal year (None: not stated), funding source and funder."""

    __tablename__ = "commitments"
    __table_args__ = (CheckConstraint(one_of("funding_source", FUNDING_SOURCES), name="funding_source"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    program_id: Mapped[str] = mapped_column(ForeignKey("programs.id"), index=True)
    fiscal_year: Mapped[int | None] = mapped_column(index=True)
    funding_source: Mapped[str]
    funder_name: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(Text)


class Statement(ContentBase):
    """What one or more sources say of a line at one stage; amounts in rupiah. Never added up."""

    __tablename__ = "statements"
    __table_args__ = (
        CheckConstraint(one_of("stage", STAGES), name="stage"),
        CheckConstraint(one_of("workers_qualifier", QUALIFIERS, optional=True), name="workers_qualifier"),
        CheckConstraint(one_of("amount_qualifier", QUALIFIERS, optional=True), name="amount_qualifier"),
        CheckConstraint(
            "workers >= 0 AND monthly_contribution_idr >= 0 AND months >= 0 AND amount_idr >= 0",
            name="not_negative",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitments.id"), index=True)
    stage: Mapped[str]
    workers: Mapped[int | None] = mapped_column(BigInteger)
    workers_qualifier: Mapped[str | None]
    monthly_contribution_idr: Mapped[int | None] = mapped_column(BigInteger)
    months: Mapped[int | None]
    amount_idr: Mapped[int | None] = mapped_column(BigInteger)
    amount_qualifier: Mapped[str | None]
    as_of: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)


class StatementSource(ContentBase):
    """A statement cites a source."""

    __tablename__ = "statement_sources"

    statement_id: Mapped[str] = mapped_column(ForeignKey("statements.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True, index=True)
    position: Mapped[int]


class LeadChoice(ContentBase):
    """An editor's choice of the lead statement of a line and stage, with its public reason."""

    __tablename__ = "lead_choices"
    __table_args__ = (
        CheckConstraint(one_of("stage", STAGES), name="stage"),
        UniqueConstraint("commitment_id", "stage"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitments.id"))
    stage: Mapped[str]
    statement_id: Mapped[str] = mapped_column(ForeignKey("statements.id"))
    reason_id: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)


class LeadFigure(ContentBase):
    """The lead of a line and stage as `leads` chose it, kept so that lists sort and add up in the database.

    Derived: `lead_table.refresh_lead_figures` writes it anew at each publication. `statement_count` counts the
    statements at the stage, `rival_count` those among them that state another figure than the lead.
    """

    __tablename__ = "lead_figures"
    __table_args__ = (CheckConstraint(one_of("stage", STAGES), name="stage"),)

    commitment_id: Mapped[str] = mapped_column(
        ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True
    )
    stage: Mapped[str] = mapped_column(primary_key=True)
    statement_id: Mapped[str] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"), index=True)
    workers: Mapped[int | None] = mapped_column(BigInteger)
    workers_qualifier: Mapped[str | None]
    amount_idr: Mapped[int | None] = mapped_column(BigInteger)
    amount_qualifier: Mapped[str | None]
    statement_count: Mapped[int]
    rival_count: Mapped[int]
