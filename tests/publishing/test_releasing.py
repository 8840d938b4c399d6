"""Coming out: whole or not at all, once, with everything the public is told about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.shapes import EVERYWHERE, Actor, Grant
from portal.core.content_version import current_number
from portal.extensions import db
from portal.news.models import Post
from portal.publishing import queries, records
from portal.publishing.models import ChangeNote, Correction
from portal.publishing.outcomes import BaseChanged, HasProblems, NeedsUnpublished, ReasonMissing, WrongState
from portal.publishing.records import Published, StillCited
from portal.publishing.services import due, editing, releasing, review
from tests.support.drafts import NOTE, POST, REASON, SOURCE, bring, change, get, set_draft, start, version
from tests.support.staff import Cast

pytestmark = pytest.mark.usefixtures("content", "app_context")

COMMITMENT = {"program_id": "berau-pekerja-rentan", "fiscal_year": "2026", "funding_source": "apbd_regency"}
NEW_SOURCE = {
    "publisher": "Pemkab Berau",
    "kind": "government",
    "read_as": "full_text",
    "published_on": "2026-01-02",
}


def _notes(item_id: int) -> list[ChangeNote]:
    query = select(ChangeNote).where(ChangeNote.item_id == item_id).order_by(ChangeNote.id)
    return list(db.session.execute(query).scalars())


def _publish(cast: Cast, item_id: int) -> tuple[int, ...]:
    return releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))


def _approved(cast: Cast, kind: str, cells: dict[str, str]) -> int:
    return bring(cast, "approved", kind, cells)


def test_a_publication_is_on_the_public_page_at_once(content: Flask, cast: Cast) -> None:
    visitor, before = content.test_client(), current_number(db.session)
    item_id = bring(cast, "approved")
    address = f"/berita/{get(item_id).record_id}"
    assert visitor.get(address).status_code == 404
    assert _publish(cast, item_id) == (item_id,)
    assert POST["title_id"] in visitor.get(address).get_data(as_text=True)
    assert POST["title_id"] in visitor.get("/berita").get_data(as_text=True)
    assert current_number(db.session) == before + 1


def test_a_first_publication_leaves_no_note_and_no_correction(cast: Cast) -> None:
    item_id = bring(cast, "published")
    assert _notes(item_id) == []
    assert db.session.execute(select(Correction)).all() == []
    assert queries.list_revisions(db.session, item_id)[0].event == "published"


def test_a_change_is_told_with_old_and_new_value_reason_and_whether_figures_changed(cast: Cast) -> None:
    item_id = bring(cast, "published")
    change(cast, item_id, {"title_id": "Rapat koordinasi, diperbaiki"})
    _publish(cast, item_id)
    note = _notes(item_id)[0]
    assert (note.event, note.reason, note.figures_changed, note.urgent_reason) == (
        "corrected",
        NOTE,
        False,
        None,
    )
    correction = db.session.execute(select(Correction)).scalar_one()
    told = (
        correction.subject,
        correction.subject_id,
        correction.field,
        correction.old_value,
        correction.new_value,
    )
    assert told == (
        "news",
        get(item_id).record_id,
        "title_id",
        POST["title_id"],
        "Rapat koordinasi, diperbaiki",
    )
    assert (correction.reason, correction.note_id) == (NOTE, note.id)


def test_a_changed_figure_says_that_figures_changed(cast: Cast) -> None:
    item = queries.find_item_of(db.session, "statements", "berau-2025-apbd-1")
    assert item is not None
    change(cast, item.id, {"workers": "4466"})
    _publish(cast, item.id)
    assert [note.figures_changed for note in _notes(item.id)] == [True]


def test_an_urgent_publication_tells_its_reason_to_the_public(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    for reason in ("", "  ", "segera"):
        with pytest.raises(ReasonMissing):
            releasing.publish_urgently(db.session(), cast.berau_reviewer.actor, item_id, 1, reason)
    releasing.publish_urgently(db.session(), cast.berau_reviewer.actor, item_id, 1, REASON)
    note = _notes(item_id)[0]
    assert (note.event, note.urgent_reason, get(item_id).state) == ("published", REASON, "published")


def test_urgency_spares_neither_the_source_nor_the_note(cast: Cast) -> None:
    unsourced = start(cast.berau_editor, cells={**POST, "source_ids": ""})
    with pytest.raises(HasProblems):
        releasing.publish_urgently(db.session(), cast.berau_reviewer.actor, unsourced, 1, REASON)
    item_id = bring(cast, "published")
    editing.open_draft(db.session(), cast.berau_editor.actor, item_id)
    with pytest.raises(ReasonMissing):
        releasing.publish_urgently(db.session(), cast.berau_reviewer.actor, item_id, 1, REASON)
    assert get(item_id).state == "draft"


def test_records_that_hang_together_come_out_together(cast: Cast) -> None:
    line = _approved(cast, "commitments", COMMITMENT)
    source = _approved(cast, "sources", NEW_SOURCE)
    cells = {
        "commitment_id": get(line).record_id,
        "stage": "budgeted",
        "workers": "10",
        "source_ids": get(source).record_id,
    }
    statement = _approved(cast, "statements", cells)
    assert set(_publish(cast, statement)) == {line, source, statement}
    assert [get(one).state for one in (line, source, statement)] == ["published"] * 3


def test_nothing_comes_out_when_something_it_points_at_may_not(cast: Cast) -> None:
    line = bring(cast, "in_review", "commitments", COMMITMENT)
    source = _approved(cast, "sources", NEW_SOURCE)
    cells = {
        "commitment_id": get(line).record_id,
        "stage": "budgeted",
        "workers": "10",
        "source_ids": get(source).record_id,
    }
    statement, before = _approved(cast, "statements", cells), current_number(db.session)
    with pytest.raises(NeedsUnpublished) as refusal:
        _publish(cast, statement)
    assert [one.record_id for one in refusal.value.references] == [get(line).record_id]
    assert [get(one).state for one in (line, source, statement)] == ["in_review", "approved", "approved"]
    assert current_number(db.session) == before


def test_a_publication_that_fails_in_the_middle_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: object, published: Published) -> None:
        raise ValueError(published.kind)

    item_id = bring(cast, "approved")
    before = (get(item_id), current_number(db.session), queries.list_revisions(db.session, item_id))
    monkeypatch.setattr(records, "_listeners", [broken])
    with pytest.raises(ValueError, match="news"):
        _publish(cast, item_id)
    assert before == (get(item_id), current_number(db.session), queries.list_revisions(db.session, item_id))
    assert db.session.execute(select(Post.id).where(Post.id == before[0].record_id)).first() is None


def test_a_change_begun_from_an_older_publication_is_not_published_unseen(cast: Cast) -> None:
    item_id = bring(cast, "published")
    change(cast, item_id, {"title_id": "Satu"})
    set_draft(item_id, base_number=1)
    with pytest.raises(BaseChanged):
        _publish(cast, item_id)
    review.take_back(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    editing.rebase_draft(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    review.submit(db.session(), cast.berau_editor.actor, item_id, version(item_id))
    review.approve(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))
    assert _publish(cast, item_id) == (item_id,)


def test_a_second_click_does_not_publish_twice(cast: Cast) -> None:
    item_id = bring(cast, "approved")
    at = version(item_id)
    releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, at)
    number = current_number(db.session)
    with pytest.raises(WrongState):
        releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, at)
    assert current_number(db.session) == number


def test_what_others_point_at_is_not_withdrawn(cast: Cast) -> None:
    item = queries.find_item_of(db.session, "sources", SOURCE)
    assert item is not None
    everywhere = Actor(cast.administrator.id, "", (Grant("reviewer", EVERYWHERE),))
    with pytest.raises(StillCited) as refusal:
        releasing.withdraw(db.session(), everywhere, item.id, REASON)
    assert refusal.value.by
    assert get(item.id).state == "published"


def test_a_withdrawal_takes_the_page_away_and_tells_why(content: Flask, cast: Cast) -> None:
    item_id = bring(cast, "published")
    address, visitor = f"/berita/{get(item_id).record_id}", content.test_client()
    assert visitor.get(address).status_code == 200
    with pytest.raises(ReasonMissing):
        releasing.withdraw(db.session(), cast.berau_reviewer.actor, item_id, "")
    releasing.withdraw(db.session(), cast.berau_reviewer.actor, item_id, REASON)
    assert visitor.get(address).status_code in (404, 410)
    assert [(note.event, note.reason) for note in _notes(item_id)] == [("withdrawn", REASON)]


def test_what_was_withdrawn_can_come_back_with_a_note(cast: Cast) -> None:
    item_id = bring(cast, "withdrawn")
    change(cast, item_id, {"title_id": "Kembali"})
    _publish(cast, item_id)
    assert get(item_id).state == "published"
    assert [note.event for note in _notes(item_id)] == ["withdrawn", "corrected"]


def test_a_listener_hears_of_each_publication_with_before_and_after(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Published] = []
    monkeypatch.setattr(records, "_listeners", [lambda session, one: heard.append(one)])
    item_id = bring(cast, "published")
    change(cast, item_id, {"title_id": "Baru"})
    _publish(cast, item_id)
    releasing.withdraw(db.session(), cast.berau_reviewer.actor, item_id, REASON)
    told = [(one.before is None, one.after is None, one.changed) for one in heard]
    assert told == [(True, False, ()), (False, False, ("title_id",)), (False, True, ())]


def test_what_is_due_comes_out_once_and_says_when_it_was_late(cast: Cast) -> None:
    punctual, late, later = (bring(cast, "scheduled") for _ in range(3))
    moment = datetime.now(UTC)
    set_draft(punctual, publish_at=moment - timedelta(seconds=5))
    set_draft(late, publish_at=moment - timedelta(hours=2))
    assert due.publish_due(db.session(), moment) == (late, punctual)
    assert due.publish_due(db.session(), moment) == ()
    assert [note.scheduled_for for note in _notes(late)] == [moment - timedelta(hours=2)]
    assert _notes(punctual) == []
    assert get(later).state == "scheduled"


def test_what_can_not_come_out_at_its_time_goes_back_with_the_reason(cast: Cast) -> None:
    item_id = bring(cast, "scheduled")
    cells = {**POST, "id": get(item_id).record_id, "source_ids": "hilang"}
    set_draft(item_id, cells=cells, publish_at=datetime.now(UTC) - timedelta(seconds=1))
    assert due.publish_due(db.session()) == ()
    draft = get(item_id).draft
    assert draft is not None
    assert (draft.state, draft.publish_at) == ("returned", None)
    assert "hilang" in (draft.return_note or "")
    newest = queries.list_revisions(db.session, item_id)[0]
    assert (newest.event, newest.made_by_id) == ("returned", None)
