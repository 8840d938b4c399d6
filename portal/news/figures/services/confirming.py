"""A reviewer confirms that a text still holds although a figure in it was corrected."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select, update

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.core.content_version import ContentVersion, raise_content_version
from portal.core.database import AnySession
from portal.core.errors import NotFound, PortalError
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number, id_number_sentence
from portal.core.typed_text import one_line
from portal.news.figures.models import PostFigure, PostFlag
from portal.news.figures.shapes import Token
from portal.news.models import Post
from portal.publishing.audit.services import record

SHORTEST_WORD, LONGEST_WORD = 10, 2000


class NotConfirmed(PortalError):
    """The flag stays open; the sentence says what to do."""


class WordMissing(NotConfirmed):
    """Whoever confirms a text says in words why it still holds."""


class FigureMoved(NotConfirmed):
    """The record was corrected once more after the reviewer had seen it."""


def clear_flag(
    session: AnySession, actor: Actor, post_id: str, flag_id: int, word: str, *, seen: str | None = None
) -> None:
    """Close one flag: the reviewer's word is that the text holds with the new figure; audited, commits.

    `seen` is `Flag.now` of the page the word was given on. Raises NotFound for a flag that is not open, NotAllowed
    outside the reviewer's regions, WordMissing and FigureMoved.
    """
    session.rollback()
    post_id = one_line(post_id)
    # Whoever publishes a correction at this moment waits.
    session.execute(update(ContentVersion).values(number=ContentVersion.number))
    try:
        _clear(session, actor, post_id, flag_id, word, seen)
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _clear(
    session: AnySession, actor: Actor, post_id: str, flag_id: int, word: str, seen: str | None
) -> None:
    flag = session.execute(
        select(PostFlag.kind, PostFlag.record_id, PostFlag.field, PostFlag.new, Post.region_code)
        .join(Post, Post.id == PostFlag.post_id)
        .where(PostFlag.id == flag_id, PostFlag.post_id == post_id, PostFlag.cleared_at.is_(None))
    ).one_or_none()
    if flag is None:
        raise NotFound(
            _("This note is no longer open: the text was published anew, or somebody confirmed it.")
        )
    require(actor, flag.region_code, "reviewer")
    said = _word(word)
    if seen is not None and seen != (flag.new or ""):
        raise FigureMoved(_("The figure was corrected once more. Look at the new one, then confirm again."))
    session.execute(
        update(PostFlag)
        .where(PostFlag.id == flag_id)
        .values(cleared_at=datetime.now(UTC), cleared_by_id=actor.id, word=said)
        .execution_options(synchronize_session=False)
    )
    _confirm(session, post_id, Token(flag.kind, flag.record_id, flag.field), flag.new)
    details = {"record": flag.record_id, "field": flag.field, "flag": flag_id, "region": flag.region_code}
    record(session, actor.id, "news.flag_cleared", f"news:{post_id}", details)
    raise_content_version(session)


def _word(text: str) -> str:
    word = one_line(text)
    if len(word) < SHORTEST_WORD:
        raise WordMissing(_("Write in a few words why the text still holds with the corrected figure."))
    if len(word) > LONGEST_WORD:
        raise WordMissing(_("This is too long: shorten it to %(most)s characters.", most=LONGEST_WORD))
    if holds_id_number(word):
        raise WordMissing(id_number_sentence())
    return word


def _confirm(session: AnySession, post_id: str, token: Token, new: str | None) -> None:
    session.execute(
        update(PostFigure)
        .where(
            PostFigure.post_id == post_id,
            PostFigure.kind == token.kind,
            PostFigure.record_id == token.record_id,
            PostFigure.field == token.field,
        )
        .values(shown=new)
        .execution_options(synchronize_session=False)
    )
