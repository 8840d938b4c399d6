"""The explorer's filters and orders as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.areas.models import Region
from portal.core.vocabulary import FUNDING_SOURCES
from portal.evidence.models import Source
from portal.funding.explorer.filters import ASCENDING, YEAR_NOT_STATED, Filters
from portal.funding.models import Commitment, LeadFigure, Statement, StatementSource
from portal.programs.models import Program

Condition = ColumnElement[bool]
Sortable = ColumnElement[Any] | InstrumentedAttribute[Any]
TextColumn = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def conditions(filters: Filters) -> list[Condition]:
    """What a line joined with its programme and region has to meet."""
    found = [*_place(filters), *_year(filters)]
    if filters.payer:
        found.append(Commitment.funding_source == filters.payer)
    if filters.stage:
        at_stage = select(LeadFigure.commitment_id).where(LeadFigure.stage == filters.stage)
        found.append(Commitment.id.in_(at_stage))
    found.extend(_mentions(word) for word in dict.fromkeys(filters.words.lower().split()))
    return found


def ordering(filters: Filters, language: str) -> list[UnaryExpression[Any]]:
    """ORDER BY: what is not published or stated comes last in either direction, ties keep the order of the data."""
    column = _sorted_by(filters, language)
    chosen = column.asc() if filters.sort in ASCENDING else column.desc()
    return [chosen.nulls_last(), Region.name.asc(), Commitment.sequence.asc()]


def _place(filters: Filters) -> Iterator[Condition]:
    if not filters.region:
        return
    here = Region.slug == filters.region
    if filters.whole_province:
        province = select(Region.code).where(here, Region.level == "province").scalar_subquery()
        here = or_(here, Region.province_code == province)
    yield here


def _year(filters: Filters) -> Iterator[Condition]:
    if filters.year == YEAR_NOT_STATED:
        yield Commitment.fiscal_year.is_(None)
    elif filters.year:
        yield Commitment.fiscal_year == int(filters.year)


def _mentions(word: str) -> Condition:
    """The word stands in the programme's name, the region's, the funder's or a publisher's."""
    programs = (
        select(Program.id)
        .join(Region, Region.code == Program.region_code)
        .where(or_(*(_has(column, word) for column in (Program.name_id, Program.name_en, Region.name))))
    )
    published = (
        select(Statement.commitment_id)
        .join(StatementSource, StatementSource.statement_id == Statement.id)
        .join(Source, Source.id == StatementSource.source_id)
        .where(_has(Source.publisher, word))
    )
    return or_(
        Commitment.program_id.in_(programs),
        _has(Commitment.funder_name, word),
        Commitment.id.in_(published),
    )


def _has(column: TextColumn, word: str) -> Condition:
    return func.lower(column).contains(word, autoescape=True)


def _sorted_by(filters: Filters, language: str) -> Sortable:
    match filters.sort.partition("-")[0]:
        case "wilayah":
            return Region.name
        case "program":
            return Program.name_id if language == "id" else Program.name_en
        case "sumber":
            order = {code: place for place, code in enumerate(FUNDING_SOURCES)}
            return case(order, value=Commitment.funding_source)
        case "pekerja":
            return _largest(LeadFigure.workers, filters.stage)
        case "jumlah":
            return _largest(LeadFigure.amount_idr, filters.stage)
    return Commitment.fiscal_year


def _largest(column: InstrumentedAttribute[int | None], stage: str) -> Sortable:
    """The line's largest lead figure, of one stage where that is filtered for: an order, never a total."""
    query = select(func.max(column)).where(LeadFigure.commitment_id == Commitment.id)
    if stage:
        query = query.where(LeadFigure.stage == stage)
    return query.correlate(Commitment).scalar_subquery()
