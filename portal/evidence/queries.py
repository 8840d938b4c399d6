"""Reads of sources, stated claims and cross-checks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select

from portal.core.database import AnySession
from portal.core.quantities import Quantity
from portal.core.vocabulary import VERDICTS
from portal.evidence.joins import SOURCE_COLUMNS, fold_sources
from portal.evidence.models import Claim, ClaimSource, CrossCheck, Source
from portal.evidence.shapes import CheckCounts, CheckShape, ClaimShape, InputShape, SourceShape
from portal.extensions import db, read

_SOURCES = select(*SOURCE_COLUMNS).order_by(Source.sequence)
_SOME_SOURCES = _SOURCES.where(Source.id.in_(bindparam("ids", expanding=True)))

_CLAIMS = (
    select(
        Claim.id,
        Claim.program_id,
        Claim.metric,
        Claim.value,
        Claim.unit,
        Claim.qualifier,
        Claim.as_of,
        Claim.note,
        *SOURCE_COLUMNS,
    )
    .outerjoin(ClaimSource, ClaimSource.claim_id == Claim.id)
    .outerjoin(Source, Source.id == ClaimSource.source_id)
    .order_by(Claim.sequence, ClaimSource.position)
)
_CLAIMS_OF_PROGRAMS = _CLAIMS.where(Claim.program_id.in_(bindparam("programs", expanding=True)))

_CHECKS: Select[*tuple[Any, ...]] = select(
    CrossCheck.kind,
    CrossCheck.subject_kind,
    CrossCheck.subject_id,
    CrossCheck.region_code,
    CrossCheck.program_id,
    CrossCheck.commitment_id,
    CrossCheck.verdict,
    CrossCheck.inputs,
    CrossCheck.formula,
    CrossCheck.result,
    CrossCheck.sentence_id,
    CrossCheck.sentence_en,
).order_by(CrossCheck.id)
_BY = {
    "region": CrossCheck.region_code == bindparam("region"),
    "program": CrossCheck.program_id == bindparam("program"),
    "commitment": CrossCheck.commitment_id == bindparam("commitment"),
}
# Where the inputs stand among the columns, which are the fields of CheckShape in order.
_INPUTS = 7
_VERDICTS = select(CrossCheck.verdict, func.count()).group_by(CrossCheck.verdict)


def list_sources(
    ids: Collection[str] | None = None, *, session: AnySession | None = None
) -> tuple[SourceShape, ...]:
    """Sources in the order of the data package; with `ids`, those of them that exist."""
    if ids is not None and not ids:
        return ()
    query, values = (_SOURCES, {}) if ids is None else (_SOME_SOURCES, {"ids": list(ids)})
    return tuple(SourceShape(*row) for row in (session.execute if session else read)(query, values))


def list_claims(
    programs: Collection[str] | None = None, *, session: AnySession | None = None
) -> tuple[ClaimShape, ...]:
    """Claims about the programmes with these ids, or all, in the order of the data package."""
    if programs is not None and not programs:
        return ()
    query, values = (_CLAIMS, {}) if programs is None else (_CLAIMS_OF_PROGRAMS, {"programs": list(programs)})
    rows = (session.execute if session else read)(query, values)
    return tuple(_claim(*record) for record in fold_sources(rows))


def _claim(
    claim_id: str,
    program_id: str,
    metric: str,
    value: str,
    unit: str | None,
    qualifier: str | None,
    as_of: Any,
    note: str | None,
    sources: tuple[SourceShape, ...],
) -> ClaimShape:
    number = int(value) if value.isascii() and value.isdigit() else Decimal(value)
    stated = Quantity(number, qualifier, unit or "person")
    return ClaimShape(claim_id, program_id, metric, stated, as_of, note, sources)


def list_checks(
    *,
    region: str | None = None,
    program: str | None = None,
    commitment: str | None = None,
    kinds: Collection[str] | None = None,
    known: Mapping[str, SourceShape] | None = None,
) -> tuple[CheckShape, ...]:
    """Cross-checks of a region (by code), programme or line, or all. `kinds` leaves others out.

    Two queries; one where `known` holds every source that the checks name.
    """
    given = {"region": region, "program": program, "commitment": commitment}
    values = {name: value for name, value in given.items() if value is not None}
    query = _checks_by(tuple(values), None if kinds is None else tuple(sorted(kinds)))
    rows = read(query, values).all()
    ids = {source for row in rows for entry in row.inputs for source in entry["source_ids"]}
    sources = dict(known or {})
    sources.update((source.id, source) for source in list_sources(ids - sources.keys()))
    return tuple(_check(row, sources) for row in rows)


@lru_cache(maxsize=32)
def _checks_by(names: tuple[str, ...], kinds: tuple[str, ...] | None) -> Select[Any]:
    """The query for these conditions, built once."""
    query: Select[Any] = _CHECKS.where(*(_BY[name] for name in names))
    return query if kinds is None else query.where(CrossCheck.kind.in_(kinds))


def _check(row: Row[Any], sources: dict[str, SourceShape]) -> CheckShape:
    values: list[Any] = list(row)
    values[_INPUTS] = tuple(_input(entry, sources) for entry in row.inputs)
    return CheckShape(*values)


def _input(entry: dict[str, Any], sources: dict[str, SourceShape]) -> InputShape:
    """An input as `services` stored it; a Decimal is kept as text, so that its digits stay as they were stated."""
    value, ids = entry["value"], tuple(entry["source_ids"])
    number = Decimal(value) if isinstance(value, str) else value
    amount = None if number is None else Quantity(number, entry["qualifier"], entry["unit"])
    return InputShape(entry["label"], amount, ids, tuple(sources[name] for name in ids if name in sources))


def count_checks(*, region: str | None = None) -> CheckCounts:
    """How many checks have each verdict, of a region or of all."""
    query = _VERDICTS if region is None else _VERDICTS.where(_BY["region"])
    rows = db.session.execute(query, {} if region is None else {"region": region})
    found = {row[0]: row[1] for row in rows}
    return CheckCounts(*(found.get(verdict, 0) for verdict in VERDICTS))
