"""The way through review: which step leads where, who may take it, and what is asked of a schedule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.permissions import NotAllowed
from portal.accounts.shapes import Actor
from portal.extensions import db
from portal.publishing import queries
from portal.publishing.outcomes import (
    AuthorCannotApprove,
    BadSchedule,
    HasProblems,
    ReasonMissing,
    StaleDraft,
    WrongState,
)
from portal.publishing.services import editing, releasing, review
from tests.support.drafts import (
    LATER,
    NOTE,
    POST,
    REASON,
    STATES,
    bring,
    change,
    get,
    set_draft,
    start,
    version,
)
from tests.support.staff import BERAU, Cast, add_member

pytestmark = pytest.mark.usefixtures("content", "app_context")

Step = Callable[[Actor, int, int], object]

STEPS: dict[str, Step] = {
    "save": lambda who, item, at: editing.save_draft(db.session(), who, item, at, {"title_id": "Lain"}),
    "discard": lambda who, item, at: editing.discard_draft(db.session(), who, item, at),
    "submit": lambda who, item, at: review.submit(db.session(), who, item, at),
    "take_back": lambda who, item, at: review.take_back(db.session(), who, item, at),
    "return": lambda who, item, at: review.return_for_changes(db.session(), who, item, at, NOTE),
    "approve": lambda who, item, at: review.approve(db.session(), who, item, at),
    "schedule": lambda who, item, at: review.schedule(db.session(), who, item, at, datetime.now(UTC) + LATER),
    "unschedule": lambda who, item, at: review.unschedule(db.session(), who, item, at),
    "publish": lambda who, item, at: releasing.publish(db.session(), who, item, at),
    "urgent": lambda who, item, at: releasing.publish_urgently(db.session(), who, item, at, REASON),
    "withdraw": lambda who, item, at: releasing.withdraw(db.session(), who, item, REASON),
}
BY_EDITOR = ("save", "discard", "submit", "take_back")
# From which state each step leads to which; every pair that is missing is refused.
LEADS = {
    "save": {"draft": "draft", "returned": "returned"},
    "discard": {"draft": "new", "returned": "new"},
    "submit": {"draft": "in_review", "returned": "in_review"},
    "take_back": {"in_review": "draft", "approved": "draft", "scheduled": "draft"},
    "return": {"in_review": "returned", "approved": "returned", "scheduled": "returned"},
    "approve": {"in_review": "approved"},
    "schedule": {"approved": "scheduled", "scheduled": "scheduled"},
    "unschedule": {"scheduled": "approved"},
    "publish": {"approved": "published", "scheduled": "published"},
    "urgent": dict.fromkeys(("draft", "returned", "in_review", "approved", "scheduled"), "published"),
    "withdraw": {"published": "withdrawn"},
}


def _actor(cast: Cast, step: str) -> Actor:
    return (cast.berau_editor if step in BY_EDITOR else cast.berau_reviewer).actor


@pytest.mark.parametrize("step", STEPS)
def test_each_step_leads_where_the_table_says(cast: Cast, step: str) -> None:
    for state, then in LEADS[step].items():
        item_id = bring(cast, state)
        STEPS[step](_actor(cast, step), item_id, version(item_id))
        assert get(item_id).state == then, f"{step} from {state}"


@pytest.mark.parametrize("state", STATES)
def test_every_other_step_is_refused_and_changes_nothing(cast: Cast, state: str) -> None:
    item_id = bring(cast, state)
    before = get(item_id)
    for step in STEPS:
        if state not in LEADS[step]:
            with pytest.raises(WrongState):
                STEPS[step](_actor(cast, step), item_id, version(item_id))
            db.session.rollback()
    assert get(item_id) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_step_asks_for_its_role_in_this_very_region(cast: Cast, step: str) -> None:
    own = "berau_reviewer" if step in BY_EDITOR else "berau_editor"
    others = (
        own,
        "bengkayang_editor",
        "bengkayang_reviewer",
        "registrar",
        "berau_administrator",
        "province_reader",
    )
    item_id = bring(cast, next(iter(LEADS[step])))
    before = get(item_id)
    for name in others:
        with pytest.raises(NotAllowed):
            STEPS[step](getattr(cast, name).actor, item_id, version(item_id))
    assert get(item_id) == before


@pytest.mark.parametrize("step", [name for name in STEPS if name != "withdraw"])
def test_a_step_from_an_older_page_is_refused_with_the_newest_version(cast: Cast, step: str) -> None:
    item_id = bring(cast, next(iter(LEADS[step])))
    newest = version(item_id)
    with pytest.raises(StaleDraft) as refusal:
        STEPS[step](_actor(cast, step), item_id, newest - 1 or 99)
    assert refusal.value.version == newest


def test_who_wrote_in_a_draft_does_not_approve_it_even_as_a_reviewer(app: Flask, cast: Cast) -> None:
    both = add_member(app, "both@portal.test", ("editor", BERAU), ("reviewer", BERAU))
    for write in (True, False):
        item_id = start(both if write else cast.berau_editor)
        if not write:
            editing.save_draft(db.session(), both.actor, item_id, 1, {"title_id": "Judul baru"})
        review.submit(db.session(), cast.berau_editor.actor, item_id, version(item_id))
        with pytest.raises(AuthorCannotApprove):
            review.approve(db.session(), both.actor, item_id, version(item_id))
        assert get(item_id).state == "in_review"


def test_who_handed_a_draft_in_does_not_approve_it(app: Flask, cast: Cast) -> None:
    both = add_member(app, "both@portal.test", ("editor", BERAU), ("reviewer", BERAU))
    item_id = start(cast.berau_editor)
    review.submit(db.session(), both.actor, item_id, 1)
    with pytest.raises(AuthorCannotApprove):
        review.approve(db.session(), both.actor, item_id, 2)
    assert get(item_id).state == "in_review"


def test_a_draft_without_a_source_is_not_handed_in_and_everything_is_told_at_once(cast: Cast) -> None:
    item_id = start(cast.berau_editor, cells={**POST, "source_ids": "", "body_en": ""})
    with pytest.raises(HasProblems) as refusal:
        review.submit(db.session(), cast.berau_editor.actor, item_id, 1)
    assert {"source_ids", "body_en"} <= {problem.column for problem in refusal.value.problems}
    assert get(item_id).state == "draft"


def test_a_change_of_what_is_published_needs_a_note_for_the_public(cast: Cast) -> None:
    item_id = bring(cast, "published")
    editor = cast.berau_editor.actor
    editing.open_draft(db.session(), editor, item_id)
    for note in (None, "", "pendek"):
        editing.save_draft(db.session(), editor, item_id, version(item_id), {"title_id": "Lain"}, reason=note)
        with pytest.raises(ReasonMissing):
            review.submit(db.session(), editor, item_id, version(item_id))
    change(cast, item_id, {"title_id": "Lain lagi"})
    assert get(item_id).state == "approved"


def test_a_return_needs_words_and_keeps_them_until_the_next_hand_in(cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    with pytest.raises(ReasonMissing):
        review.return_for_changes(db.session(), cast.berau_reviewer.actor, item_id, version(item_id), " \n ")
    review.return_for_changes(db.session(), cast.berau_reviewer.actor, item_id, version(item_id), NOTE)
    draft = get(item_id).draft
    assert draft is not None
    assert draft.return_note == NOTE
    review.submit(db.session(), cast.berau_editor.actor, item_id, draft.version)
    draft = get(item_id).draft
    assert draft is not None
    assert draft.return_note is None


@pytest.mark.parametrize(
    "ahead", [timedelta(0), timedelta(days=-1), timedelta(days=367), timedelta(days=300_000)], ids=str
)
def test_a_schedule_lies_ahead_but_not_too_far(cast: Cast, ahead: timedelta) -> None:
    item_id = bring(cast, "approved")
    with pytest.raises(BadSchedule):
        review.schedule(
            db.session(), cast.berau_reviewer.actor, item_id, version(item_id), datetime.now(UTC) + ahead
        )
    assert get(item_id).state == "approved"


def test_a_new_time_takes_the_place_of_the_former(cast: Cast) -> None:
    item_id = bring(cast, "scheduled")
    moment = datetime.now(UTC).replace(microsecond=0) + 2 * LATER
    review.schedule(db.session(), cast.berau_reviewer.actor, item_id, version(item_id), moment)
    draft = get(item_id).draft
    assert draft is not None
    assert draft.publish_at == moment


def test_taking_back_forgets_the_approval(cast: Cast) -> None:
    item_id = bring(cast, "scheduled")
    review.take_back(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    draft = get(item_id).draft
    assert draft is not None
    assert (draft.decided_at, draft.decided_by_id, draft.publish_at, draft.submitted_at) == (None,) * 4


def test_the_history_tells_every_event_with_who_and_why(cast: Cast) -> None:
    item_id = bring(cast, "returned")
    review.submit(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    review.approve(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    told = [
        (one.event, one.made_by_id, one.note) for one in reversed(queries.list_revisions(db.session, item_id))
    ]
    editor, reviewer = cast.berau_editor.id, cast.berau_reviewer.id
    assert told == [
        ("saved", editor, None),
        ("submitted", editor, None),
        ("returned", reviewer, NOTE),
        ("submitted", editor, None),
        ("approved", reviewer, None),
    ]


def test_a_draft_whose_words_went_bad_while_it_waited_is_not_approved(cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    set_draft(item_id, cells={**POST, "id": get(item_id).record_id, "source_ids": "hilang"})
    with pytest.raises(HasProblems):
        review.approve(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    assert get(item_id).state == "in_review"
