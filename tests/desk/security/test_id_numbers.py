"""Nobody's NIK gets into a text of the desk: not saved, not said, not given as a reason; what was typed stays."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from portal.extensions import db
from portal.publishing.models import Draft
from portal.publishing.records import find_problems
from portal.publishing.talk.models import Comment
from tests.support.drafts import POST, bring, start
from tests.support.staff import Cast

NIK = "6403 9912 0285 9777"


def drafts(app: Flask) -> str:
    with app.app_context():
        return repr(db.session.scalars(select(Draft.cells)).all())


@pytest.mark.parametrize("ending", ["baru", "simpan-otomatis"])
def test_a_new_record_with_one_is_not_begun_and_comes_back_as_typed(
    content: Flask, cast: Cast, ending: str
) -> None:
    form = {"form": "1", "nonce": "a", "award": f"Penghargaan bagi {NIK}"}
    answer = cast.berau_editor.client.post(f"/meja/awards/{ending}", data=form)
    assert answer.status_code == 422
    assert "NIK" in answer.get_data(as_text=True)
    assert ending != "baru" or NIK in answer.text
    assert NIK not in drafts(content)


@pytest.mark.parametrize("ending", ["simpan", "simpan-otomatis", "ajukan"])
def test_a_draft_is_not_saved_with_one(content: Flask, cast: Cast, ending: str) -> None:
    with content.app_context():
        number = start(cast.berau_editor)
    form = {"form": "1", "version": "1", **POST, "body_id": f"Penerima: {NIK}"}
    answer = cast.berau_editor.client.post(f"/meja/butir/{number}/{ending}", data=form)
    assert answer.status_code == 422
    assert ending == "simpan-otomatis" or NIK in answer.text
    assert NIK not in drafts(content)


def test_a_note_for_the_public_holds_none(content: Flask, cast: Cast) -> None:
    with content.app_context():
        number = start(cast.berau_editor)
    form = {"form": "1", "version": "1", **POST, "reason": f"Salah ketik {NIK}"}
    assert cast.berau_editor.client.post(f"/meja/butir/{number}/simpan", data=form).status_code == 422


def test_a_sheet_with_one_keeps_no_row(content: Flask, cast: Cast) -> None:
    rows = f"commitment_id\tstage\tas_of\tworkers\tnote\nberau-2026-apbd\tbudgeted\t2026-01-31\t4465\t{NIK}"
    form = {"baris": rows, "langkah": "simpan", "nonce": "b", "source_ids": "prokopim-berau-2025"}
    answer = cast.berau_editor.client.post("/meja/pernyataan-banyak", data=form)
    assert answer.status_code == 422
    assert NIK not in drafts(content)


def test_a_comment_and_a_note_to_the_author_are_refused(content: Flask, cast: Cast) -> None:
    with content.app_context():
        draft, handed_in = bring(cast, "draft"), bring(cast, "in_review")
    said = cast.berau_editor.client.post(f"/meja/butir/{draft}/komentar", data={"komentar": f"Cek {NIK}"})
    note = {"version": "2", "catatan": f"Hapus baris {NIK} dari tabel."}
    returned = cast.berau_reviewer.client.post(f"/meja/butir/{handed_in}/kembalikan", data=note)
    assert (said.status_code, returned.status_code) == (422, 422)
    assert re.search(r"16 angka|16 digits", said.text)
    with content.app_context():
        assert db.session.scalars(select(Comment.body)).all() == []


def test_one_that_got_in_earlier_keeps_a_draft_from_review(content: Flask, cast: Cast) -> None:
    with content.app_context():
        found = find_problems(db.session, "news", "", {**POST, "body_en": f"Number {NIK}", "id": "a"})
    assert [(one.column, one.blocking) for one in found if "NIK" in one.sentence] == [("body_en", True)]


def test_a_name_and_the_words_of_a_picture_hold_none(content: Flask, cast: Cast) -> None:
    name = cast.berau_editor.client.post("/meja/akun/nama", data={"nama": NIK})
    assert name.status_code == 422
