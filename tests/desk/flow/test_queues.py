"""The desk's home and lists: each sees what is theirs, and nothing is counted beyond it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.extensions import db
from portal.publishing.services import due, editing
from tests.desk.flow.test_frame import fetch
from tests.support.drafts import POST, bring, get, set_draft, start
from tests.support.staff import BENGKAYANG, Cast, Member

pytestmark = pytest.mark.usefixtures("content", "app_context")


def _titles(member: Member, path: str) -> set[str]:
    return {"".join(link.itertext()) for link in fetch(member, path).all("a", class_="main")}


def _named(cast: Cast, title: str, state: str = "draft") -> int:
    return bring(cast, state, cells={**POST, "title_id": title})


def test_each_role_finds_what_awaits_it(cast: Cast) -> None:
    for state in ("draft", "in_review", "returned", "approved", "scheduled"):
        _named(cast, f"Judul {state}", state)
    editor, reviewer = _titles(cast.berau_editor, "/meja"), _titles(cast.berau_reviewer, "/meja")
    assert {"Judul draft", "Judul returned", "Judul scheduled"} <= editor
    assert not {"Judul in_review", "Judul approved"} & editor
    assert {"Judul in_review", "Judul approved", "Judul scheduled"} <= reviewer
    assert not {"Judul draft", "Judul returned"} & reviewer


def test_another_region_finds_nothing_of_it_anywhere(cast: Cast) -> None:
    for state in ("draft", "in_review", "returned", "approved", "scheduled", "published"):
        _named(cast, "Rahasia Berau", state)
    for member in (cast.bengkayang_editor, cast.bengkayang_reviewer):
        for path in (
            "/meja",
            "/meja/news",
            "/meja/news?q=Rahasia",
            "/meja/news?wilayah=64.03",
            "/meja/antrean/tinjau",
        ):
            assert "Rahasia" not in " ".join(_titles(member, path))
        assert "dari" not in fetch(member, "/meja/news?wilayah=64.03").text


def test_a_provinces_team_reads_its_regencies_and_changes_nothing(cast: Cast) -> None:
    item_id = _named(cast, "Judul daerah")
    assert "Judul daerah" in _titles(cast.province_reader, "/meja/news")
    page = fetch(cast.province_reader, f"/meja/butir/{item_id}")
    assert f"/meja/butir/{item_id}/sunting" not in page.links
    assert [one.get("action") for one in page.all("form") if "ajukan" in one.get("action", "")] == []


def test_what_waits_too_long_failed_or_is_late_is_pointed_out(cast: Cast) -> None:
    waiting, failed, late = (
        _named(cast, t, s) for t, s in (("Lama", "in_review"), ("Gagal", "scheduled"), ("Telat", "scheduled"))
    )
    long_ago = datetime.now(UTC) - timedelta(days=4)
    set_draft(waiting, submitted_at=long_ago)
    set_draft(
        failed, publish_at=long_ago, cells={**POST, "id": get(failed).record_id, "source_ids": "hilang"}
    )
    due.publish_due(db.session())
    set_draft(late, publish_at=long_ago)
    assert _titles(cast.berau_editor, "/meja/antrean/lewat-waktu") == {"Lama"}
    assert _titles(cast.berau_editor, "/meja/antrean/telat-terbit") == {"Telat"}
    assert len(_titles(cast.berau_editor, "/meja/antrean/gagal")) == 1
    assert "terlambat" in fetch(cast.berau_editor, f"/meja/butir/{late}").text


def test_a_region_goes_by_the_days_its_administrator_has_set(cast: Cast) -> None:
    late, early = (_named(cast, title, "in_review") for title in ("Lama", "Baru"))
    for item_id, days in ((late, 6), (early, 4)):
        set_draft(item_id, submitted_at=datetime.now(UTC) - timedelta(days=days))
    assert _titles(cast.berau_editor, "/meja/antrean/lewat-waktu") == {"Lama", "Baru"}
    own = {"wilayah": "64.03", "tenggat": "5", "pratinjau": "14"}
    assert cast.berau_administrator.client.post("/meja/pengaturan", data=own).status_code == 303
    assert _titles(cast.berau_editor, "/meja/antrean/lewat-waktu") == {"Lama"}
    page = fetch(cast.berau_editor, f"/meja/butir/{late}")
    chosen = [one.text for one in page.all("option") if one.get("selected") is not None]
    assert "14 hari" in chosen
    made = cast.berau_editor.client.post(f"/meja/butir/{late}/tautan", data={"hari": "14"})
    assert made.status_code == 303


def test_what_lacks_a_source_or_a_translation_is_pointed_out(cast: Cast) -> None:
    start(cast.berau_editor, cells={**POST, "title_id": "Tanpa keduanya", "source_ids": "", "body_en": ""})
    for path in (
        "/meja/antrean/tanpa-sumber",
        "/meja/antrean/belum-diterjemahkan",
        "/meja/news?tanda=no_source",
    ):
        assert "Tanpa keduanya" in _titles(cast.berau_editor, path)
    assert "Tanpa keduanya" in _titles(cast.berau_editor, "/meja")


def test_the_home_tells_of_checks_that_differ_and_of_programmes_without_a_next_year(cast: Cast) -> None:
    text = fetch(cast.berau_editor, "/meja").text
    assert "Berbeda dalam pemeriksaan silang" in text
    assert "tidak ada pos pendanaan setelah 2025" in text


def test_a_list_is_filtered_by_state_words_and_region(cast: Cast) -> None:
    _named(cast, "Rapat 100% lancar")
    _named(cast, "Rapat 100 lancar", "in_review")
    assert _titles(cast.berau_editor, "/meja/news?keadaan=in_review") == {"Rapat 100 lancar"}
    assert _titles(cast.berau_editor, "/meja/news?q=100%25") == {"Rapat 100% lancar"}
    assert _titles(cast.administrator, f"/meja/news?wilayah={BENGKAYANG}&q=100") == set()


def test_the_region_in_view_narrows_lists_until_all_are_asked_for(cast: Cast) -> None:
    _named(cast, "Judul Berau")
    client = cast.province_reader.client
    client.post("/meja/wilayah", data={"wilayah": "65"})
    assert "Judul Berau" not in _titles(cast.province_reader, "/meja/news")
    page = fetch(cast.province_reader, "/meja/news?wilayah=semua&hal=1")
    assert "Judul Berau" in page.text
    client.post("/meja/wilayah", data={"wilayah": "64"})
    assert "Judul Berau" in _titles(cast.province_reader, "/meja/news")


@pytest.mark.parametrize("query", ["keadaan=x", "tanda=x", "wilayah=xx", "hal=0", "hal=x", "warna=biru"])
def test_a_filter_that_is_none_is_refused_in_words(cast: Cast, query: str) -> None:
    assert cast.berau_editor.client.get(f"/meja/news?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/meja/villages", "/meja/antrean/x", "/meja/news?hal=99"])
def test_what_is_no_list_is_not_there(cast: Cast, path: str) -> None:
    assert cast.berau_editor.client.get(path).status_code == 404


def test_a_queue_is_paged(cast: Cast) -> None:
    for number in range(22):
        start(cast.berau_editor, cells={**POST, "title_id": f"Nomor {number}"})
    page = fetch(cast.berau_editor, "/meja")
    assert "Tampilkan semua" in page.text
    assert len(_titles(cast.berau_editor, "/meja/antrean/draf")) == 20
    assert len(_titles(cast.berau_editor, "/meja/antrean/draf?hal=2")) == 2


def test_titles_with_markup_are_shown_as_text(cast: Cast) -> None:
    item_id = start(
        cast.berau_editor,
        cells={**POST, "title_id": "<script>x</script>", "body_id": "<img src=x onerror=y>"},
    )
    for path in (
        "/meja",
        "/meja/news",
        f"/meja/butir/{item_id}",
        f"/meja/butir/{item_id}/riwayat",
        f"/meja/butir/{item_id}/pratinjau",
    ):
        page = fetch(cast.berau_editor, path)
        assert "<script>x" not in page.html
        assert page.all("img") == []


def test_a_discarded_draft_is_gone_from_the_queue(cast: Cast) -> None:
    item_id = _named(cast, "Akan dibuang")
    editing.discard_draft(db.session(), cast.berau_editor.actor, item_id, 1)
    assert "Akan dibuang" not in _titles(cast.berau_editor, "/meja")
