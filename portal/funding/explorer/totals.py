"""Lead figures added up in the database: one stage, one fiscal year, each line once; stages never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.areas.models import Region
from portal.core.quantities import Quantity, joint_qualifier
from portal.core.vocabulary import QUALIFIERS, STAGES
from portal.extensions import db
from portal.funding.explorer.conditions import conditions
from portal.funding.explorer.filters import Filters
from portal.funding.models import Commitment, LeadFigure
from portal.funding.shapes import TotalShape
from portal.programs.models import Program

Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of lead figures: how many lines have one, what it is, and the qualifiers met on the way."""

    count: int
    value: int
    qualifiers: frozenset[str]

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.count + other.count, self.value + other.value, self.qualifiers | other.qualifiers)

    def quantity(self, unit: str) -> Quantity | None:
        """The sum with the qualifier that holds for all of it; None where no line published a figure."""
        return Quantity(self.value, joint_qualifier(self.qualifiers), unit) if self.count else None


NOTHING = Sum(0, 0, frozenset())


@dataclass(frozen=True, slots=True)
class PayerSum:
    """Lines of one stage, fiscal year and funding source."""

    stage: str
    year: int | None
    payer: str
    lines: int
    without_figure: int
    workers: Sum
    amount: Sum


def list_payer_sums(filters: Filters) -> tuple[PayerSum, ...]:
    """Lead figures of the filtered lines by stage, fiscal year and funding source."""
    columns = select(
        LeadFigure.stage,
        Commitment.fiscal_year,
        Commitment.funding_source,
        func.count().label("lines"),
        func.count(func.coalesce(LeadFigure.workers, LeadFigure.amount_idr)).label("with_figure"),
        *_sums("workers", LeadFigure.workers, LeadFigure.workers_qualifier),
        *_sums("amount", LeadFigure.amount_idr, LeadFigure.amount_qualifier),
    )
    keys = (LeadFigure.stage, Commitment.fiscal_year, Commitment.funding_source)
    rows = db.session.execute(_filtered(columns, filters).group_by(*keys))
    return tuple(
        PayerSum(
            stage=row.stage,
            year=row.fiscal_year,
            payer=row.funding_source,
            lines=row.lines,
            without_figure=row.lines - row.with_figure,
            workers=_sum(row, "workers"),
            amount=_sum(row, "amount"),
        )
        for row in rows
    )


def list_totals(filters: Filters, sums: Sequence[PayerSum]) -> tuple[TotalShape, ...]:
    """Totals per fiscal year, newest first and unstated last, and stage."""
    groups: dict[Key, list[PayerSum]] = defaultdict(list)
    for part in sums:
        groups[part.stage, part.year].append(part)
    overlapping = _overlapping(filters)
    ordered = sorted(groups, key=lambda key: (key[1] is None, -(key[1] or 0), STAGES.index(key[0])))
    return tuple(_total(key, groups[key], key in overlapping) for key in ordered)


def _total(key: Key, parts: Sequence[PayerSum], may_overlap: bool) -> TotalShape:
    lines = sum(part.lines for part in parts)
    workers = sum((part.workers for part in parts), NOTHING)
    amount = sum((part.amount for part in parts), NOTHING)
    return TotalShape(
        stage=key[0],
        fiscal_year=key[1],
        workers=workers.quantity("person"),
        amount=amount.quantity("idr"),
        lines=lines,
        lines_without_workers=lines - workers.count,
        lines_without_amount=lines - amount.count,
        lines_without_figure=sum(part.without_figure for part in parts),
        may_overlap=may_overlap,
    )


def _filtered(query: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    joined = (
        query.select_from(LeadFigure)
        .join(Commitment, Commitment.id == LeadFigure.commitment_id)
        .join(Program, Program.id == Commitment.program_id)
        .join(Region, Region.code == Program.region_code)
        .where(*conditions(filters))
    )
    return joined.where(LeadFigure.stage == filters.stage) if filters.stage else joined


def _sums(
    name: str, value: InstrumentedAttribute[int | None], qualifier: InstrumentedAttribute[str | None]
) -> list[ColumnElement[Any]]:
    """Columns `<name>_count`, `<name>_sum` and one `<name>_<qualifier>` each that counts."""
    met = [func.count(case((qualifier == code, value))).label(f"{name}_{code}") for code in QUALIFIERS]
    return [func.count(value).label(f"{name}_count"), func.sum(value).label(f"{name}_sum"), *met]


def _sum(row: Row[*tuple[Any, ...]], name: str) -> Sum:
    fields = row._mapping
    met = frozenset(code for code in QUALIFIERS if fields[f"{name}_{code}"])
    # PostgreSQL adds big integers up to a decimal.
    return Sum(fields[f"{name}_count"], int(fields[f"{name}_sum"] or 0), met)


def _overlapping(filters: Filters) -> set[Key]:
    """Stage and year of totals in which two lines may cover the same people.

    That is so where a region has two lines, or a province and a regency of it have one each.
    """
    columns = select(
        LeadFigure.stage,
        Commitment.fiscal_year,
        func.count().label("lines"),
        func.count(distinct(Region.code)).label("regions"),
        func.max(case((Region.level == "province", 1), else_=0)).label("province"),
    )
    keys = (LeadFigure.stage, Commitment.fiscal_year, Region.province_code)
    rows = db.session.execute(
        _filtered(columns.where(LeadFigure.workers.is_not(None)), filters).group_by(*keys)
    )
    return {
        (row.stage, row.fiscal_year)
        for row in rows
        if row.lines > row.regions or (row.province and row.regions > 1)
    }
