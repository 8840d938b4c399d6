"""Published enrolment lists on the pages of a region and a programme."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.core.i18n import use_language
from portal.documents.summaries import program_summary, region_summary
from portal.registry.services.publication import publish_list
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover
from tests.conftest import GetPage
from tests.registry.counts.people import villagers
from tests.registry.people import BERAU, HEADER, month
from tests.support.pages import text_of

HIDDEN = "disembunyikan"


def publish(
    app: Flask,
    folder: Path,
    sizes: tuple[int, ...],
    *,
    title: str = "Daftar peserta",
    payer: str = "apbd_regency",
) -> None:
    """A published list of so many people in each of Berau's first villages, for a century of months."""
    with app.app_context():
        path = folder / "list.csv"
        people = [person.line for person in villagers(sizes)]
        path.write_text("\n".join([f"{title} {payer}", HEADER, *people]), encoding="utf-8")
        cover = Cover(BERAU, payer, month("2000-01"), month("2099-12"))
        publish_list(stage_list(path, cover, actor="test").list_id or 0, actor="test")


def test_the_pages_tell_people_payer_and_day_of_publication(
    content: Flask, get_page: GetPage, tmp_path: Path
) -> None:
    publish(content, tmp_path, (14, 8, 3, 2))
    for path in ("/wilayah/berau", f"/program/{BERAU}"):
        page = get_page(path)
        assert "daftar yang dipublikasikan melindungi 27 orang" in page.text
        row = next(text_of(row) for row in page.all("tr") if "Januari 2000–Desember 2099" in text_of(row))
        assert row.startswith("APBD kabupaten/kota")
        assert " 27 " in row
        assert "Daftar peserta yang diserahkan dinas" not in page.text
        assert f"/program/{BERAU}/peserta" in page.links
        assert "/metode#peserta" in page.links
    assert f"/program/{BERAU}/peserta.csv" in page.links
    assert "/wilayah/berau/peserta.csv" in get_page("/wilayah/berau").links


def test_the_programme_shows_the_months_of_this_year(
    content: Flask, get_page: GetPage, tmp_path: Path
) -> None:
    publish(content, tmp_path, (14, 8))
    publish(content, tmp_path, (14,), payer="csr")
    page = get_page(f"/en/program/{BERAU}")
    (table,) = page.all("table", id="months-1")
    rows = [text_of(row).split()[-4:] for row in list(table.iter("tr"))[1:]]
    assert rows == [["22", "22", "14", "14"]] * 12
    assert "14 person-months are on the lists of two payers; they are counted once." in page.text


def test_made_up_people_are_called_so_and_are_in_no_number(
    content: Flask, get_page: GetPage, tmp_path: Path
) -> None:
    publish(content, tmp_path, (14, 8), title="DATA SINTETIS")
    page = get_page("/en/wilayah/berau")
    assert "a published list of 22 made-up people" in page.text
    assert "A list of who is enrolled, handed to this portal by the office." in page.text
    assert f"/en/program/{BERAU}/peserta" not in page.links
    get_page(f"/program/{BERAU}/peserta", status=404)


def test_the_summaries_on_paper_tell_the_same(content: Flask, tmp_path: Path) -> None:
    publish(content, tmp_path, (14, 8, 3, 2))
    with content.test_request_context("/"), use_language("id"):
        for html in (region_summary("berau").html, program_summary(BERAU).html):
            assert "melindungi 27 orang" in html
            assert "Januari 2000–Desember 2099" in html
            assert "Angka di bawah lima" in html


def test_a_list_too_small_to_show_has_no_number_on_the_page(
    content: Flask, get_page: GetPage, tmp_path: Path
) -> None:
    publish(content, tmp_path, (2, 1))
    page = get_page("/wilayah/berau")
    assert "terlalu sedikit untuk ditampilkan" in page.text
    (table,) = page.all("table", id="lists-1")
    assert HIDDEN in text_of(table)
