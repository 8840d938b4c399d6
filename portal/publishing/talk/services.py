"""Writes of comments, presence and preview links; each authorises and commits."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.keyed import digest, new_token
from portal.accounts.permissions import require, require_sight
from portal.accounts.shapes import Actor
from portal.core.errors import NotFound, PortalError
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number, id_number_sentence
from portal.publishing.outcomes import WrongState
from portal.publishing.services.moving import get_item, note_audit, now
from portal.publishing.shapes import ItemShape
from portal.publishing.talk.models import Comment, Presence, PreviewLink
from portal.publishing.talk.queries import PRESENT
from portal.publishing.talk.shapes import PREVIEW_DAYS

MOST_LINKS = 20
LONGEST_COMMENT = 4000
PREVIEW = "preview"


class CommentUnfit(PortalError):
    """A comment says nothing or too much."""


class TooManyLinks(PortalError):
    """An item has as many preview links as it may."""


def add_comment(session: Session, actor: Actor, item_id: int, body: str, nonce: str) -> int:
    """Say something about an item; commits and gives the comment's id. A form posted twice is one comment.

    Whoever sees the item may comment: a province's team may ask without being able to write.
    Raises CommentUnfit, NotAllowed, NotFound.
    """
    item = _seen(session, actor, item_id)
    text = _cleaned(body)
    key = digest("comment", f"{actor.id}:{item_id}:{nonce}:{text}")
    made = select(Comment.id).where(Comment.nonce == key)
    try:
        inserted = session.execute(
            insert(Comment).values(item_id=item_id, body=text, made_at=now(), made_by_id=actor.id, nonce=key)
        )
    except IntegrityError:
        session.rollback()
        return int(session.execute(made).scalar_one())
    comment_id = int(inserted.inserted_primary_key[0])  # type: ignore[attr-defined]
    note_audit(session, actor, "comment.added", item, comment=comment_id)
    session.commit()
    return comment_id


def resolve_comment(session: Session, actor: Actor, item_id: int, comment_id: int) -> None:
    """Mark a comment as settled; commits. Its author, editors and reviewers of the region may."""
    item = _seen(session, actor, item_id)
    query = select(Comment.made_by_id).where(Comment.id == comment_id, Comment.item_id == item_id)
    author = session.execute(query).scalar_one_or_none()
    if author is None:
        raise NotFound(_("This item has no such comment."))
    if author != actor.id:
        require(actor, item.region_code, "editor", "reviewer")
    session.execute(
        update(Comment)
        .where(Comment.id == comment_id, Comment.resolved_at.is_(None))
        .values(resolved_at=now(), resolved_by_id=actor.id)
        .execution_options(synchronize_session=False)
    )
    note_audit(session, actor, "comment.resolved", item, comment=comment_id)
    session.commit()


def note_presence(session: Session, actor: Actor, item_id: int, *, is_writing: bool) -> None:
    """Say that the account has the item open; commits. Lines older than an hour go."""
    _seen(session, actor, item_id)
    moment = now()
    values = {"seen_at": moment, "is_writing": is_writing}
    own = (Presence.item_id == item_id, Presence.account_id == actor.id)
    done = session.execute(
        update(Presence).where(*own).values(**values).execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        session.execute(delete(Presence).where(Presence.seen_at < moment - 60 * PRESENT))
        try:
            session.execute(insert(Presence).values(item_id=item_id, account_id=actor.id, **values))
        except IntegrityError:
            # Another tab of the same person said so at this very moment.
            session.rollback()
            return
    session.commit()


def make_preview_link(
    session: Session, actor: Actor, item_id: int, days: int, offered: Collection[int] = PREVIEW_DAYS
) -> str:
    """Make a link to the item's draft, good for `days`; commits and gives the token, which is kept nowhere."""
    item = _seen(session, actor, item_id)
    require(actor, item.region_code, "editor", "reviewer")
    if item.draft is None:
        raise WrongState(_("There is no draft of this any more; open the item to see what became of it."))
    if days not in offered:
        raise TooManyLinks(_("Choose one of the times for which the link can be good."))
    moment = now()
    if _count_good(session, item_id, moment) >= MOST_LINKS:
        raise TooManyLinks(
            _("This draft has %(most)s preview links: revoke one before making another.", most=MOST_LINKS)
        )
    token = new_token()
    inserted = session.execute(
        insert(PreviewLink).values(
            item_id=item_id,
            digest=digest(PREVIEW, token),
            made_at=moment,
            made_by_id=actor.id,
            expires_at=moment + timedelta(days=days),
        )
    )
    link = int(inserted.inserted_primary_key[0])  # type: ignore[attr-defined]
    note_audit(session, actor, "preview.made", item, link=link, days=days)
    session.commit()
    return token


def revoke_preview_link(session: Session, actor: Actor, item_id: int, link_id: int) -> None:
    """Make a link useless from now on; commits. One that is revoked already stays so."""
    item = _seen(session, actor, item_id)
    require(actor, item.region_code, "editor", "reviewer")
    done = session.execute(
        update(PreviewLink)
        .where(PreviewLink.id == link_id, PreviewLink.item_id == item_id)
        .values(revoked_at=func.coalesce(PreviewLink.revoked_at, now()))
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("This item has no such preview link."))
    note_audit(session, actor, "preview.revoked", item, link=link_id)
    session.commit()


def _seen(session: Session, actor: Actor, item_id: int) -> ItemShape:
    item = get_item(session, item_id)
    require_sight(actor, item.region_code)
    return item


def _count_good(session: Session, item_id: int, moment: datetime) -> int:
    query = select(func.count()).where(
        PreviewLink.item_id == item_id, PreviewLink.revoked_at.is_(None), PreviewLink.expires_at > moment
    )
    return session.execute(query).scalar_one()


def _cleaned(body: str) -> str:
    """The text without control characters and spaces around it; line ends stay."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    # Direction marks and the like would let a comment look like something else.
    kept = "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign)[0] != "C").strip()
    if not kept:
        raise CommentUnfit(_("Write something first."))
    if len(kept) > LONGEST_COMMENT:
        raise CommentUnfit(
            _("The comment is too long: shorten it to %(most)s characters.", most=LONGEST_COMMENT)
        )
    if holds_id_number(kept):
        raise CommentUnfit(id_number_sentence())
    return kept
