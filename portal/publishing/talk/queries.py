"""Reads of comments, presence and preview links."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.core.database import AnySession
from portal.publishing.talk.models import Comment, Presence, PreviewLink
from portal.publishing.talk.shapes import CommentShape, PresenceShape, PreviewLinkShape

# Three heartbeats: a browser that misses two is still there.
PRESENT = timedelta(seconds=60)

_COMMENTS = select(
    Comment.id,
    Comment.body,
    Comment.made_at,
    Comment.made_by_id,
    Comment.resolved_at,
    Comment.resolved_by_id,
).order_by(Comment.id)
_LINKS = select(PreviewLink.id, PreviewLink.made_at, PreviewLink.made_by_id, PreviewLink.expires_at).order_by(
    PreviewLink.expires_at
)


def list_comments(session: AnySession, item_id: int) -> tuple[CommentShape, ...]:
    """Every comment on an item, oldest first."""
    rows = session.execute(_COMMENTS.where(Comment.item_id == item_id))
    return tuple(CommentShape(*row) for row in rows)


def list_present(session: AnySession, item_id: int, but: int, now: datetime) -> tuple[PresenceShape, ...]:
    """Who has the item open besides the account `but`; those who write first."""
    query = (
        select(Presence.account_id, Presence.is_writing)
        .where(Presence.item_id == item_id, Presence.account_id != but, Presence.seen_at > now - PRESENT)
        .order_by(Presence.is_writing.desc(), Presence.account_id)
    )
    return tuple(PresenceShape(*row) for row in session.execute(query))


def list_preview_links(session: AnySession, item_id: int, now: datetime) -> tuple[PreviewLinkShape, ...]:
    """The links to an item's draft that are good, soonest to expire first."""
    query = _LINKS.where(
        PreviewLink.item_id == item_id, PreviewLink.revoked_at.is_(None), PreviewLink.expires_at > now
    )
    return tuple(PreviewLinkShape(*row) for row in session.execute(query))


def find_previewed(session: AnySession, digest: str, now: datetime) -> tuple[int, datetime] | None:
    """The item that a good link with this digest leads to, and when the link was made; or None."""
    query = select(PreviewLink.item_id, PreviewLink.made_at).where(
        PreviewLink.digest == digest, PreviewLink.revoked_at.is_(None), PreviewLink.expires_at > now
    )
    row = session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None
