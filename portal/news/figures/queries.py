"""Reads of bound figures: what tokens show today, who uses a record, and what waits for its team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import select

from portal.accounts.shapes import Actor
from portal.areas.clocks import clock_of
from portal.areas.models import Region
from portal.core.database import AnySession
from portal.core.i18n import language
from portal.evidence.models import Claim
from portal.extensions import db
from portal.funding.models import Statement
from portal.news.figures.amounts import read_amount
from portal.news.figures.models import PostFigure, PostFlag
from portal.news.figures.selecting import CLAIMS, STATEMENTS, claim_figures, statement_figures
from portal.news.figures.shapes import Figure, Flag, FlaggedPost, Token, Use
from portal.news.models import Post
from portal.publishing.models import Item

Figures = dict[Token, Figure]

_FLAGS = (
    PostFlag.id,
    PostFlag.kind,
    PostFlag.record_id,
    PostFlag.field,
    PostFlag.old,
    PostFlag.new,
    PostFlag.since,
)


def find_figures(tokens: Iterable[Token], *, session: AnySession | None = None) -> Figures:
    """The figures of those tokens whose record is published and gives one; one query for each kind named."""
    wanted = frozenset(token for token in tokens if token.known)
    ids: dict[str, set[str]] = defaultdict(set)
    for token in wanted:
        ids[token.kind].add(token.record_id)
    found = figures_of(ids["statements"], ids["claims"], session=session)
    return {figure.token: figure for figure in found if figure.token in wanted}


def figures_of(
    statements: Collection[str], claims: Collection[str], *, session: AnySession | None = None
) -> list[Figure]:
    """Every figure of the statements and claims with these ids."""
    run = (session or db.session).execute
    found: list[Figure] = []
    if statements:
        found += statement_figures(run(STATEMENTS.where(Statement.id.in_(sorted(statements)))))
    if claims:
        found += claim_figures(run(CLAIMS.where(Claim.id.in_(sorted(claims)))))
    return found


def list_uses(kind: str, record_id: str) -> tuple[Use, ...]:
    """The published posts that show a figure of this record, once for each language and field."""
    title = Post.title_en if language() == "en" else Post.title_id
    rows = db.session.execute(
        select(PostFigure.post_id, title, PostFigure.language, PostFigure.field)
        .join(Post, Post.id == PostFigure.post_id)
        .where(PostFigure.kind == kind, PostFigure.record_id == record_id)
        .order_by(Post.sequence, PostFigure.language.desc(), PostFigure.position)
    )
    return tuple(dict.fromkeys(Use(*row) for row in rows))


def list_flags(post_id: str) -> tuple[Flag, ...]:
    """The open flags of one post, oldest first."""
    rows = db.session.execute(
        select(Post.region_code, *_FLAGS)
        .join(Post, Post.id == PostFlag.post_id)
        .where(PostFlag.post_id == post_id, PostFlag.cleared_at.is_(None))
        .order_by(PostFlag.since, PostFlag.id)
    )
    return tuple(_flag(row) for row in rows)


def list_flagged(actor: Actor, *, limit: int = 200) -> tuple[FlaggedPost, ...]:
    """Posts of the regions the account sees that show a figure corrected since; those waiting longest first."""
    rows = db.session.execute(
        select(
            Post.id.label("post_id"),
            Post.title_id,
            Post.title_en,
            Post.region_code,
            Region.name,
            Item.id.label("item_id"),
            *_FLAGS,
        )
        .join(Post, Post.id == PostFlag.post_id)
        .join(Region, Region.code == Post.region_code)
        .outerjoin(Item, (Item.kind == "news") & (Item.record_id == Post.id))
        .where(PostFlag.cleared_at.is_(None))
        .order_by(Post.sequence, PostFlag.since, PostFlag.id)
    )
    seen = (row for row in rows if actor.sees(row.region_code))
    posts = [_flagged(list(group)) for _post, group in groupby(seen, key=lambda row: row.post_id)]
    return tuple(sorted(posts, key=lambda post: post.flags[0].since)[:limit])


def _flagged(rows: list[Any]) -> FlaggedPost:
    values: list[Any] = [*rows[0][:6], tuple(_flag(row) for row in rows)]
    return FlaggedPost(*values)


def _flag(row: Any) -> Flag:
    token = Token(row.kind, row.record_id, row.field)
    number = row._mapping[PostFlag.id]
    day = clock_of(row.region_code).local(row.since).date()
    return Flag(number, token, read_amount(row.old), read_amount(row.new), row.since, day)
