"""Reads of news posts and awards; every read selects columns and returns shapes in the visitor's language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, select

from portal.areas.models import Region
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.evidence.joins import SOURCE_COLUMNS, fold_sources
from portal.evidence.models import Source
from portal.extensions import db, read
from portal.news.figures.queries import Figures, find_figures, list_flags
from portal.news.figures.rendering import to_page, to_summary
from portal.news.figures.tokens import bound_in
from portal.news.markdown import to_html
from portal.news.models import Award, AwardSource, Post, PostSource
from portal.news.pictures import pictures_in
from portal.news.shapes import (
    AwardCard,
    AwardFilter,
    Choices,
    Place,
    PostCard,
    PostFilter,
    PostPage,
)
from portal.programs.models import Program

NO_YEAR = "-"
# Newest first; posts whose source gives no date stand last, in the order of the data package.
NEWEST = (Post.published_on.is_(None), Post.published_on.desc(), Post.sequence)
_AWARDS = (
    select(
        Award.id,
        Region.slug,
        Region.name,
        Award.award,
        Award.year,
        Award.level,
        Award.category,
        Award.result,
        Award.recipient,
        Award.conferred_on,
        Award.conferred_by,
        Award.note,
        *SOURCE_COLUMNS,
    )
    .join(Region, Region.code == Award.region_code)
    .outerjoin(AwardSource, AwardSource.award_id == Award.id)
    .outerjoin(Source, Source.id == AwardSource.source_id)
    .order_by(Award.year.is_(None), Award.year.desc(), Region.name, Award.sequence, AwardSource.position)
)

_AWARDS_OF_REGION = _AWARDS.where(Award.region_code == bindparam("region"))


def count_posts(wanted: PostFilter) -> int:
    """How many posts the filter leaves."""
    return db.session.execute(
        select(func.count())
        .select_from(Post)
        .join(Region, Region.code == Post.region_code)
        .where(*_post(wanted))
    ).scalar_one()


def list_posts(wanted: PostFilter = PostFilter(), *, limit: int, offset: int = 0) -> tuple[PostCard, ...]:  # noqa: B008
    """Posts, newest first, undated ones last."""
    query = _posts().where(*_post(wanted)).order_by(*NEWEST).limit(limit).offset(offset)
    return _cards(db.session.execute(query).all())


def list_region_posts(region_code: str, limit: int = 6) -> tuple[PostCard, ...]:
    """The newest posts of one region."""
    return _cards(read(_newest("region", language()), {"value": region_code, "most": limit}).all())


def list_program_posts(program_id: str, limit: int = 6) -> tuple[PostCard, ...]:
    """The newest posts about one programme."""
    return _cards(read(_newest("program", language()), {"value": program_id, "most": limit}).all())


@lru_cache(maxsize=4)
def _newest(of: str, _language: str) -> Select[Any]:
    """The posts of a region or programme; built once for each language, which `_posts` asks for."""
    column = Post.region_code if of == "region" else Post.program_id
    return _posts().where(column == bindparam("value")).order_by(*NEWEST).limit(bindparam("most"))


def get_post(slug: str) -> PostPage:
    """One post with its programme, award and sources; raises NotFound."""
    # PostgreSQL takes no NUL in a text.
    records = () if "\0" in slug else tuple(fold_sources(db.session.execute(_post_page(slug))))
    if not records:
        raise NotFound(_("This post is not published here."))
    found, kind, day, title, body, region, region_name, program, program_name, award, sources = records[0]
    awards = _awards_by(Award.id == award) if award else ()
    figures = find_figures(bound_in(body))
    return PostPage(
        id=found,
        kind=kind,
        headline=title,
        published_on=day,
        region=Place(region, region_name),
        html=to_page(to_html(body, pictures_in(body)), figures),
        summary=to_summary(body, figures),
        program=(program, program_name) if program else None,
        award=awards[0] if awards else None,
        sources=sources,
        flags=list_flags(found),
    )


def post_regions() -> Choices:
    """The regions that have a post, as (slug, name)."""
    return _regions(select(Post.region_code))


def list_awards(wanted: AwardFilter = AwardFilter()) -> tuple[AwardCard, ...]:  # noqa: B008
    """Awards and nominations: newest assessment year first, then region and order of the data package."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.region:
        conditions.append(Region.slug == wanted.region)
    if wanted.year:
        conditions.append(Award.year.is_(None) if wanted.year == NO_YEAR else Award.year == int(wanted.year))
    if wanted.result:
        conditions.append(Award.result == wanted.result)
    return _awards_by(*conditions)


def list_region_awards(region_code: str) -> tuple[AwardCard, ...]:
    """Awards and nominations of one region, with their sources."""
    rows = read(_AWARDS_OF_REGION, {"region": region_code})
    return tuple(_award(*record) for record in fold_sources(rows))


def award_regions() -> Choices:
    """The regions that have an award or a nomination, as (slug, name)."""
    return _regions(select(Award.region_code))


def award_years() -> tuple[int | None, ...]:
    """The assessment years, newest first; None where some award's year is not published."""
    years = db.session.execute(select(Award.year).distinct()).scalars().all()
    known = sorted((year for year in years if year is not None), reverse=True)
    return (*known, None) if None in years else tuple(known)


def _post_page(slug: str) -> Select[Any]:
    name = Program.name_en if language() == "en" else Program.name_id
    return (
        _posts(Post.program_id, name, Post.award_id, *SOURCE_COLUMNS)
        .outerjoin(Program, Program.id == Post.program_id)
        .outerjoin(PostSource, PostSource.post_id == Post.id)
        .outerjoin(Source, Source.id == PostSource.source_id)
        .where(Post.id == slug)
        .order_by(PostSource.position)
    )


def _posts(*more: Any) -> Select[Any]:
    english = language() == "en"
    return select(
        Post.id,
        Post.kind,
        Post.published_on,
        (Post.title_en if english else Post.title_id).label("title"),
        (Post.body_en if english else Post.body_id).label("body"),
        Region.slug,
        Region.name,
        *more,
    ).join(Region, Region.code == Post.region_code)


def _post(wanted: PostFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.region:
        conditions.append(Region.slug == wanted.region)
    if wanted.kind:
        conditions.append(Post.kind == wanted.kind)
    return conditions


def _cards(rows: Sequence[Row[Any]]) -> tuple[PostCard, ...]:
    figures = find_figures({token for row in rows for token in bound_in(row.body)})
    return tuple(_card(row, figures) for row in rows)


def _card(row: Row[Any], figures: Figures) -> PostCard:
    place = Place(row.slug, row.name)
    return PostCard(row.id, row.kind, row.title, row.published_on, place, to_summary(row.body, figures))


def _awards_by(*conditions: ColumnElement[bool]) -> tuple[AwardCard, ...]:
    """Awards with their sources, in one query."""
    rows = db.session.execute(_AWARDS.where(*conditions))
    return tuple(_award(*record) for record in fold_sources(rows))


def _award(award_id: str, slug: str, name: str, *fields: Any) -> AwardCard:
    return AwardCard(award_id, Place(slug, name), *fields)


def _regions(codes: Select[tuple[str]]) -> Choices:
    query = select(Region.slug, Region.name).where(Region.code.in_(codes)).order_by(Region.name)
    return tuple((row.slug, row.name) for row in db.session.execute(query))
