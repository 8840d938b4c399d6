"""The way through review: handed in, taken back, returned with a note, approved by another, scheduled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.core.vocabulary import OPEN_STATES
from portal.publishing import queries
from portal.publishing.outcomes import AuthorCannotApprove, BadSchedule, HasProblems
from portal.publishing.records import Problem, find_problems, records
from portal.publishing.services.moving import (
    add_revision,
    draft_region,
    get_draft,
    get_item,
    move,
    note_audit,
    now,
    reason_of,
    require_role,
)
from portal.publishing.shapes import DraftShape, ItemShape

DECIDED = ("approved", "scheduled")
FURTHEST_SCHEDULE = timedelta(days=366)
NOBODY: dict[str, Any] = {
    "submitted_at": None,
    "submitted_by_id": None,
    "decided_at": None,
    "decided_by_id": None,
    "publish_at": None,
}


def submit(session: Session, actor: Actor, item_id: int, version: int) -> int:
    """Hand the draft in for review; commits and gives the new version.

    Raises HasProblems with everything that keeps it from review, ReasonMissing for a change of what is published
    without a note for the public, StaleDraft, WrongState, NotAllowed.
    """
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    draft = get_draft(item, version, *OPEN_STATES)
    require_ready(session, item, draft)
    values = {"state": "in_review", "submitted_at": now(), "submitted_by_id": actor.id, "return_note": None}
    return _go(session, actor, item, draft, values, "submitted")


def take_back(session: Session, actor: Actor, item_id: int, version: int) -> int:
    """Take the draft back from review or approval to write on; commits."""
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    draft = get_draft(item, version, "in_review", "approved", "scheduled")
    return _go(session, actor, item, draft, {"state": "draft", **NOBODY}, None, "draft.taken_back")


def return_for_changes(session: Session, actor: Actor, item_id: int, version: int, note: str) -> int:
    """Give the draft back to its authors with what is to be changed; commits. Raises ReasonMissing."""
    item = get_item(session, item_id)
    require_role(actor, item, "reviewer")
    draft = get_draft(item, version, "in_review", "approved", "scheduled")
    note = reason_of(note, _("Say in a sentence what should be changed, so that the author can do it."))
    values = {"state": "returned", **NOBODY, "return_note": note}
    return _go(session, actor, item, draft, values, "returned", note=note)


def approve(session: Session, actor: Actor, item_id: int, version: int) -> int:
    """Approve what somebody else wrote; commits. Raises AuthorCannotApprove, HasProblems."""
    item = get_item(session, item_id)
    require_role(actor, item, "reviewer")
    draft = get_draft(item, version, "in_review")
    require_other_eyes(actor, draft)
    require(actor, draft_region(session, item, draft.cells), "reviewer")
    require_ready(session, item, draft)
    values = {"state": "approved", "decided_at": now(), "decided_by_id": actor.id}
    return _go(session, actor, item, draft, values, "approved")


def schedule(session: Session, actor: Actor, item_id: int, version: int, moment: datetime) -> int:
    """Have an approved draft published at `moment` (with its zone); commits.

    Raises BadSchedule for a moment that is past or more than a year ahead. A new moment replaces the former.
    """
    item = get_item(session, item_id)
    require_role(actor, item, "reviewer")
    draft = get_draft(item, version, "approved", "scheduled")
    _require_reach(session, actor, item, draft)
    if moment <= now():
        raise BadSchedule(_("That moment has passed: choose a later one, or publish now."))
    if moment > now() + FURTHEST_SCHEDULE:
        raise BadSchedule(_("That is more than a year ahead: choose an earlier day."))
    values = {"state": "scheduled", "publish_at": moment}
    return _go(session, actor, item, draft, values, None, "draft.scheduled", at=moment.isoformat())


def unschedule(session: Session, actor: Actor, item_id: int, version: int) -> int:
    """Take the schedule back; the draft stays approved. Commits."""
    item = get_item(session, item_id)
    require_role(actor, item, "reviewer")
    draft = get_draft(item, version, "scheduled")
    values = {"state": "approved", "publish_at": None}
    return _go(session, actor, item, draft, values, None, "draft.unscheduled")


def require_other_eyes(actor: Actor, draft: DraftShape) -> None:
    """Raise AuthorCannotApprove where the actor wrote in the draft or handed it in."""
    if actor.id in draft.authors or actor.id == draft.submitted_by_id:
        raise AuthorCannotApprove(
            _(
                "You wrote in this draft, so another reviewer has to approve it. In an emergency, publish it as urgent."
            )
        )


def _require_reach(session: Session, actor: Actor, item: ItemShape, draft: DraftShape) -> None:
    """What comes out with the draft by the clock is the actor's to publish, too: nobody is asked at that hour."""
    for reference in records().unpublished(session, item.kind, draft.cells):
        other = queries.find_item_of(session, reference.kind, reference.record_id)
        if other is not None and other.id != item.id:
            require_role(actor, other, "reviewer")
            if other.draft is not None and other.draft.state in DECIDED:
                _require_reach(session, actor, other, other.draft)


def require_ready(session: Session, item: ItemShape, draft: DraftShape) -> None:
    """Raise HasProblems where something blocks, ReasonMissing where a change has no note for the public."""
    problems = [one for one in find_problems(session, item.kind, item.record_id, draft.cells) if one.blocking]
    if problems:
        raise HasProblems(_sentence(problems), problems)
    if item.live != "no":
        reason_of(
            draft.reason,
            _("This was published before: write a note for the public that says what changes and why."),
        )


def _sentence(problems: list[Problem]) -> str:
    if len(problems) == 1:
        return problems[0].sentence
    return _("There are %(count)s things to mend before this can go on.", count=len(problems))


def _go(
    session: Session,
    actor: Actor,
    item: ItemShape,
    draft: DraftShape,
    values: dict[str, Any],
    event: str | None,
    action: str = "",
    note: str | None = None,
    **details: Any,
) -> int:
    try:
        new = move(session, draft, values)
        if event:
            add_revision(session, item.id, event, draft.cells, actor, note)
        note_audit(session, actor, action or f"draft.{event}", item, version=new, **details)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return new
