"""Taking a step with an item from its page: the way of a draft, its talk and its preview links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from portal.accounts.keyed import digest
from portal.accounts.shapes import Actor
from portal.core.errors import NotFound, PortalError
from portal.desk.flow.queries.items import find_preview
from portal.desk.flow.steps import STEPS
from portal.desk.settings.queries import list_link_days
from portal.extensions import db
from portal.publishing import queries
from portal.publishing.outcomes import StaleDraft, WrongState
from portal.publishing.services import editing, releasing, review
from portal.publishing.shapes import ItemShape
from portal.publishing.talk import services as talk

T = TypeVar("T")
Typed = Mapping[str, str]

# A form sent twice within this time is one form.
TWICE = timedelta(minutes=5)


def take_step(
    actor: Actor, item_id: int, name: str, version: int, typed: Typed, moment: datetime | None
) -> None:
    """Take one of STEPS; a form that is sent twice has been taken once. Raises what the service raises."""
    try:
        _take(actor, item_id, name, version, typed, moment)
    except (StaleDraft, WrongState):
        db.session.rollback()
        if not _was_taken(actor, item_id, name, version):
            raise
    except PortalError:
        db.session.rollback()
        raise


def _take(actor: Actor, item_id: int, name: str, version: int, typed: Typed, moment: datetime | None) -> None:
    session = db.session()
    note = typed.get("catatan", "")
    steps: dict[str, Callable[[], object]] = {
        "ajukan": lambda: review.submit(session, actor, item_id, version),
        "tarik": lambda: review.take_back(session, actor, item_id, version),
        "kembalikan": lambda: review.return_for_changes(session, actor, item_id, version, note),
        "setujui": lambda: review.approve(session, actor, item_id, version),
        "jadwalkan": lambda: review.schedule(session, actor, item_id, version, moment or datetime.now(UTC)),
        "batal-jadwal": lambda: review.unschedule(session, actor, item_id, version),
        "terbitkan": lambda: releasing.publish(session, actor, item_id, version),
        "terbit-segera": lambda: releasing.publish_urgently(
            session, actor, item_id, version, typed.get("alasan", "")
        ),
        "tarik-terbitan": lambda: releasing.withdraw(session, actor, item_id, typed.get("alasan", "")),
        "buang": lambda: editing.discard_draft(session, actor, item_id, version),
    }
    steps[name]()


def _was_taken(actor: Actor, item_id: int, name: str, version: int) -> bool:
    """Whether this account took this very step a moment ago, so that the second click changes nothing."""
    item = queries.find_item(db.session, item_id)
    if item is None or not STEPS[name].to:
        return False
    if name in ("terbitkan", "terbit-segera", "tarik-terbitan"):
        return _came_out(actor, item, "withdrawn" if name == "tarik-terbitan" else "published")
    draft = item.draft
    by = {"in_review": "submitted_by_id", "approved": "decided_by_id"}.get(STEPS[name].to)
    if draft is None or draft.state != STEPS[name].to or draft.version != version + 1:
        return False
    return by is None or getattr(draft, by) == actor.id


def _came_out(actor: Actor, item: ItemShape, event: str) -> bool:
    if item.draft is not None and event == "published":
        return False
    newest = queries.list_revisions(db.session, item.id)[:1]
    return any(
        one.event == event and one.made_by_id == actor.id and datetime.now(UTC) - one.made_at < TWICE
        for one in newest
    )


def begin_change(actor: Actor, item_id: int) -> None:
    """Open a draft of what is published."""
    editing.open_draft(db.session(), actor, item_id)


def rebase(actor: Actor, item_id: int, version: int) -> None:
    """Say that the draft takes account of what was published since."""
    _whole(lambda: editing.rebase_draft(db.session(), actor, item_id, version))


def restore(actor: Actor, item_id: int, number: int) -> None:
    """Begin a draft with the words of a former revision."""
    _whole(lambda: editing.restore_revision(db.session(), actor, item_id, number))


def comment(actor: Actor, item_id: int, body: str, nonce: str) -> None:
    """Say something about an item."""
    _whole(lambda: talk.add_comment(db.session(), actor, item_id, body, nonce[:100]))


def resolve(actor: Actor, item_id: int, comment_id: int) -> None:
    """Mark a comment as settled."""
    _whole(lambda: talk.resolve_comment(db.session(), actor, item_id, comment_id))


def be_present(actor: Actor, item_id: int, *, is_writing: bool) -> None:
    """Say that the account has the item open."""
    talk.note_presence(db.session(), actor, item_id, is_writing=is_writing)


def make_link(actor: Actor, item_id: int, days: int) -> str:
    """Make a preview link; gives its token, which is shown this once."""
    item = queries.find_item(db.session, item_id)
    offered = list_link_days(item.region_code if item else None)
    return _whole(lambda: talk.make_preview_link(db.session(), actor, item_id, days, offered))


def revoke_link(actor: Actor, item_id: int, link_id: int) -> None:
    """Make a preview link useless."""
    _whole(lambda: talk.revoke_preview_link(db.session(), actor, item_id, link_id))


def open_preview(token: str, refusal: str) -> ItemShape:
    """The item a preview link leads to; raises NotFound with the same `refusal` for every link that isn't good."""
    item = find_preview(digest(talk.PREVIEW, token)) if len(token) < 200 else None
    if item is None or (item.draft is None and item.live != "yes"):
        raise NotFound(refusal)
    return item


def _whole(action: Callable[[], T]) -> T:
    try:
        return action()
    except BaseException:
        db.session.rollback()
        raise
