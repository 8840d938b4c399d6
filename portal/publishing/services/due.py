"""Coming out by the clock: what has its hour set is published when the hour has come, once, and late only with a word."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.publication import publish_change
from portal.publishing.models import Draft
from portal.publishing.services.moving import add_revision, get_item, move, note_audit, now, whole
from portal.publishing.services.releasing import release
from portal.publishing.services.review import NOBODY
from portal.publishing.shapes import DraftShape

log = logging.getLogger(__name__)


def publish_due(session: Session, moment: datetime | None = None) -> tuple[int, ...]:
    """Publish everything whose time has come by `moment` (default: now), the earliest first; commits each by itself.

    Gives the ids of the items that came out. What can't come out is returned to its authors with the reason. Any
    number of workers may call it at once: each draft comes out once.
    """
    moment = moment or now()
    query = (
        select(Draft.item_id)
        .where(Draft.state == "scheduled", Draft.publish_at <= moment)
        .order_by(Draft.publish_at, Draft.item_id)
    )
    due = session.execute(query).scalars().all()
    session.rollback()
    done: list[int] = []
    for item_id in due:
        if item_id not in done:
            done += _publish_one_due(session, item_id, moment)
    return tuple(done)


def _publish_one_due(session: Session, item_id: int, moment: datetime) -> tuple[int, ...]:
    try:
        with whole(session):
            item = get_item(session, item_id)
            draft = item.draft
            if not _is_due(draft, moment):
                return ()
            assert draft is not None
            done = release(session, None, item, draft)
            publish_change(session)
    except PortalError as error:
        _return_undue(session, item_id, moment, str(error))
        return ()
    except (DataError, IntegrityError, LookupError, TypeError, ValueError) as error:
        # One item that trips over a mistake of ours must not hold up all that come after it.
        log.error("item %s could not come out: %s", item_id, type(error).__name__)
        _return_undue(
            session, item_id, moment, _("the portal made a mistake; its operator can find it in the log.")
        )
        return ()
    return done


def _is_due(draft: DraftShape | None, moment: datetime) -> bool:
    return bool(draft and draft.state == "scheduled" and draft.publish_at and draft.publish_at <= moment)


def _return_undue(session: Session, item_id: int, moment: datetime, sentence: str) -> None:
    """What could not come out goes back with the reason, so that it is not tried for ever."""
    with whole(session):
        item = get_item(session, item_id)
        draft = item.draft
        if draft is None or not _is_due(draft, moment):
            return
        note = _("It did not come out at its time: %(reason)s", reason=sentence)
        move(session, draft, {"state": "returned", **NOBODY, "return_note": note})
        add_revision(session, item_id, "returned", draft.cells, None, note)
        note_audit(session, None, "draft.schedule_failed", item)
