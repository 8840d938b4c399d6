"""Changes made through the desk's services, for tests of what the public is told of them."""

from __future__ import annotations

from portal.extensions import db
from portal.publishing.queries import find_item_of
from portal.publishing.services.editing import open_draft, save_draft
from portal.publishing.services.releasing import publish, publish_urgently, withdraw
from portal.publishing.services.review import approve, submit
from tests.support.staff import Cast

REASON = "Salah ketik pada laporan pertama."


def _item(kind: str, record_id: str) -> int:
    item = find_item_of(db.session, kind, record_id)
    assert item is not None
    return item.id


def correct(cast: Cast, kind: str, record_id: str, cells: dict[str, str], reason: str = REASON) -> None:
    """Change a published record of Berau with four eyes."""
    editor, reviewer, session = cast.berau_editor.actor, cast.berau_reviewer.actor, db.session()
    item = _item(kind, record_id)
    draft = open_draft(session, editor, item)
    version = save_draft(session, editor, item, draft.version, cells, reason=reason)
    version = submit(session, editor, item, version)
    version = approve(session, reviewer, item, version)
    publish(session, reviewer, item, version)


def correct_urgently(cast: Cast, kind: str, record_id: str, cells: dict[str, str], why: str) -> None:
    """Change a published record of Berau by one person alone."""
    editor, reviewer, session = cast.berau_editor.actor, cast.berau_reviewer.actor, db.session()
    item = _item(kind, record_id)
    draft = open_draft(session, editor, item)
    version = save_draft(session, editor, item, draft.version, cells, reason=REASON)
    publish_urgently(session, reviewer, item, version, why)


def take_away(cast: Cast, kind: str, record_id: str, reason: str) -> None:
    """Withdraw a published record of Berau."""
    withdraw(db.session(), cast.berau_reviewer.actor, _item(kind, record_id), reason)
