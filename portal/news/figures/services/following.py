"""Keeping texts and records together, inside each publication: references anew, flags where a record was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from portal.core.database import AnySession
from portal.news.figures.amounts import write_amount
from portal.news.figures.models import PostFigure, PostFlag
from portal.news.figures.queries import find_figures
from portal.news.figures.shapes import Figure, Token
from portal.news.figures.tokens import bound_in
from portal.news.models import Post
from portal.publishing.records import Published

Bodies = Mapping[str, str]
Shown = dict[Token, str | None]


def follow_posts(session: AnySession, published: Published) -> None:
    """After the publication of a post: its references as its new text has them, and no flag left open."""
    if published.kind != "news" or published.after is None:
        return
    cells = published.after
    bodies = {"id": cells.get("body_id", ""), "en": cells.get("body_en", "")}
    _keep(session, published.record_id, _tokens(bodies), {})
    session.execute(
        update(PostFlag)
        .where(PostFlag.post_id == published.record_id, PostFlag.cleared_at.is_(None))
        .values(cleared_at=published.made_at)
        .execution_options(synchronize_session=False)
    )


def follow_records(session: AnySession) -> None:
    """At each publication: references of posts that came otherwise (a data package), then what was corrected."""
    _rebuild(session)
    _flag_corrected(session)


def _tokens(bodies: Bodies) -> dict[tuple[str, int], Token]:
    """The tokens of a post by language and position."""
    return {
        (code, position): token
        for code, body in bodies.items()
        for position, token in enumerate(bound_in(body), 1)
    }


def _keep(session: AnySession, post_id: str, tokens: dict[tuple[str, int], Token], shown: Shown) -> None:
    """Write a post's references; what `shown` does not know is shown as its record says now."""
    now = find_figures(set(tokens.values()) - shown.keys(), session=session)
    session.execute(delete(PostFigure).where(PostFigure.post_id == post_id))
    rows = [
        {
            "post_id": post_id,
            "language": code,
            "position": position,
            "kind": token.kind,
            "record_id": token.record_id,
            "field": token.field,
            "shown": shown[token] if token in shown else _amount(now, token),
        }
        for (code, position), token in tokens.items()
    ]
    if rows:
        session.execute(insert(PostFigure), rows)


def _rebuild(session: AnySession) -> None:
    """Bring references up to the published bodies; what a post showed already it keeps as its last state."""
    kept: dict[str, dict[tuple[str, int], Token]] = {}
    shown: dict[str, Shown] = {}
    for row in session.execute(select(PostFigure.__table__)):
        token = Token(row.kind, row.record_id, row.field)
        kept.setdefault(row.post_id, {})[(row.language, row.position)] = token
        shown.setdefault(row.post_id, {})[token] = row.shown
    for post_id, indonesian, english in _bodies(session, kept):
        tokens = _tokens({"id": indonesian, "en": english})
        if tokens != kept.get(post_id, {}):
            _keep(session, post_id, tokens, shown.get(post_id, {}))


def _bodies(session: AnySession, known: Iterable[str]) -> Any:
    """Posts that hold tokens now or did before."""
    marks = [
        column.contains(mark, autoescape=True)
        for column in (Post.body_id, Post.body_en)
        for mark in ("[[", "\\[")
    ]
    query = select(Post.id, Post.body_id, Post.body_en).where(or_(Post.id.in_(sorted(known)), *marks))
    return session.execute(query.order_by(Post.sequence)).all()


def _flag_corrected(session: AnySession) -> None:
    """Compare what posts were published with and what their records say now."""
    shown: dict[tuple[str, Token], str | None] = {}
    for row in session.execute(select(PostFigure.__table__)):
        shown[row.post_id, Token(row.kind, row.record_id, row.field)] = row.shown
    now = find_figures({token for _post, token in shown}, session=session)
    flagged = _open_flags(session)
    for (post_id, token), old in shown.items():
        new = _amount(now, token)
        flag = flagged.pop((post_id, token), None)
        if flag is None and new != old:
            _open(session, post_id, token, old, new)
        elif flag is not None and new == old:
            _change(session, flag[0], cleared_at=datetime.now(UTC))
        elif flag is not None and new != flag[1]:
            _change(session, flag[0], new=new)
    for number, _new in flagged.values():
        _change(session, number, cleared_at=datetime.now(UTC))


def _open_flags(session: AnySession) -> dict[tuple[str, Token], tuple[int, str | None]]:
    rows = session.execute(select(PostFlag.__table__).where(PostFlag.cleared_at.is_(None)))
    return {(row.post_id, Token(row.kind, row.record_id, row.field)): (row.id, row.new) for row in rows}


def _open(session: AnySession, post_id: str, token: Token, old: str | None, new: str | None) -> None:
    values = {"kind": token.kind, "record_id": token.record_id, "field": token.field, "old": old, "new": new}
    session.execute(insert(PostFlag).values(post_id=post_id, since=datetime.now(UTC), **values))


def _change(session: AnySession, number: int, **values: Any) -> None:
    session.execute(
        update(PostFlag)
        .where(PostFlag.id == number)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _amount(figures: Mapping[Token, Figure], token: Token) -> str | None:
    figure = figures.get(token)
    return write_amount(figure.amount) if figure else None
