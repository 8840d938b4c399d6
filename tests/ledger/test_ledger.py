"""The public ledger: what was changed, from what into what, why, when, and who can find it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal.core.atom import NAMESPACE
from portal.extensions import db
from portal.opendata.services import load_package
from tests.conftest import GetPage
from tests.ledger.builders import REASON, correct, correct_urgently, take_away
from tests.opendata.conftest import Package, package
from tests.support.staff import Cast

__all__ = ["package"]
STATEMENT, LINE, POST = "berau-2025-apbd-1", "berau-2025-apbd", "berau-nominasi-paritrana-2025"
WITHDRAWN = "Kegiatan ini ternyata dibatalkan."
URGENT = "Angka salah sudah dikutip di radio."


@pytest.fixture
def desk(content: Flask) -> Iterator[Flask]:
    """The starter portal with its context pushed."""
    with content.app_context():
        yield content


def test_an_empty_ledger_says_so(get_page: GetPage) -> None:
    for path, words in (
        ("/perubahan", "Belum ada yang diubah"),
        ("/en/perubahan", "Nothing has been changed"),
    ):
        assert words in get_page(path).text


def test_a_correction_shows_old_and_new_in_words_with_reason_hour_and_record(
    desk: Flask, cast: Cast, get_page: GetPage
) -> None:
    correct(cast, "statements", STATEMENT, {"workers": "5500", "amount_idr": "1108800000"})
    page = get_page("/perubahan")
    (entry,) = [item for item in page.all("li") if item.get("id") == "n1"]
    text = "".join(entry.itertext())
    for words in ("5.500", "Rp1.108.800.000", REASON, "WITA", "Angka berubah", "2025", "Kabupaten Berau"):
        assert words in text, words
    assert f"/pendanaan/{LINE}" in page.links
    assert STATEMENT not in text
    english = get_page("/en/perubahan")
    assert "5,500" in english.text
    assert "was" in english.text


def test_a_change_of_words_alone_says_that_no_figure_changed(
    desk: Flask, cast: Cast, get_page: GetPage
) -> None:
    correct(cast, "news", POST, {"title_id": "Berau masuk nominasi Paritrana 2025"})
    text = get_page("/perubahan/n1").text
    assert "Tidak ada angka yang berubah" in text
    assert "Judul" in text


def test_a_long_text_is_shown_where_it_parts(desk: Flask, cast: Cast, get_page: GetPage) -> None:
    before = get_page(f"/berita/{POST}").text
    from portal.news.models import Post

    body = db.session.get_one(Post, POST).body_id
    correct(cast, "news", POST, {"body_id": body + "\n\nDitambah: penilaian masih berjalan."})
    text = get_page("/perubahan/n1").text
    assert "penilaian masih berjalan" in text
    assert "…" in text
    assert len(text) < len(before) + 1500


def test_an_urgent_publication_names_its_reason(desk: Flask, cast: Cast, get_page: GetPage) -> None:
    correct_urgently(cast, "statements", STATEMENT, {"workers": "5500"}, URGENT)
    text = get_page("/perubahan").text
    assert URGENT in text
    assert "Diterbitkan satu orang" in text


def test_a_withdrawn_post_answers_gone_with_day_and_reason(
    desk: Flask, cast: Cast, get_page: GetPage
) -> None:
    take_away(cast, "news", POST, WITHDRAWN)
    for prefix, words in (("", "Ini telah ditarik"), ("/en", "This was withdrawn")):
        page = get_page(f"{prefix}/berita/{POST}", status=410)
        assert words in page.text
        assert WITHDRAWN in page.text
        assert "WITA" in page.text
        assert f"{prefix}/perubahan/n1" in page.links
    ledger = get_page("/perubahan")
    assert WITHDRAWN in ledger.text
    assert f"/berita/{POST}" not in ledger.links
    get_page("/berita/never-was-here", status=404)


@pytest.mark.parametrize("path", ["/berita/{post}\0", "/perubahan/n0", "/perubahan/x1", "/perubahan/n99"])
def test_an_address_that_never_was_answers_not_found(get_page: GetPage, path: str) -> None:
    assert get_page(path.format(post=POST), status=404).status == 404


def test_pages_of_what_changed_say_so_and_lead_to_the_entry(
    desk: Flask, cast: Cast, get_page: GetPage
) -> None:
    correct(cast, "statements", STATEMENT, {"workers": "5500"})
    correct(cast, "news", POST, {"title_id": "Berau masuk nominasi"})
    for path, entry in (
        (f"/pendanaan/{LINE}", "n1"),
        ("/program/berau-pekerja-rentan", "n1"),
        (f"/berita/{POST}", "n2"),
    ):
        page = get_page(path)
        assert "Dikoreksi" in page.text
        assert REASON in page.text
        assert f"/perubahan/{entry}" in page.links
    region = get_page("/wilayah/berau")
    assert "Koreksi terakhir di sini" in region.text
    assert "/perubahan?wilayah=berau" in region.links
    assert "Koreksi terakhir" not in get_page("/wilayah/bengkayang").text


def test_a_data_package_is_one_entry_a_record_under_its_name(
    desk: Flask, package: Package, get_page: GetPage
) -> None:
    rows = package.rows("sources")
    source = rows[1][0]
    package.describe(lambda content: content.update(name="edisi-kedua"))
    package.set("sources", 1, "publisher", "Kantor Berita Contoh")
    package.set("sources", 1, "kind", "advertorial")
    package.set("claims", 1, "value", "15001")
    load_package(db.session(), package.folder)
    page = get_page("/perubahan")
    entries = [item for item in page.all("li") if (item.get("id") or "").startswith("k")]
    assert len(entries) == 2
    assert "edisi-kedua" in page.text
    assert "Advertorial (berbayar)" in page.text
    assert "15.001" in page.text
    shown = get_page(f"/sumber/{source}")
    assert "edisi-kedua" in shown.text
    assert any(link.startswith("/perubahan/k") for link in shown.links)


def test_the_ledger_is_filtered_by_region_kind_and_year(desk: Flask, cast: Cast, get_page: GetPage) -> None:
    correct(cast, "statements", STATEMENT, {"workers": "5500"})
    correct(cast, "news", POST, {"title_id": "Berau masuk nominasi"})
    year = db.session.execute(db.text("SELECT max(made_at) FROM change_notes")).scalar_one()
    this = str(year)[:4]
    for query, entries in (
        ("wilayah=berau", {"n1", "n2"}),
        ("jenis=news", {"n2"}),
        (f"tahun={this}&jenis=statements", {"n1"}),
    ):
        page = get_page(f"/perubahan?{query}")
        assert {i.get("id") for i in page.all("li") if (i.get("id") or "").startswith("n")} == entries
    assert "Tidak ada perubahan yang cocok" in get_page("/perubahan?jenis=awards").text


@pytest.mark.parametrize(
    "query", ["wilayah=bengkayang", "jenis=x", "tahun=1999", "hal=x", "tahun=%00", "lain=1", "hal=0"]
)
def test_a_filter_that_is_not_understood_is_told(get_page: GetPage, query: str) -> None:
    assert "tidak dapat ditampilkan" in get_page(f"/perubahan?{query}", status=400).text


def test_a_page_beyond_the_end_is_told(get_page: GetPage) -> None:
    assert get_page("/perubahan?hal=7", status=404).all("form")


def test_a_long_ledger_has_pages_and_every_entry_its_own_address(
    desk: Flask, cast: Cast, get_page: GetPage
) -> None:
    for number in range(21):
        correct(cast, "statements", STATEMENT, {"workers": str(5000 + number)})
    first, second = get_page("/perubahan"), get_page("/perubahan?hal=2")
    assert "n21" in {item.get("id") for item in first.all("li")}
    assert "n1" in {item.get("id") for item in second.all("li")}
    assert "5.000" in get_page("/perubahan/n1").text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_feed_holds_the_changes_and_is_announced_on_every_page(
    desk: Flask, cast: Cast, get_page: GetPage, prefix: str
) -> None:
    correct(cast, "statements", STATEMENT, {"workers": "5500"}, reason="A <b>tag</b> & \u201cquotes\u201d")
    answer = desk.test_client().get(f"{prefix}/perubahan.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.get_data())
    (entry,) = feed.findall(f"{{{NAMESPACE}}}entry")
    assert entry.findtext(f"{{{NAMESPACE}}}id") == f"http://portal.test{prefix}/perubahan/n1"
    assert "<b>tag</b> &" in (entry.findtext(f"{{{NAMESPACE}}}content") or "")
    html = desk.test_client().get(f"{prefix}/bantuan").get_data(as_text=True)
    assert f'type="application/atom+xml" title="{"Perubahan" if not prefix else "Changes"}"' in html


def test_the_table_has_a_row_a_field_and_runs_nothing_in_a_spreadsheet(desk: Flask, cast: Cast) -> None:
    correct(cast, "statements", STATEMENT, {"workers": "5500", "note": "=1+1"})
    take_away(cast, "news", POST, WITHDRAWN)
    body = desk.test_client().get("/perubahan.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["entry"], row["column"]) for row in rows] == [("n2", ""), ("n1", "workers"), ("n1", "note")]
    assert rows[2]["new_value"] == "'=1+1"
    assert rows[1]["new_value"] == "5500"


def test_the_ledger_is_in_the_footer_and_the_map_of_the_site(get_page: GetPage, site: Flask) -> None:
    assert "/perubahan" in get_page("/bantuan").links
    assert "/en/perubahan</loc>" in site.test_client().get("/sitemap.xml").get_data(as_text=True)
