"""Reads of funding lines with all that is said of them: two queries, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from portal.areas.models import Region
from portal.core.database import AnySession
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.quantities import stated
from portal.evidence.joins import SOURCE_COLUMNS, fold_sources
from portal.evidence.models import Source
from portal.evidence.shapes import SourceShape
from portal.extensions import read
from portal.funding.leads import Choice, mark_leads, pick_leads
from portal.funding.models import Commitment, LeadChoice, Statement, StatementSource
from portal.funding.shapes import CommitmentShape, StatementShape
from portal.programs.models import Program

Query = Select[*tuple[Any, ...]]

_LINES: Query = (
    select(
        Commitment.id,
        Commitment.program_id,
        Program.name_id,
        Program.name_en,
        Program.region_code,
        Region.name,
        Region.slug,
        Commitment.fiscal_year,
        Commitment.funding_source,
        Commitment.funder_name,
        Commitment.note,
    )
    .join(Program, Program.id == Commitment.program_id)
    .join(Region, Region.code == Program.region_code)
    .order_by(Commitment.sequence)
)
_STATEMENTS: Query = (
    select(
        Statement.id,
        Statement.commitment_id,
        Statement.stage,
        Statement.workers,
        Statement.workers_qualifier,
        Statement.monthly_contribution_idr,
        Statement.months,
        Statement.amount_idr,
        Statement.amount_qualifier,
        Statement.as_of,
        Statement.note,
        LeadChoice.reason_id,
        LeadChoice.reason_en,
        *SOURCE_COLUMNS,
    )
    .outerjoin(
        LeadChoice,
        and_(LeadChoice.statement_id == Statement.id, LeadChoice.stage == Statement.stage),
    )
    .outerjoin(StatementSource, StatementSource.statement_id == Statement.id)
    .outerjoin(Source, Source.id == StatementSource.source_id)
    .order_by(Statement.sequence, StatementSource.position)
)
_OF_LINES: Query = _STATEMENTS.join(Commitment, Commitment.id == Statement.commitment_id).join(
    Program, Program.id == Commitment.program_id
)
_CONDITIONS = {
    "region": Program.region_code == bindparam("region"),
    "province": (Program.region_code == bindparam("province"))
    | (Commitment.funding_source == "apbd_province")
    & Program.region_code.in_(select(Region.code).where(Region.province_code == bindparam("province"))),
    "program": Commitment.program_id == bindparam("program"),
    "id": Commitment.id == bindparam("id"),
    "ids": Commitment.id.in_(bindparam("ids", expanding=True)),
}
# Both queries of each way to ask, built once.
_QUERIES: dict[str | None, tuple[Query, Query]] = {
    None: (_LINES, _STATEMENTS),
    **{name: (_LINES.where(test), _OF_LINES.where(test)) for name, test in _CONDITIONS.items()},
}


def list_commitments(
    *,
    region: str | None = None,
    province: str | None = None,
    program: str | None = None,
    ids: Collection[str] | None = None,
    session: AnySession | None = None,
) -> tuple[CommitmentShape, ...]:
    """Funding lines in the order of the data package: of a region (by code), a programme, with these ids, or all.

    `province` (a code) gives the lines of that province and those of its regencies that the provincial budget pays.
    """
    if ids is not None:
        return _read("ids", list(ids), session) if ids else ()
    if province is not None:
        return _read("province", province, session)
    if program is not None:
        return _read("program", program, session)
    return _read("region", region, session) if region is not None else _read(None, None, session)


def get_commitment(commitment_id: str) -> CommitmentShape:
    """One funding line by its address; raises NotFound."""
    # PostgreSQL takes no NUL in a text.
    found = () if "\0" in commitment_id else _read("id", commitment_id, None)
    if not found:
        raise NotFound(_("No funding line has this address. Look for it in the list of funding lines."))
    return found[0]


def _read(by: str | None, value: object, session: AnySession | None) -> tuple[CommitmentShape, ...]:
    execute = session.execute if session else read
    lines, statements = _QUERIES[by]
    values = {by: value} if by else {}
    said: dict[str, list[StatementShape]] = defaultdict(list)
    choices: dict[str, dict[str, Choice]] = defaultdict(dict)
    for record in fold_sources(execute(statements, values)):
        statement, choice = _statement(*record)
        said[statement.commitment_id].append(statement)
        if choice:
            choices[statement.commitment_id][statement.stage] = choice
    return tuple(_line(row, said[row[0]], choices.get(row[0])) for row in execute(lines, values))


def _line(
    row: Sequence[Any], said: list[StatementShape], choices: dict[str, Choice] | None
) -> CommitmentShape:
    stages = pick_leads(said, choices)
    values = [*row, mark_leads(said, stages), stages]
    return CommitmentShape(*values)


def _statement(
    statement_id: str,
    commitment_id: str,
    stage: str,
    workers: int | None,
    workers_qualifier: str | None,
    monthly: int | None,
    months: int | None,
    amount: int | None,
    amount_qualifier: str | None,
    as_of: Any,
    note: str | None,
    reason_id: str | None,
    reason_en: str | None,
    sources: tuple[SourceShape, ...],
) -> tuple[StatementShape, Choice | None]:
    shape = StatementShape(
        statement_id,
        commitment_id,
        stage,
        stated(workers, workers_qualifier, "person"),
        monthly,
        months,
        stated(amount, amount_qualifier, "idr"),
        as_of,
        note,
        sources,
    )
    return shape, Choice(statement_id, reason_id, reason_en or "") if reason_id is not None else None
