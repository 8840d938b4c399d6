"""Reads of the published numbers; what is hidden is not in these tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime

from sqlalchemy import bindparam, select

from portal.core.content_version import WITA
from portal.extensions import db
from portal.registry.counts.models import published_cells, published_sums, published_totals
from portal.registry.counts.shapes import Cell, ProgramCounts, Sum, Total

_sums, _totals, _cells = published_sums.c, published_totals.c, published_cells.c
_SUMS = select(
    _sums.program,
    _sums.synthetic,
    _sums.payer,
    _sums.people,
    _sums.person_months,
    _sums.months_paid_twice,
    _sums.villages,
).order_by(_sums.program, _sums.payer)
_TOTALS = select(
    _totals.program,
    _totals.payer,
    _totals.first_month,
    _totals.last_month,
    _totals.people,
    _totals.published_at,
).order_by(_totals.program, _totals.first_month, _totals.payer)
_CELLS = select(
    _cells.program,
    _cells.payer,
    _cells.first_month,
    _cells.last_month,
    _cells.village_code,
    _cells.people,
).order_by(_cells.program, _cells.first_month, _cells.payer, _cells.village_code)
_SUMS_OF = _SUMS.where(_sums.program.in_(bindparam("programs", expanding=True)))
_TOTALS_OF = _TOTALS.where(_totals.program.in_(bindparam("programs", expanding=True)))
_CELLS_OF = _CELLS.where(_cells.program.in_(bindparam("programs", expanding=True)))
_CELLS_IN = _CELLS_OF.where(_cells.first_month <= bindparam("month"), _cells.last_month >= bindparam("month"))


def list_counts(programs: Collection[str] | None = None) -> dict[str, ProgramCounts]:
    """What the published lists come to, by programme: of these, or of all that have a list. One or two queries."""
    values = {} if programs is None else {"programs": list(programs)}
    with db.engines["registry"].connect() as connection:
        sums = connection.execute(_SUMS if programs is None else _SUMS_OF, values).all()
        real = any(not row.synthetic for row in sums)
        totals = connection.execute(_TOTALS if programs is None else _TOTALS_OF, values).all() if real else ()
    own: dict[str, list[Total]] = defaultdict(list)
    for total in totals:
        own[total[0]].append(Total(*total[1:5], _day(total.published_at)))
    over_all: dict[str, list[Sum]] = defaultdict(list)
    made_up: dict[str, int] = {}
    villages: dict[str, int] = {}
    for row in sums:
        if row.synthetic:
            made_up[row.program] = row.people
        else:
            over_all[row.program].append(Sum(*row[2:6]))
            villages[row.program] = row.villages
    return {
        program: ProgramCounts(
            program,
            tuple(own[program]),
            tuple(over_all[program]),
            villages.get(program, 0),
            made_up.get(program, 0),
        )
        for program in dict.fromkeys(row.program for row in sums)
    }


def _day(moment: datetime) -> date:
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(WITA).date()


def get_counts(program: str) -> ProgramCounts:
    """What the published lists of one programme come to; empty where there is none."""
    return list_counts((program,)).get(program) or ProgramCounts(program)


def list_cells(programs: Collection[str], month: int | None = None) -> tuple[Cell, ...]:
    """People by village, payer and period, in order of programme, time, payer, village; of one month if given."""
    values: dict[str, object] = {"programs": list(programs)}
    query = _CELLS_OF
    if month is not None:
        query, values = _CELLS_IN, values | {"month": month}
    with db.engines["registry"].connect() as connection:
        return tuple(Cell(*row) for row in connection.execute(query, values))
