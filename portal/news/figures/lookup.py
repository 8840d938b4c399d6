"""Looking for a published figure to put into a text, by words, number, year, stage and region."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from portal.areas.models import Region
from portal.evidence.models import Claim, ClaimSource, Source
from portal.extensions import db
from portal.funding.models import Commitment, Statement, StatementSource
from portal.news.figures.amounts import number_of
from portal.news.figures.loose import LARGEST, UNIT_OF, wide
from portal.news.figures.queries import figures_of
from portal.news.figures.shapes import Figure, Numeral
from portal.news.figures.wishes import Wish, codes_of
from portal.programs.models import Program

MOST = 30
Conditions = list[ColumnElement[bool]]


def list_figures(
    wish: Wish, own: Collection[str] = (), region_code: str = "", limit: int = MOST
) -> tuple[Figure, ...]:
    """Published figures that fit the wish, those of the regions `own` first; of one region where it is given."""
    order = case((Region.code.in_(sorted(own)), 0), else_=1)
    place: Conditions = [Region.code == region_code] if region_code else []
    statements = _ids(_statements(wish).where(*place).order_by(order, Statement.sequence).limit(limit))
    claims = (
        () if wish.stages else _ids(_claims(wish).where(*place).order_by(order, Claim.sequence).limit(limit))
    )
    ranks = {record_id: rank for rank, record_id in enumerate((*statements, *claims))}
    found = [figure for figure in figures_of(statements, claims) if _is_meant(figure, wish)]
    found.sort(key=lambda figure: (figure.region_code not in own, ranks[figure.token.record_id]))
    return tuple(found[:limit])


def list_places() -> tuple[tuple[str, str, str], ...]:
    """Code, slug and name of every region that has a programme."""
    query = select(Region.code, Region.slug, Region.name).where(Region.code.in_(select(Program.region_code)))
    return tuple((row[0], row[1], row[2]) for row in db.session.execute(query.order_by(Region.name)))


def _ids(query: Select[Any]) -> tuple[str, ...]:
    return tuple(db.session.execute(query).scalars())


def _is_meant(figure: Figure, wish: Wish) -> bool:
    """A statement has up to four figures; where a number is asked for, those that fit."""
    return not wish.numbers or any(_fits(one, figure) for one in wish.numbers)


def _fits(one: Numeral, figure: Figure) -> bool:
    return (not one.unit or one.unit == figure.amount.unit) and one.covers(figure.amount.value)


def _statements(wish: Wish) -> Select[Any]:
    query = (
        select(Statement.id)
        .join(Commitment, Commitment.id == Statement.commitment_id)
        .join(Program, Program.id == Commitment.program_id)
        .join(Region, Region.code == Program.region_code)
    )
    columns = (Commitment.funder_name, Statement.id, *_NAMES)
    cited = select(StatementSource.statement_id).join(Source, Source.id == StatementSource.source_id)
    texts = [
        or_(
            *_has(word, columns),
            Commitment.funding_source.in_(codes_of("funding_source", word)),
            Statement.id.in_(cited.where(*_has(word, (Source.publisher,)))),
        )
        for word in wish.words
    ]
    years = [or_(Commitment.fiscal_year == year, _within(Statement.as_of, year)) for year in wish.years]
    stages = [Statement.stage.in_(wish.stages)] if wish.stages else []
    return query.where(*texts, *years, *stages, *_numbered(wish))


def _claims(wish: Wish) -> Select[Any]:
    query = (
        select(Claim.id)
        .join(Program, Program.id == Claim.program_id)
        .join(Region, Region.code == Program.region_code)
    )
    cited = select(ClaimSource.claim_id).join(Source, Source.id == ClaimSource.source_id)
    texts = [
        or_(
            *_has(word, (Claim.id, *_NAMES)),
            Claim.metric.in_(codes_of("metric", word)),
            Claim.id.in_(cited.where(*_has(word, (Source.publisher,)))),
        )
        for word in wish.words
    ]
    years = [_within(Claim.as_of, year) for year in wish.years]
    return query.where(*texts, *years, *_valued(wish))


_NAMES = (Region.name, Program.name_id, Program.name_en)


def _has(word: str, columns: tuple[Any, ...]) -> Iterator[ColumnElement[bool]]:
    return (func.lower(column).contains(word, autoescape=True) for column in columns)


def _within(day: Any, year: int) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = day.between(date(year, 1, 1), date(year, 12, 31))
    return inside


def _numbered(wish: Wish) -> Conditions:
    """Statements with a figure near the number; `_is_meant` then looks closely."""
    if not wish.numbers:
        return []
    return [or_(*(wide(field).between(*_bounds(one)) for one in wish.numbers for field in UNIT_OF))]


def _bounds(one: Numeral) -> tuple[int, int]:
    return min(int(one.low), LARGEST), min(int(one.high) + 1, LARGEST)


def _valued(wish: Wish) -> Conditions:
    """Claims keep their digits as text: the few that fit are found by reading them all."""
    if not wish.numbers:
        return []
    rows = db.session.execute(select(Claim.id, Claim.value, Claim.unit))
    fitting = [
        row.id
        for row in rows
        for one in wish.numbers
        if one.unit in ("", row.unit) and one.covers(number_of(row.value))
    ]
    return [Claim.id.in_(sorted(set(fitting)))]
