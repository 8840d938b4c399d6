"""Numbers typed by hand, set beside what is published: which record each equals or rounds to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, or_, select

from portal.core.database import AnySession
from portal.evidence.models import Claim
from portal.funding.models import Commitment, LeadFigure, Statement
from portal.news.figures.amounts import number_of
from portal.news.figures.numerals import numerals
from portal.news.figures.shapes import LooseNumber, Numeral, Token
from portal.programs.models import Program

LARGEST = 2**63 - 1
MOST_SUGGESTIONS = 5
# A statement's figures with the unit of each.
UNIT_OF = {"workers": "", "amount_idr": "idr", "monthly_contribution_idr": "idr", "months": "month"}


@dataclass(frozen=True, slots=True)
class _Published:
    """A published figure as far as it takes to compare it."""

    token: Token
    value: Decimal | int
    unit: str


def find_loose_numbers(session: AnySession, region_code: str | None, text: str) -> tuple[LooseNumber, ...]:
    """The numbers of a text that are not bound to a record, in order.

    Suggestions come from the region, its province and, for a province, its regencies; None looks everywhere.
    """
    return find_in_texts(session, region_code, {"": text})[""]


def find_in_texts(
    session: AnySession, region_code: str | None, texts: Mapping[str, str]
) -> dict[str, tuple[LooseNumber, ...]]:
    """`find_loose_numbers` for several texts of one post, with three queries at the most."""
    if not any(any(map(str.isalnum, text)) for text in texts.values()):
        return dict.fromkeys(texts, ())
    names = _names(session, region_code)
    found = {name: numerals(text, names) for name, text in texts.items()}
    published = _published(session, region_code, [one for group in found.values() for one in group])
    return {name: tuple(_loose(one, published) for one in group) for name, group in found.items()}


def _loose(one: Numeral, published: list[_Published]) -> LooseNumber:
    fitting = [figure.token for figure in published if _fits(one, figure)]
    # The same number comes first, then what is rounded to it.
    exact = {figure.token for figure in published if figure.value == one.value}
    fitting.sort(key=lambda token: token not in exact)
    return LooseNumber(one.text, one.value, one.position, tuple(fitting[:MOST_SUGGESTIONS]))


def _fits(one: Numeral, figure: _Published) -> bool:
    """An amount may be typed without Rp ("3 miliar"); a month or percentage is said to be one."""
    same = one.unit == figure.unit or (one.unit == "" and figure.unit == "idr" and one.scaled)
    return same and one.covers(figure.value)


def _scope(region_code: str | None) -> tuple[ColumnElement[bool], ...]:
    if region_code is None:
        return ()
    province, code = region_code[:2], Program.region_code
    if region_code == province:
        return (or_(code == province, code.startswith(f"{province}.", autoescape=True)),)
    return (code.in_((region_code, province)),)


def _names(session: AnySession, region_code: str | None) -> tuple[str, ...]:
    """Names of programmes; "One Village, 100 Workers" states no figure."""
    rows = session.execute(select(Program.name_id, Program.name_en).where(*_scope(region_code)))
    return tuple({name for row in rows for name in row})


def _published(session: AnySession, region_code: str | None, wanted: Iterable[Numeral]) -> list[_Published]:
    numbers = list(dict.fromkeys(wanted))
    if not numbers:
        return []
    own = case((Program.region_code == region_code, 0), else_=1)
    return [*_statements(session, region_code, numbers, own), *_claims(session, region_code, own)]


def _statements(
    session: AnySession, region_code: str | None, numbers: list[Numeral], own: Any
) -> Iterator[_Published]:
    asked = [condition for one in numbers for condition in conditions(one)]
    if not asked:
        return
    columns = [Statement.__table__.c[field] for field in UNIT_OF]
    leads = and_(LeadFigure.statement_id == Statement.id, LeadFigure.stage == Statement.stage)
    rows = session.execute(
        select(Statement.id, *columns)
        .join(Commitment, Commitment.id == Statement.commitment_id)
        .join(Program, Program.id == Commitment.program_id)
        .outerjoin(LeadFigure, leads)
        .where(or_(*asked), *_scope(region_code))
        .order_by(own, LeadFigure.statement_id.is_(None), Statement.sequence)
    )
    for record_id, *values in rows:
        for (field, unit), value in zip(UNIT_OF.items(), values, strict=True):
            if value is not None:
                yield _Published(Token("statements", record_id, field), value, unit)


def conditions(one: Numeral) -> Iterator[ColumnElement[bool]]:
    """Which statements may have a figure that rounds to the number; wider than `Numeral.covers` at the upper end."""
    low, high = ceil(one.low), floor(one.high)
    if low > LARGEST:
        return
    for field, unit in UNIT_OF.items():
        if unit == one.unit or (unit == "idr" and one.unit == "" and one.scaled):
            yield wide(field).between(low, min(high, LARGEST))


def wide(field: str) -> ColumnElement[int]:
    """A column of statements as 64 bits, so that any number may be compared with it."""
    return cast(Statement.__table__.c[field], BigInteger)


def _claims(session: AnySession, region_code: str | None, own: Any) -> Iterator[_Published]:
    rows = session.execute(
        select(Claim.id, Claim.value, Claim.unit)
        .join(Program, Program.id == Claim.program_id)
        .where(*_scope(region_code))
        .order_by(own, Claim.sequence)
    )
    for record_id, value, unit in rows:
        kind = unit if unit in ("idr", "percent") else ""
        yield _Published(Token("claims", record_id, "value"), number_of(value), kind)
