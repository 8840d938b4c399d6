"""Region pages beside the facts they were given."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from portal.areas.queries import list_regions
from tests.conftest import GetPage
from tests.support.pages import Page, text_of

FACTS = [
    ("berau", ["4.465", "4.500", "± 30.000", "Dianggarkan", "Terdaftar", "described as protected", "described as already registered", "± 15.000", "± 67.000", "24%", "Nominasi (bukan kemenangan)"]),
    ("bengkayang", ["± 12.000", "Rp2.429.520.000", "12.200", "tahun tidak disebut", "2.116", "2.100", "4.600", "Perbup", "122"]),
    ("penajam-paser-utara", ["15.000", "± 10.000", "5.614", "5.084", "± 5.600", "± 2.000", "Rp3.024.000.000", "lebih dari 20.000", "lebih dari Rp3.000.000.000", "20.614", "Advertorial (berbayar)"]),
    ("kutai-timur", ["150.000", "85.000", "77.074", "51.086", "150,9", "Peringkat kedua", "disebut tanpa angka"]),
    ("kalimantan-utara", ["± 22.121", "22.121", "35.000", "54.000", "Rp2.000.000.000", "sedikitnya Rp2.000.000.000", "58.701", "no allocation could be made in 2025"]),
    ("ketapang", ["34.400", "± Rp4.300.000.000", "± 17.000", "Dana campuran"]),
    ("nunukan", ["disebut tanpa angka", "232"]),
    ("sekadau", ["4.538", "1.386", "± 8.000"]),
    ("sambas", ["± 24%", "Belum dipublikasikan"]),
    ("kota-bontang", ["35.777", "± Rp7.400.000.000", "36.777", "34.782"]),
    ("bulungan", ["Paritrana Award", "Pemenang"]),
    ("kalimantan-timur", ["100.000", "Dibayar provinsi di kabupaten dan kota", "± 13.000", "Kabupaten Mahakam Ulu"]),
]  # fmt: skip
# What a page must never say of these regions.
NEVER = {"berau": ["Pemenang"], "sambas": ["Rp0"], "kalimantan-utara": ["Terdaftar: 0"]}


@pytest.mark.parametrize(("slug", "facts"), FACTS, ids=[slug for slug, _facts in FACTS])
def test_a_region_page_shows_what_was_reported(get_page: GetPage, slug: str, facts: list[str]) -> None:
    page = get_page(f"/wilayah/{slug}")
    assert [fact for fact in facts if fact not in page.text] == []
    assert not [words for words in NEVER.get(slug, []) if words in page.text]


def test_the_same_figures_read_in_english(get_page: GetPage) -> None:
    page = get_page("/en/wilayah/penajam-paser-utara")
    for fact in ("15,000", "± 10,000", "more than 20,000", "Rp3,024,000,000", "Advertorial (paid)"):
        assert fact in page.text


def _cards(page: Page) -> dict[str, str]:
    """Text of each headline card by its heading."""
    grid = page.all("div", class_="stages")[0]
    return {
        text_of(card.find(".//h3")): text_of(card) for card in grid if "figure" in (card.get("class") or "")
    }


def test_the_four_stages_of_the_headline_year_are_never_merged(get_page: GetPage) -> None:
    cards = _cards(get_page("/wilayah/berau"))
    assert list(cards) == [
        f"{stage} tahun anggaran 2025" for stage in ("Direncanakan", "Dianggarkan", "Dibayarkan", "Terdaftar")
    ]
    assert "Belum dipublikasikan" in cards["Dibayarkan tahun anggaran 2025"]
    assert "4.465 pekerja" in cards["Terdaftar tahun anggaran 2025"]
    assert "8.965" in cards["Dianggarkan tahun anggaran 2025"]


def test_a_step_between_stages_is_told_only_for_the_same_lines(get_page: GetPage) -> None:
    table = text_of(get_page("/wilayah/berau").all("figure", class_="chart")[0])
    assert "8.965" in table
    assert "−4.500" not in table
    assert "−2.484" in text_of(get_page("/wilayah/bengkayang").all("figure", class_="chart")[0])


def test_a_plan_for_next_year_does_not_hide_this_year(get_page: GetPage) -> None:
    assert "Terdaftar tahun anggaran 2025" in _cards(get_page("/wilayah/penajam-paser-utara"))


def test_lines_without_a_year_stand_beside_the_headline_year(get_page: GetPage) -> None:
    cards = _cards(get_page("/wilayah/bengkayang"))
    assert "12.200" in cards["Terdaftar tahun anggaran tidak disebut"]


def test_what_differs_comes_before_what_agrees(get_page: GetPage) -> None:
    page = get_page("/wilayah/bengkayang")
    cards = page.all("div", class_="check")
    assert cards
    assert all("check-differs" in (card.get("class") or "") for card in cards)
    assert any("Rp2.429.520.000" in text_of(card) for card in cards)


def test_what_is_not_published_is_named(get_page: GetPage) -> None:
    text = get_page("/wilayah/kalimantan-utara").text
    gaps = text.split("Yang belum dipublikasikan", 1)[1].split("Jumlah dan persentase", 1)[0]
    for gap in ("Berapa uang", "Untuk berapa pekerja", "“Dibayarkan” tahun 2025", "Daftar peserta"):
        assert gap in gaps


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_unknown_region_is_a_page_not_found(get_page: GetPage, prefix: str) -> None:
    page = get_page(f"{prefix}/wilayah/atlantis", status=404)
    assert page.all("input", name="q")


def test_every_one_of_552_regions_has_a_light_page(site: Flask) -> None:
    visitor = site.test_client()
    with site.app_context():
        slugs = [region.slug for region in list_regions()]
    answers = {slug: visitor.get(f"/wilayah/{slug}") for slug in slugs}
    assert {slug for slug, answer in answers.items() if answer.status_code != 200} == set()
    assert [slug for slug, answer in answers.items() if len(gzip.compress(answer.data)) > 14 * 1024] == []


def test_a_region_without_reports_says_so_kindly(get_page: GetPage) -> None:
    page = get_page("/wilayah/simeulue")
    assert "Belum ada yang dipublikasikan di sini" in page.text
    assert "Bukan berarti tidak ada yang terlindungi" in page.text
    assert "10" in page.text


def test_a_region_links_to_its_pdf_the_explorer_and_the_check(get_page: GetPage) -> None:
    links = get_page("/en/wilayah/berau").links
    for address in ("/en/unduh/wilayah/berau.pdf", "/en/pendanaan?wilayah=berau", "/en/cek"):
        assert address in links


@pytest.mark.parametrize(("slug", "others"), [("nunukan", False), ("sukamara", False), ("bengkayang", True)])
def test_checks_are_called_other_ones_only_beside_some_that_are_shown(
    get_page: GetPage, slug: str, others: bool
) -> None:
    summaries = [text_of(one) for one in get_page(f"/en/wilayah/{slug}").all("summary")]
    (checks,) = [words for words in summaries if words.endswith(("checks", "check"))]
    assert ("other" in checks) is others


def test_two_lines_of_one_year_and_payer_are_told_apart_by_their_notes(get_page: GetPage) -> None:
    text = get_page("/wilayah/penajam-paser-utara").text.split("Yang belum dipublikasikan", 1)[1]
    months = text.split("Untuk berapa bulan", 1)[1].split("Sumber yang tidak berbayar", 1)[0]
    assert months.count("Original budget (APBD murni)") == 1
    assert months.count("Additional workers, revised budget (APBD Perubahan)") == 1
