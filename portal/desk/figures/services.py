"""What the figure pages write, in the request's session."""

from __future__ import annotations

from portal.accounts.shapes import Actor
from portal.extensions import db
from portal.news.figures.services import clear_flag


def confirm_text(actor: Actor, post_id: str, flag_id: int, word: str, seen: str | None) -> None:
    """See `clear_flag`."""
    clear_flag(db.session, actor, post_id, flag_id, word, seen=seen)
