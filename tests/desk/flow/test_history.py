"""The history of an item: complete, compared word by word, restorable."""

from __future__ import annotations

import pytest

from portal.desk.flow.comparing import MOST_WORDS, compare
from tests.desk.flow.test_frame import fetch
from tests.support.drafts import POST, bring, change, get, start
from tests.support.pages import text_of
from tests.support.staff import Cast


@pytest.mark.usefixtures("content", "app_context")
def test_every_revision_is_listed_with_who_when_and_what(cast: Cast) -> None:
    page = fetch(cast.berau_editor, f"/meja/butir/{bring(cast, 'published')}/riwayat")
    for words in ("Disimpan", "Diajukan untuk ditinjau", "Disetujui", "ini yang terbit", "WITA"):
        assert words in page.text
    assert cast.berau_reviewer.actor.label in page.text


@pytest.mark.usefixtures("content", "app_context")
def test_two_revisions_stand_side_by_side_with_what_went_and_what_came_said_in_words(cast: Cast) -> None:
    item_id = bring(cast, "published")
    change(cast, item_id, {"title_id": "Rapat koordinasi kedua"})
    for query in ("dari=1&ke=6", "dari=6&ke=1"):
        page = fetch(cast.berau_editor, f"/meja/butir/{item_id}/riwayat?{query}")
        assert [text_of(one) for one in page.all("del")] == ["[dihapus: pekerja rentan ]"]
        assert [text_of(one) for one in page.all("ins")] == ["[ditambahkan: kedua ]"]


@pytest.mark.usefixtures("content", "app_context")
def test_a_former_state_becomes_a_new_draft(cast: Cast) -> None:
    item_id = bring(cast, "withdrawn")
    client = cast.berau_editor.client
    assert client.post(f"/meja/butir/{item_id}/riwayat", data={"nomor": "1"}).status_code == 303
    assert get(item_id).state == "draft"
    assert client.post(f"/meja/butir/{item_id}/riwayat", data={"nomor": "1"}).status_code == 409


@pytest.mark.usefixtures("content", "app_context")
@pytest.mark.parametrize("query", ["dari=1&ke=99", "dari=x&ke=1", "dari=1", "dari=99999999999&ke=1"])
def test_a_revision_that_never_was_is_not_there(cast: Cast, query: str) -> None:
    answer = cast.berau_editor.client.get(f"/meja/butir/{start(cast.berau_editor)}/riwayat?{query}")
    assert answer.status_code == 404


def test_a_comparison_shows_every_word_of_both_sides() -> None:
    older = {**POST, "body_id": "Satu dua tiga.\n\nEmpat <b>lima</b>."}
    newer = {**POST, "body_id": "Satu tiga.\n\nEmpat <b>enam</b> lima."}
    (difference,) = compare("news", older, newer)
    assert "".join(one.text for one in difference.older) == older["body_id"]
    assert "".join(one.text for one in difference.newer) == newer["body_id"]


def test_of_long_texts_no_more_is_compared_than_a_comparison_can_take(matched: list[int]) -> None:
    older = " ".join(f"kata{number % 97}" for number in range(20_000))
    newer = older.replace("kata5 ", "kota5 ")
    (difference,) = compare("news", {"body_id": older}, {"body_id": newer})
    assert "".join(one.text for one in difference.older) == older
    assert max(matched) <= MOST_WORDS
