"""The forms of all kinds: begun, saved, handed in, discarded; nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal.extensions import db
from portal.opendata.tables import BY_NAME
from portal.publishing import queries
from tests.desk.records.looking import begin, cells_of, look, stored
from tests.support.staff import BERAU, Cast

KINDS = tuple(BY_NAME)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_kind_has_an_empty_form(content: Flask, cast: Cast, kind: str, prefix: str) -> None:
    path = f"{prefix}/meja/{kind}/baru"
    page = look(cast.berau_editor.client.get(path), path)
    names = {element.get("name") for tag in ("input", "select", "textarea") for element in page.all(tag)}
    assert {name for name in BY_NAME[kind].names if name != "id"} <= names
    assert not {"id", "state", "live", "role"} & names


def test_an_unknown_kind_is_not_found(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    assert client.get("/meja/accounts/baru").status_code == 404
    assert client.post("/meja/accounts/baru", data={"form": "1"}).status_code == 404
    assert client.post("/meja/items/periksa", data={"form": "1"}).status_code == 404


def test_a_new_record_becomes_a_draft_with_what_was_typed(content: Flask, cast: Cast) -> None:
    item = begin(
        content, cast.berau_editor, award="Penghargaan “Kota” & <b>Desa</b>", year="2025", result="winner"
    )
    assert (item.kind, item.region_code, item.live, item.state) == ("awards", BERAU, "no", "draft")
    assert cells_of(item)["award"] == "Penghargaan “Kota” & <b>Desa</b>"
    page = look(cast.berau_editor.client.get(f"/meja/butir/{item.id}/sunting"))
    assert page.all("input", name="award")[0].get("value") == "Penghargaan “Kota” & <b>Desa</b>"


def test_a_form_posted_twice_makes_one_record(content: Flask, cast: Cast) -> None:
    one = begin(content, cast.berau_editor, nonce="the-same-form")
    other = begin(content, cast.berau_editor, nonce="the-same-form")
    assert one.id == other.id


def test_the_nonce_of_another_account_is_another_form(content: Flask, cast: Cast) -> None:
    one = begin(content, cast.berau_editor, nonce="the-same-form")
    other = begin(content, cast.bengkayang_editor, nonce="the-same-form", region_code="61.07")
    assert one.id != other.id


def test_a_save_posted_twice_is_no_stale_save(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    data = {"form": "1", "version": "1", "award": "Lain", "region_code": BERAU}
    client = cast.berau_editor.client
    first, second = (client.post(f"/meja/butir/{item.id}/simpan", data=data) for _ in range(2))
    assert [first.status_code, second.status_code] == [303, 303]
    draft = stored(content, item.id).draft
    assert draft is not None
    assert draft.version == 2


def test_extra_fields_posted_by_hand_are_not_read(content: Flask, cast: Cast) -> None:
    published = "berau-2025-apbd"
    item = begin(
        content,
        cast.berau_editor,
        id=published,
        state="approved",
        live="yes",
        role="reviewer",
        marks="",
        record_id="x",
    )
    assert item.record_id != published
    assert (item.state, item.live) == ("draft", "no")
    assert set(cells_of(item)) <= set(BY_NAME["awards"].names)


def test_a_record_of_another_region_is_refused(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    foreign = {"form": "1", "region_code": "61.07", "award": "Paritrana Award"}
    assert client.post("/meja/awards/baru", data=foreign).status_code == 403
    item = begin(content, cast.berau_editor)
    moved = client.post(f"/meja/butir/{item.id}/simpan", data={**foreign, "version": "1"})
    assert moved.status_code == 403
    assert stored(content, item.id).region_code == BERAU


def test_a_team_makes_no_regulation_of_the_whole_country(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor, "regulations", region_code="", title="Perbup")
    assert cells_of(item)["region_code"] == BERAU
    client = cast.berau_editor.client
    client.post(f"/meja/butir/{item.id}/simpan", data={"form": "1", "version": "1", "region_code": ""})
    assert cells_of(stored(content, item.id))["region_code"] == BERAU


def test_a_published_record_gets_a_draft_only_when_something_is_saved(content: Flask, cast: Cast) -> None:
    with content.app_context():
        found = queries.find_item_of(db.session(), "statements", "berau-2025-apbd-1")
        db.session.remove()
    assert found is not None
    client = cast.berau_editor.client
    page = look(client.get(f"/meja/butir/{found.id}/sunting"))
    assert page.all("input", name="workers")[0].get("value") == "4.465"
    assert stored(content, found.id).draft is None
    data = {"form": "1", "version": "0", "workers": "4.470", "reason": "Angka sumber diperbarui"}
    assert client.post(f"/meja/butir/{found.id}/simpan", data=data).status_code == 303
    draft = stored(content, found.id).draft
    assert draft is not None
    assert (draft.cells["workers"], draft.reason) == ("4470", "Angka sumber diperbarui")
    assert draft.cells["stage"] == "budgeted"


def test_what_is_not_understood_is_kept_as_typed(content: Flask, cast: Cast) -> None:
    item = begin(
        content, cast.berau_editor, "statements", commitment_id="berau-2025-apbd", amount_idr="Rp 3 M"
    )
    assert cells_of(item)["amount_idr"] == "Rp 3 M"
    page = look(cast.berau_editor.client.get(f"/meja/butir/{item.id}/sunting"))
    field = page.all("input", name="amount_idr")[0]
    assert (field.get("value"), field.get("aria-invalid")) == ("Rp 3 M", "true")
    assert "miliar" in page.text


def test_an_amount_is_echoed_in_words_in_both_languages(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    data = {"form": "1", "amount_idr": "Rp 3.024.000.000"}
    page = look(client.post("/meja/statements/periksa", data=data))
    assert "Rp3.024.000.000: tiga miliar dua puluh empat juta rupiah" in page.text
    page = look(client.post("/en/meja/statements/periksa", data=data), "/en/meja")
    assert "Rp3,024,000,000: three billion twenty-four million rupiah" in page.text


def test_handing_in_tells_everything_that_is_missing(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor, "statements", commitment_id="berau-2025-apbd")
    client = cast.berau_editor.client
    data = {"form": "1", "version": "1", "stage": "", "note": "tetap di sini"}
    page = look(client.post(f"/meja/butir/{item.id}/ajukan", data=data), status=422)
    links = [link.get("href") for link in page.by_id("error-summary").iter("a")]  # type: ignore[union-attr]
    assert {"#isi-source_ids", "#isi-stage"} <= set(links)
    assert page.all("select", name="stage")[0].get("aria-invalid") == "true"
    assert "tetap di sini" in (page.all("textarea", name="note")[0].text or "")
    assert all(page.by_id(link.removeprefix("#")) is not None for link in links if link)


def test_a_new_record_can_be_handed_in_at_once(content: Flask, cast: Cast) -> None:
    item = begin(
        content,
        cast.berau_editor,
        "statements",
        lanjut="ajukan",
        commitment_id="berau-2025-apbd",
        stage="budgeted",
        workers="4.465",
        workers_qualifier="exact",
        source_ids=["", "fokusborneo-berau-2025"],
    )
    assert item.state == "in_review"
    locked = look(cast.berau_editor.client.get(f"/meja/butir/{item.id}/sunting"))
    assert locked.all("textarea") == []


def test_a_refused_new_record_goes_on_as_the_same_item(content: Flask, cast: Cast) -> None:
    data = {"form": "1", "lanjut": "ajukan", "award": "Paritrana", "region_code": BERAU, "nonce": "n1"}
    client = cast.berau_editor.client
    pages = [look(client.post("/meja/awards/baru", data=data), status=422) for _ in range(2)]
    actions = {page.all("form", class_="record-form")[0].get("action") for page in pages}
    assert len(actions) == 1
    assert re.fullmatch(r"/meja/butir/\d+/simpan", actions.pop() or "")


def test_a_draft_is_discarded(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    client = cast.berau_editor.client
    assert client.post(f"/meja/butir/{item.id}/buang", data={"version": "7"}).status_code == 409
    done = client.post(f"/meja/butir/{item.id}/buang", data={"version": "1"})
    assert (done.status_code, done.location) == (303, "/meja/awards")
    assert stored(content, item.id).draft is None


def test_a_draft_begun_with_half_a_title_gets_the_address_of_the_whole(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor, "news", title_id="Per")
    data = {"form": "1", "version": "1", "title_id": "Perlindungan nelayan", "region_code": BERAU}
    cast.berau_editor.client.post(f"/meja/butir/{item.id}/simpan", data=data)
    assert (item.record_id, stored(content, item.id).record_id) == ("berau-per", "berau-perlindungan-nelayan")


def test_a_new_source_is_begun_from_within_a_form(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    typed = {
        "form": "1",
        "award": "Paritrana",
        "region_code": BERAU,
        "baru-publisher": "Koran Baru",
        "baru-kind": "advertorial",
        "baru-read_as": "full_text",
        "baru-nonce": "one",
    }
    page = look(client.post("/meja/awards/sumber-baru", data=typed))
    assert page.all("input", name="award")[0].get("value") == "Paritrana"
    ticked = [
        box.get("value") for box in page.all("input", name="source_ids") if box.get("checked") is not None
    ]
    assert ticked == ["berau-koran-baru"]
    client.post("/meja/awards/sumber-baru", data=typed)
    with content.app_context():
        assert queries.find_item_of(db.session(), "sources", "berau-koran-baru-2") is None
        item = queries.find_item_of(db.session(), "sources", "berau-koran-baru")
        db.session.remove()
    assert item is not None
    assert (item.region_code, item.state) == (BERAU, "draft")


def test_a_source_without_its_publisher_is_not_begun(content: Flask, cast: Cast) -> None:
    data = {"form": "1", "award": "Paritrana", "baru-kind": "press"}
    page = look(cast.berau_editor.client.post("/meja/awards/sumber-baru", data=data), status=422)
    assert page.by_id("baru-publisher").get("aria-invalid") == "true"  # type: ignore[union-attr]
    assert page.all("input", name="award")[0].get("value") == "Paritrana"


def test_a_source_typed_and_not_added_is_not_thrown_away(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    item = begin(content, cast.berau_editor)
    data = {
        "form": "1",
        "version": "1",
        "award": "Lain",
        "region_code": BERAU,
        "baru-title": "Judul yang diketik",
    }
    for action in ("simpan", "ajukan"):
        page = look(client.post(f"/meja/butir/{item.id}/{action}", data=data), status=422)
        assert page.by_id("baru-title").get("value") == "Judul yang diketik"  # type: ignore[union-attr]
    saved = stored(content, item.id)
    assert (cells_of(saved)["award"], saved.state) == ("Lain", "draft")
