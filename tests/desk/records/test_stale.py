"""Two people save one draft: both versions stand side by side and nothing is lost."""

from __future__ import annotations

from flask import Flask

from portal.extensions import db
from portal.publishing.services.editing import save_draft
from tests.desk.records.looking import begin, cells_of, look, stored
from tests.support.staff import BERAU, Cast, Member, add_member

MINE = {
    "form": "1",
    "version": "1",
    "region_code": BERAU,
    "award": "Versi saya",
    "category": "Sama",
    "note": "Catatan\nsaya",
}


def colleague_saves(app: Flask, item_id: int) -> Member:
    """Another editor of the region saves first."""
    other = add_member(app, "rekan@portal.test", ("editor", BERAU))
    with app.app_context():
        save_draft(
            db.session(), other.actor, item_id, 1, {"award": "Versi rekan", "category": "Sama", "note": ""}
        )
        db.session.remove()
    return other


def test_a_stale_save_shows_both_versions_and_overwrites_nothing(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    colleague_saves(content, item.id)
    page = look(cast.berau_editor.client.post(f"/meja/butir/{item.id}/simpan", data=MINE), status=409)
    assert "Versi saya" in page.text
    assert "Versi rekan" in page.text
    assert page.all("input", name="version")[0].get("value") == "2"
    radios = {radio.get("name") for radio in page.all("input", type="radio")}
    assert radios == {"pilih-award", "pilih-note"}
    assert page.all("input", name="note")[0].get("value") == "Catatan\nsaya"
    assert cells_of(stored(content, item.id))["award"] == "Versi rekan"


def test_each_field_is_chosen_by_itself(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    colleague_saves(content, item.id)
    chosen = {**MINE, "berbeda": "1", "version": "2", "pilih-award": "theirs", "pilih-note": "mine"}
    answer = cast.berau_editor.client.post(f"/meja/butir/{item.id}/simpan", data=chosen)
    assert answer.status_code == 303
    cells = cells_of(stored(content, item.id))
    assert (cells["award"], cells["note"]) == ("Versi rekan", "Catatan\nsaya")


def test_a_field_without_a_choice_is_asked_again(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    colleague_saves(content, item.id)
    half = {**MINE, "berbeda": "1", "version": "2", "pilih-award": "mine"}
    page = look(cast.berau_editor.client.post(f"/meja/butir/{item.id}/simpan", data=half), status=422)
    assert page.by_id("error-summary") is not None
    assert cells_of(stored(content, item.id))["award"] == "Versi rekan"


def test_a_third_save_meanwhile_is_shown_too(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    other = colleague_saves(content, item.id)
    with content.app_context():
        save_draft(db.session(), other.actor, item.id, 2, {"award": "Versi ketiga"})
        db.session.remove()
    chosen = {**MINE, "berbeda": "1", "version": "2", "pilih-award": "mine", "pilih-note": "mine"}
    page = look(cast.berau_editor.client.post(f"/meja/butir/{item.id}/simpan", data=chosen), status=409)
    assert "Versi ketiga" in page.text
    assert "Versi saya" in page.text


def test_a_form_opened_before_the_draft_went_to_review_keeps_what_was_typed(
    content: Flask, cast: Cast
) -> None:
    item = begin(
        content,
        cast.berau_editor,
        "statements",
        lanjut="ajukan",
        commitment_id="berau-2025-apbd",
        stage="budgeted",
        workers="4465",
        source_ids="fokusborneo-berau-2025",
    )
    late = {"form": "1", "version": "2", "note": "Ketikan yang terlambat"}
    page = look(cast.berau_editor.client.post(f"/meja/butir/{item.id}/simpan", data=late), status=409)
    assert page.all("textarea", name="note")[0].text.strip() == "Ketikan yang terlambat"  # type: ignore[union-attr]
    assert cells_of(stored(content, item.id))["note"] == ""
