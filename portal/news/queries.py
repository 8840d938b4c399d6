"""Reads of news posts and awards; every read selects columns and returns shapes in the visitor's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.areas.models import Region
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.evidence.models import Source
from portal.evidence.shapes import SourceShape
from portal.extensions import db
from portal.news.markdown import summarise, to_html
from portal.news.models import Award, AwardSource, Post, PostSource
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
SOURCE_FIELDS = ("id", "publisher", "title", "url", "published_on", "kind", "read_as", "note")
# Newest first; posts whose source gives no date stand last, in the order of the data package.
NEWEST = (Post.published_on.is_(None), Post.published_on.desc(), Post.sequence)


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
    rows = db.session.execute(_posts().where(*_post(wanted)).order_by(*NEWEST).limit(limit).offset(offset))
    return tuple(_card(row) for row in rows)


def list_region_posts(region_code: str, limit: int = 6) -> tuple[PostCard, ...]:
    """The newest posts of one region."""
    query = _posts().where(Post.region_code == region_code).order_by(*NEWEST).limit(limit)
    return tuple(_card(row) for row in db.session.execute(query))


def get_post(slug: str) -> PostPage:
    """One post with its programme, award and sources; raises NotFound."""
    spoken = language()
    name = Program.name_en if spoken == "en" else Program.name_id
    query = _posts(Post.program_id, Post.award_id, name.label("program_name")).outerjoin(
        Program, Program.id == Post.program_id
    )
    row = db.session.execute(query.where(Post.id == slug)).one_or_none()
    if row is None:
        raise NotFound(_("This post is not published here."))
    awards = _awards_by(Award.id == row.award_id) if row.award_id else ()
    return PostPage(
        id=row.id,
        kind=row.kind,
        headline=row.title,
        published_on=row.published_on,
        region=Place(row.slug, row.name),
        html=to_html(row.body),
        summary=summarise(row.body),
        program=(row.program_id, row.program_name) if row.program_id else None,
        award=awards[0] if awards else None,
        sources=_sources(PostSource.post_id, PostSource.source_id, PostSource.position, [slug])[slug],
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
    return _awards_by(Award.region_code == region_code)


def award_regions() -> Choices:
    """The regions that have an award or a nomination, as (slug, name)."""
    return _regions(select(Award.region_code))


def award_years() -> tuple[int | None, ...]:
    """The assessment years, newest first; None where some award's year is not published."""
    years = db.session.execute(select(Award.year).distinct()).scalars().all()
    known = sorted((year for year in years if year is not None), reverse=True)
    return (*known, None) if None in years else tuple(known)


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


def _card(row: Row[Any]) -> PostCard:
    place = Place(row.slug, row.name)
    return PostCard(row.id, row.kind, row.title, row.published_on, place, summarise(row.body))


def _awards_by(*conditions: ColumnElement[bool]) -> tuple[AwardCard, ...]:
    query = (
        select(Award.__table__, Region.slug, Region.name.label("region_name"))
        .join(Region, Region.code == Award.region_code)
        .where(*conditions)
        .order_by(Award.year.is_(None), Award.year.desc(), Region.name, Award.sequence)
    )
    rows = db.session.execute(query).all()
    ids = [row.id for row in rows]
    sources = _sources(AwardSource.award_id, AwardSource.source_id, AwardSource.position, ids)
    return tuple(
        AwardCard(
            id=row.id,
            award=row.award,
            year=row.year,
            level=row.level,
            category=row.category,
            result=row.result,
            recipient=row.recipient,
            region=Place(row.slug, row.region_name),
            conferred_on=row.conferred_on,
            conferred_by=row.conferred_by,
            note=row.note,
            sources=sources[row.id],
        )
        for row in rows
    )


def _sources(
    owner: InstrumentedAttribute[str],
    source_id: InstrumentedAttribute[str],
    position: InstrumentedAttribute[int],
    owners: Iterable[str],
) -> dict[str, tuple[SourceShape, ...]]:
    """The sources each owner cites, in the order it cites them."""
    query = (
        select(owner, *(getattr(Source, name) for name in SOURCE_FIELDS))
        .join(Source, Source.id == source_id)
        .where(owner.in_(list(owners)))
        .order_by(owner, position)
    )
    found: dict[str, tuple[SourceShape, ...]] = defaultdict(tuple)
    for key, *fields in db.session.execute(query):
        found[key] += (SourceShape(*fields),)
    return found


def _regions(codes: Select[tuple[str]]) -> Choices:
    query = select(Region.slug, Region.name).where(Region.code.in_(codes)).order_by(Region.name)
    return tuple((row.slug, row.name) for row in db.session.execute(query))
