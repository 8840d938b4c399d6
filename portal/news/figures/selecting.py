"""The one way records become figures: two queries, each with its sources, and how their rows are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from portal.areas.models import Region
from portal.core.quantities import Quantity, stated
from portal.evidence.joins import SOURCE_COLUMNS, fold_sources
from portal.evidence.models import Claim, ClaimSource, Source
from portal.funding.models import Commitment, Statement, StatementSource
from portal.news.figures.amounts import number_of
from portal.news.figures.shapes import Figure, Token
from portal.programs.models import Program

Query = Select[*tuple[Any, ...]]

PLACE = (Region.code, Region.name, Program.id, Program.name_id, Program.name_en)

STATEMENTS: Query = (
    select(
        Statement.id,
        *PLACE,
        Statement.as_of,
        Commitment.id.label("line_id"),
        Commitment.fiscal_year,
        Commitment.funding_source,
        Statement.stage,
        Statement.workers,
        Statement.workers_qualifier,
        Statement.amount_idr,
        Statement.amount_qualifier,
        Statement.monthly_contribution_idr,
        Statement.months,
        *SOURCE_COLUMNS,
    )
    .join(Commitment, Commitment.id == Statement.commitment_id)
    .join(Program, Program.id == Commitment.program_id)
    .join(Region, Region.code == Program.region_code)
    .outerjoin(StatementSource, StatementSource.statement_id == Statement.id)
    .outerjoin(Source, Source.id == StatementSource.source_id)
    .order_by(Statement.sequence, StatementSource.position)
)
CLAIMS: Query = (
    select(
        Claim.id,
        *PLACE,
        Claim.as_of,
        Claim.metric,
        Claim.value,
        Claim.unit,
        Claim.qualifier,
        *SOURCE_COLUMNS,
    )
    .join(Program, Program.id == Claim.program_id)
    .join(Region, Region.code == Program.region_code)
    .outerjoin(ClaimSource, ClaimSource.claim_id == Claim.id)
    .outerjoin(Source, Source.id == ClaimSource.source_id)
    .order_by(Claim.sequence, ClaimSource.position)
)

# A claim has no line, year, fund or stage.
NO_LINE = (None, None, None, None)


def statement_figures(rows: Any) -> Iterator[Figure]:
    """Every figure that the statements publish, in the order of the rows."""
    for record in fold_sources(rows):
        place, line, said, sources = record[1:7], record[7:11], record[11:17], record[-1]
        for field, amount in _amounts(*said):
            if amount is not None:
                values: list[Any] = [Token("statements", record[0], field), amount, *place, sources, *line]
                yield Figure(*values)


def claim_figures(rows: Any) -> Iterator[Figure]:
    """The figure of each claim."""
    for record in fold_sources(rows):
        metric, value, unit, qualifier, sources = record[7:]
        amount = Quantity(number_of(value), qualifier, unit or "person")
        values: list[Any] = [
            Token("claims", record[0], "value"),
            amount,
            *record[1:7],
            sources,
            *NO_LINE,
            metric,
        ]
        yield Figure(*values)


def _amounts(
    workers: int | None,
    workers_qualifier: str | None,
    amount: int | None,
    amount_qualifier: str | None,
    monthly: int | None,
    months: int | None,
) -> tuple[tuple[str, Quantity | None], ...]:
    return (
        ("workers", stated(workers, workers_qualifier, "person")),
        ("amount_idr", stated(amount, amount_qualifier, "idr")),
        ("monthly_contribution_idr", stated(monthly, None, "idr")),
        ("months", stated(months, None, "month")),
    )
