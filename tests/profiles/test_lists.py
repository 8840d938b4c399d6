"""The lists of regions and programmes and their filters."""

from __future__ import annotations

import re

import pytest

from tests.conftest import GetPage
from tests.support.pages import text_of


def test_the_list_of_regions_names_each_with_its_newest_enrolment(get_page: GetPage) -> None:
    table = get_page("/wilayah").by_id("region-table")
    assert table is not None
    rows = {text_of(row.find("th")): text_of(row) for row in table.iter("tr") if row.find("td") is not None}
    assert "4.465 (2025)" in rows["Kabupaten Berau"]
    assert "15.000; 5.614; ± 2.000 (2025)" in rows["Kabupaten Penajam Paser Utara"]
    assert "2.116 (2025)" in rows["Kabupaten Bengkayang"]
    assert "12.200 (tahun tidak disebut)" in rows["Kabupaten Bengkayang"]
    assert "Belum dipublikasikan" in rows["Kabupaten Kutai Timur"]
    assert "Kabupaten Bulungan" in rows


def test_the_map_links_every_region_of_kalimantan(get_page: GetPage) -> None:
    drawn = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', get_page("/en/wilayah").html)
    assert ("/en/wilayah/berau", "Kabupaten Berau: 4,465 enrolled (2025)") in drawn
    assert len({address for address, _words in drawn}) == 56


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("provinsi=kalimantan-utara", "Kabupaten Malinau", "Kabupaten Sambas"),
        ("provinsi=aceh", "Kabupaten Simeulue", "Kabupaten Sambas"),
        ("q=tarakan", "Kota Tarakan", "Kabupaten Sambas"),
        ("q=KOTA+jakarta", "Kota Administrasi Jakarta Pusat", "Kabupaten Sambas"),
    ],
)
def test_filters_reach_regions_without_reports(
    get_page: GetPage, query: str, shown: str, hidden: str
) -> None:
    table = get_page(f"/wilayah?{query}").by_id("region-table")
    assert shown in text_of(table)
    assert hidden not in text_of(table)


@pytest.mark.parametrize("path", ["/wilayah", "/en/wilayah", "/program", "/en/program"])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("provinsi=narnia", 400),
        ("hal=-1", 400),
        ("hal=abc", 400),
        ("hal=999999", 404),
        ("warna=biru", 400),
        ("q=" + "x" * 10_000, 400),
        ("q=%00", 400),
        ("utm_source=x", 200),
        ("q=tidakadayangcocok", 200),
    ],
)
def test_a_bad_filter_gets_one_sentence_and_the_right_status(
    get_page: GetPage, path: str, query: str, status: int
) -> None:
    page = get_page(f"{path}?{query}", status=status)
    assert bool(page.all("div", class_="notice-problem")) == (status >= 400)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("provinsi=kalimantan-selatan", "Kabupaten Tabalong", "Kabupaten Berau"),
        ("sumber=dbh_sawit", "Kabupaten Sintang", "Kabupaten Tabalong"),
        ("kelompok=seaweed_farmers", "Bapak Asuh Pekerja", "Kabupaten Berau"),
        ("q=bapak+asuh+pekerja", "Kota Tarakan", "Kabupaten Berau"),
    ],
)
def test_programmes_are_filtered(get_page: GetPage, query: str, shown: str, hidden: str) -> None:
    page = get_page(f"/program?{query}")
    cards = " ".join(text_of(card) for card in page.all("ul", class_="cards"))
    assert shown in cards
    assert hidden not in cards


def test_every_programme_is_on_one_of_the_pages(get_page: GetPage) -> None:
    links = {link for number in (1, 2) for link in get_page(f"/program?hal={number}").links}
    assert len([link for link in links if link.startswith("/program/")]) == 42
