"""The eleven tables of the data package: their columns, and where each is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from portal.core import vocabulary
from portal.evidence.models import Claim, ClaimSource, Source
from portal.funding.models import Commitment, LeadChoice, Statement, StatementSource
from portal.news.models import Award, AwardSource, Post, PostSource
from portal.offices.models import Office, OfficeSource
from portal.programs.models import (
    Measure,
    MeasureSource,
    Program,
    ProgramSource,
    Regulation,
    RegulationSource,
)

# Whole numbers are stored in 32 or 64 bits with a sign.
LARGEST, LARGEST_BIG = 2**31 - 1, 2**63 - 1


@dataclass(frozen=True)
class Column:
    """A column.

    `kind`: id, text, url, email, phone, integer, year, number, date, codes (a `;` list) or reference(s).

    `target` names the table a reference leads to (`regions` or one of the package).
    """

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    target: str = ""
    largest: int = LARGEST_BIG


@dataclass(frozen=True)
class PackageTable:
    """A table of the package. `links` keeps its sources, one row each, pointing back by `owner`.

    `unique` names columns that no two rows may share; `agrees` a column whose row must say the same in these columns.
    """

    name: str
    columns: tuple[Column, ...]
    stored: Table
    links: Table | None = None
    owner: str = ""
    unique: tuple[str, ...] = ()
    agrees: tuple[str, tuple[str, ...]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the order the portal writes them where a package gives none."""
        return tuple(column.name for column in self.columns)


ID = Column("id", "id", required=True)
SOURCES = Column("source_ids", "references", required=True, target="sources")
PROGRAM = Column("program_id", "reference", required=True, target="programs")
REGION = Column("region_code", "reference", required=True, target="regions")
NOTE = Column("note")


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, required=required)


def _one_of(name: str, choices: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(name, required=required, choices=choices)


def _table(
    name: str, model: Any, columns: tuple[Column, ...], links: Any = None, **rules: Any
) -> PackageTable:
    if links is None:
        return PackageTable(name, columns, model.__table__, **rules)
    owner = next(column.name for column in links.__table__.c)
    return PackageTable(name, columns, model.__table__, links.__table__, owner)


# In the order of loading: a table comes after those it refers to.
TABLES = (
    _table(
        "sources",
        Source,
        (
            ID,
            _text("publisher", required=True),
            _text("title"),
            Column("url", "url"),
            Column("published_on", "date"),
            _one_of("kind", vocabulary.SOURCE_KINDS),
            _one_of("read_as", vocabulary.READ_AS),
            NOTE,
        ),
    ),
    _table(
        "regulations",
        Regulation,
        (
            ID,
            Column("region_code", "reference", target="regions"),
            _text("kind", required=True),
            _text("number"),
            _text("year"),
            _text("title", required=True),
            SOURCES,
        ),
        RegulationSource,
    ),
    _table(
        "programs",
        Program,
        (
            ID,
            REGION,
            _text("name_id", required=True),
            _text("name_en", required=True),
            Column("started_year", "year"),
            _one_of("status", vocabulary.PROGRAM_STATUSES),
            Column("benefits", "codes"),
            Column("target_groups", "codes"),
            _text("summary_id"),
            _text("summary_en"),
            SOURCES,
        ),
        ProgramSource,
    ),
    _table(
        "commitments",
        Commitment,
        (
            ID,
            PROGRAM,
            Column("fiscal_year", "year"),
            _one_of("funding_source", vocabulary.FUNDING_SOURCES),
            _text("funder_name"),
            NOTE,
        ),
    ),
    _table(
        "statements",
        Statement,
        (
            ID,
            Column("commitment_id", "reference", required=True, target="commitments"),
            _one_of("stage", vocabulary.STAGES),
            Column("workers", "integer"),
            _one_of("workers_qualifier", vocabulary.QUALIFIERS, required=False),
            Column("monthly_contribution_idr", "integer"),
            Column("months", "integer", largest=LARGEST),
            Column("amount_idr", "integer"),
            _one_of("amount_qualifier", vocabulary.QUALIFIERS, required=False),
            Column("as_of", "date"),
            SOURCES,
            NOTE,
        ),
        StatementSource,
    ),
    _table(
        "lead_choices",
        LeadChoice,
        (
            ID,
            Column("commitment_id", "reference", required=True, target="commitments"),
            _one_of("stage", vocabulary.STAGES),
            Column("statement_id", "reference", required=True, target="statements"),
            _text("reason_id", required=True),
            _text("reason_en", required=True),
        ),
        unique=("commitment_id", "stage"),
        agrees=("statement_id", ("commitment_id", "stage")),
    ),
    _table(
        "claims",
        Claim,
        (
            ID,
            PROGRAM,
            _one_of("metric", vocabulary.METRICS),
            Column("value", "number", required=True),
            _text("unit"),
            _one_of("qualifier", vocabulary.QUALIFIERS, required=False),
            Column("as_of", "date"),
            SOURCES,
            NOTE,
        ),
        ClaimSource,
    ),
    _table(
        "measures",
        Measure,
        (
            ID,
            PROGRAM,
            Column("position", "integer", required=True, largest=LARGEST),
            _text("text_id", required=True),
            _text("text_en"),
            SOURCES,
        ),
        MeasureSource,
    ),
    _table(
        "awards",
        Award,
        (
            ID,
            _text("award", required=True),
            Column("year", "year"),
            _one_of("level", vocabulary.AWARD_LEVELS),
            _text("category"),
            _one_of("result", vocabulary.AWARD_RESULTS),
            _text("recipient", required=True),
            REGION,
            Column("conferred_on", "date"),
            _text("conferred_by"),
            SOURCES,
            NOTE,
        ),
        AwardSource,
    ),
    _table(
        "news",
        Post,
        (
            ID,
            REGION,
            Column("program_id", "reference", target="programs"),
            Column("award_id", "reference", target="awards"),
            _one_of("kind", vocabulary.NEWS_KINDS),
            Column("published_on", "date"),
            _text("title_id", required=True),
            _text("title_en", required=True),
            _text("body_id", required=True),
            _text("body_en", required=True),
            SOURCES,
        ),
        PostSource,
    ),
    _table(
        "offices",
        Office,
        (
            ID,
            REGION,
            _one_of("kind", vocabulary.OFFICE_KINDS),
            _text("name_id", required=True),
            _text("name_en"),
            _text("address"),
            Column("phone", "phone"),
            Column("email", "email"),
            Column("website", "url"),
            _text("hours_id"),
            _text("hours_en"),
            SOURCES,
            NOTE,
        ),
        OfficeSource,
    ),
)
BY_NAME = {table.name: table for table in TABLES}
