"""Writing: items begun once, saves that never overwrite, and former states restored."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.permissions import NotAllowed
from portal.core.errors import NotFound
from portal.extensions import db
from portal.publishing import queries
from portal.publishing.outcomes import IdTaken, StaleDraft, WrongState
from portal.publishing.services import editing
from tests.support.drafts import POST, STATEMENT, bring, get, set_draft, start, version
from tests.support.staff import BENGKAYANG, BERAU, Cast

pytestmark = pytest.mark.usefixtures("content", "app_context")


def test_a_form_posted_twice_begins_one_item(cast: Cast) -> None:
    made = {
        editing.start_item(db.session(), cast.berau_editor.actor, "news", BERAU, dict(POST), nonce="once")
        for _ in range(3)
    }
    assert len(made) == 1


def test_two_items_with_the_same_title_have_addresses_of_their_own(cast: Cast) -> None:
    first, second = start(cast.berau_editor), start(cast.berau_editor)
    assert get(second).record_id == f"{get(first).record_id}-2"


def test_an_address_that_is_taken_is_refused(cast: Cast) -> None:
    taken = get(start(cast.berau_editor)).record_id
    with pytest.raises(IdTaken):
        start(cast.berau_editor, cells={**POST, "id": taken})
    item_id = start(cast.berau_editor, cells={**POST, "id": "alamat-sendiri"})
    with pytest.raises(IdTaken):
        editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 1, {"id": taken})
    assert get(item_id).record_id == "alamat-sendiri"


def test_an_unknown_kind_is_told_as_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound):
        start(cast.berau_editor, "villages", {})


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("news", {**POST, "region_code": BENGKAYANG}),
        ("statements", {**STATEMENT, "commitment_id": "bengkayang-2024-apbd"}),
    ],
    ids=["its own region", "the region of what it hangs on"],
)
def test_an_item_of_another_region_cannot_be_begun_whatever_the_form_says(
    cast: Cast, kind: str, cells: dict[str, str]
) -> None:
    with pytest.raises(NotAllowed):
        start(cast.berau_editor, kind, cells)


def test_a_draft_cannot_be_moved_to_another_region(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    with pytest.raises(NotAllowed):
        editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 1, {"region_code": BENGKAYANG})
    assert (get(item_id).region_code, version(item_id)) == (BERAU, 1)


def test_a_save_from_an_older_form_overwrites_nothing(cast: Cast) -> None:
    item_id, editor = start(cast.berau_editor), cast.berau_editor.actor
    editing.save_draft(db.session(), editor, item_id, 1, {"title_id": "Yang pertama"})
    with pytest.raises(StaleDraft) as refusal:
        editing.save_draft(db.session(), editor, item_id, 1, {"title_id": "Yang kedua"})
    draft = get(item_id).draft
    assert draft is not None
    assert (draft.cells["title_id"], draft.version, refusal.value.version) == ("Yang pertama", 2, 2)


def test_a_save_keeps_the_cells_that_the_form_does_not_show(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 1, {"title_id": "Baru"})
    draft = get(item_id).draft
    assert draft is not None
    assert draft.cells == {**POST, "id": get(item_id).record_id, "title_id": "Baru"}


def test_an_autosave_counts_the_version_but_leaves_no_revision(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    before = len(queries.list_revisions(db.session, item_id))
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 1, {"title_id": "a"}, is_autosave=True)
    assert (version(item_id), len(queries.list_revisions(db.session, item_id))) == (2, before)
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 2, {"title_id": "b"})
    assert len(queries.list_revisions(db.session, item_id)) == before + 1


def test_opening_a_draft_twice_gives_the_same_one(cast: Cast) -> None:
    item_id = bring(cast, "published")
    first = editing.open_draft(db.session(), cast.berau_editor.actor, item_id)
    second = editing.open_draft(db.session(), cast.berau_editor.actor, item_id)
    assert first == second
    assert first.authors == ()


def test_an_address_that_was_published_stays(cast: Cast) -> None:
    item_id = bring(cast, "published")
    was = get(item_id).record_id
    editing.open_draft(db.session(), cast.berau_editor.actor, item_id)
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 1, {"id": "alamat-lain"})
    draft = get(item_id).draft
    assert draft is not None
    assert (get(item_id).record_id, draft.cells["id"]) == (was, was)


def test_a_list_shows_what_is_published_again_once_a_draft_is_discarded(cast: Cast) -> None:
    item_id = bring(cast, "published")
    editor = cast.berau_editor.actor
    editing.open_draft(db.session(), editor, item_id)
    editing.save_draft(db.session(), editor, item_id, 1, {"title_id": "Judul sementara"})
    assert get(item_id).title == "Judul sementara"
    assert editing.discard_draft(db.session(), editor, item_id, 2) is False
    assert (get(item_id).title, get(item_id).state) == (POST["title_id"], "published")


def test_discarded_words_can_be_restored(cast: Cast) -> None:
    item_id = bring(cast, "new")
    newest = queries.list_revisions(db.session, item_id)[0]
    assert newest.event == "discarded"
    draft = editing.restore_revision(db.session(), cast.berau_editor.actor, item_id, newest.number)
    assert draft.cells["title_id"] == POST["title_id"]
    assert get(item_id).state == "draft"


def test_a_former_state_is_not_restored_over_an_open_draft(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    with pytest.raises(WrongState):
        editing.restore_revision(db.session(), cast.berau_editor.actor, item_id, 1)
    assert version(item_id) == 1


def test_a_revision_that_never_was_is_not_restored(cast: Cast) -> None:
    item_id = bring(cast, "new")
    with pytest.raises(NotFound):
        editing.restore_revision(db.session(), cast.berau_editor.actor, item_id, 99)
    assert get(item_id).draft is None


def test_a_record_of_a_data_package_can_be_changed_and_keeps_its_former_state(
    content: Flask, cast: Cast
) -> None:
    item = queries.find_item_of(db.session, "news", "berau-nominasi-paritrana-2025")
    assert item is not None
    draft = editing.open_draft(db.session(), cast.berau_editor.actor, item.id)
    history = queries.list_revisions(db.session, item.id)
    assert [(one.event, one.made_by_id) for one in history] == [("loaded", None)]
    assert draft.base_number == history[0].number == get(item.id).live_number
    assert draft.cells == history[0].cells


def test_marks_tell_what_is_missing(cast: Cast) -> None:
    item_id = start(cast.berau_editor, cells={**POST, "source_ids": "", "body_en": ""})
    assert get(item_id).marks == ("no_source", "untranslated")
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, 1, dict(POST))
    assert get(item_id).marks == ()


def test_a_draft_in_review_is_not_written_in(cast: Cast) -> None:
    item_id = bring(cast, "in_review")
    with pytest.raises(WrongState):
        editing.save_draft(
            db.session(), cast.berau_editor.actor, item_id, version(item_id), {"title_id": "x"}
        )
    set_draft(item_id, state="draft")
    editing.save_draft(db.session(), cast.berau_editor.actor, item_id, version(item_id), {"title_id": "x"})
    assert get(item_id).title == "x"
