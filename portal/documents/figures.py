"""The figures of a document as the CSV that is attached to it: one row a statement."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core.quantities import Quantity
from portal.core.tabular import csv_bytes
from portal.funding.shapes import CommitmentShape, StatementShape

HEADER = (
    "commitment_id",
    "program_id",
    "region_code",
    "fiscal_year",
    "funding_source",
    "funder_name",
    "stage",
    "is_lead",
    "workers",
    "workers_qualifier",
    "monthly_contribution_idr",
    "months",
    "amount_idr",
    "amount_qualifier",
    "as_of",
    "source_ids",
    "statement_id",
)


def figures_csv(commitments: Iterable[CommitmentShape]) -> bytes:
    """Every statement of the lines, leads marked; an empty cell is a figure that was not published."""
    rows = (_row(line, statement) for line in commitments for statement in line.statements)
    return csv_bytes(HEADER, rows)


def _row(line: CommitmentShape, statement: StatementShape) -> tuple[str | int | None, ...]:
    leads = {figure.lead.id for figure in line.stages if figure.lead}
    return (
        line.id,
        line.program_id,
        line.region_code,
        line.fiscal_year,
        line.funding_source,
        line.funder_name,
        statement.stage,
        "yes" if statement.id in leads else "no",
        *_figure(statement.workers),
        statement.monthly_contribution_idr,
        statement.months,
        *_figure(statement.amount),
        statement.as_of.isoformat() if statement.as_of else None,
        ";".join(statement.source_ids),
        statement.id,
    )


def _figure(stated: Quantity | None) -> tuple[int | None, str | None]:
    return (int(stated.value), stated.qualifier) if stated else (None, None)
