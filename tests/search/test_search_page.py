"""The search page, on the starter data."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask

from tests.conftest import GetPage

HTMX = {"HX-Request": "true", "HX-Target": "search-results"}


def results(page: object) -> list[str]:
    links = page.all("h3")  # type: ignore[attr-defined]
    return [link.find("a").get("href") for link in links]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Berau", "/wilayah/berau"),
        ("perlindungan pekerja Bengkayang", "/program/bengkayang-satu-desa-100-pekerja-rentan"),
        ("Satu Desa 100 Pekerja", "/program/bengkayang-satu-desa-100-pekerja-rentan"),
        ("4465", "/pendanaan/berau-2025-apbd"),
        ("4.465", "/pendanaan/berau-2025-apbd"),
        ("nominasi Berau", "/berita/berau-nominasi-paritrana-2025"),
        ("penghargaan Maluang", "/penghargaan?wilayah=berau#a-002"),
        ("Aksaraloka", "/sumber/aksaraloka-kalbar-2025"),
        ("Inpres 4 2022", "/sumber/kaltimkita-ppu-2025"),
        ("JKK", "/bantuan#jkk"),
        ("cara mengutip", "/bantuan#mengutip"),
        ("bengk", "/wilayah/bengkayang"),
    ],
)
def test_everything_published_is_found(get_page: GetPage, question: str, expected: str) -> None:
    assert expected in results(get_page(f"/cari?q={quote(question)}"))


def test_a_region_stands_before_sources_that_mention_it(get_page: GetPage) -> None:
    assert results(get_page("/cari?q=Ketapang"))[0] == "/wilayah/ketapang"


@pytest.mark.parametrize(
    ("path", "number"), [("/cari", "15.000"), ("/cari", "15000"), ("/en/cari", "15,000")]
)
def test_a_number_is_found_however_its_digits_are_grouped(get_page: GetPage, path: str, number: str) -> None:
    found = results(get_page(f"{path}?q={quote(number)}"))
    assert any("/pendanaan/penajam-paser-utara" in address for address in found)
    assert any("/berita/ppu-audiensi-bpjs-2025" in address for address in found)


def test_words_with_other_endings_are_found(get_page: GetPage) -> None:
    assert results(get_page("/cari?q=melindungi+desa"))
    assert results(get_page("/en/cari?q=villages+covered"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bengkayeng", "bengkayang"), ("penajam pasir utara", "penajam paser utara"), ("ketapamg", "ketapang")],
)
def test_a_misspelling_gets_a_suggestion_that_finds_something(
    get_page: GetPage, typed: str, meant: str
) -> None:
    page = get_page(f"/cari?q={quote(typed)}")
    assert f"Apakah yang Anda maksud: {meant}" in page.text
    assert results(get_page(f"/cari?q={quote(meant)}"))


@pytest.mark.parametrize(
    "question",
    ['"', "'", "OR", "berau AND", "NEAR(berau sawit, 2)", "title:berau", "*", "(", "berau*", "-berau", "^x", "{a}",
     "a & b | !c", "berau:*", "\\", "%", "_", "';DROP TABLE search_documents;--", "<script>alert(1)</script>",
     "\x00", "be\x00rau", "日本語", "😀", "á̶", "1e5", "x" * 200],
    ids=repr,
)  # fmt: skip
def test_signs_of_a_query_language_are_only_text(get_page: GetPage, question: str) -> None:
    assert get_page(f"/cari?q={quote(question)}").status == 200


def test_what_was_typed_is_shown_but_never_run(get_page: GetPage) -> None:
    page = get_page("/cari?q=" + quote("<mark>berau</mark><script>alert(1)</script>"))
    assert "<script>alert" not in page.html
    assert page.all("input", id="q")[0].get("value") == "<mark>berau</mark><script>alert(1)</script>"


def test_hits_are_marked_in_titles_and_texts(get_page: GetPage) -> None:
    marked = {(mark.text or "").lower() for mark in get_page("/cari?q=berau").all("mark")}
    assert marked == {"berau"}


def test_a_question_of_ten_thousand_letters_is_told_the_limit(get_page: GetPage) -> None:
    page = get_page("/cari?q=" + "berau+" * 1700, status=400)
    assert "paling banyak 200 huruf" in page.text
    assert len(page.all("input", id="q")[0].get("value") or "") == 200


def test_an_empty_question_says_what_can_be_looked_for(get_page: GetPage) -> None:
    assert "/en/cari?q=Berau" in get_page("/en/cari").links
    assert "Misalnya" in get_page("/cari?q=+++").text


def test_nothing_found_says_what_to_do_next(get_page: GetPage) -> None:
    page = get_page("/cari?q=qqqqzzzz")
    assert "Tidak ada hasil" in page.text
    assert "/wilayah" in page.links


def test_results_can_be_narrowed_to_a_kind(get_page: GetPage) -> None:
    assert all(a.startswith("/sumber/") for a in results(get_page("/cari?q=berau&jenis=source")))


@pytest.mark.parametrize(
    ("path", "status"),
    [("/cari?q=berau&jenis=x", 400), ("/cari?q=berau&hal=0", 400), ("/cari?q=berau&hal=999999", 404)],
)
def test_wrong_filters_and_pages_are_refused(get_page: GetPage, path: str, status: int) -> None:
    assert get_page(path, status=status).text


def test_the_next_page_goes_on_where_the_first_ended(get_page: GetPage) -> None:
    first, second = results(get_page("/cari?q=pekerja")), results(get_page("/cari?q=pekerja&hal=2"))
    assert len(first) == 20
    assert not set(first) & set(second)


def test_htmx_gets_the_results_alone(site: Flask) -> None:
    response = site.test_client().get("/cari?q=berau", headers=HTMX)
    assert response.text.strip().startswith('<div id="search-results"')
    assert "HX-Target" in response.headers["Vary"]


def test_searches_are_not_kept(site: Flask) -> None:
    assert site.test_client().get("/cari?q=berau").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/cari?q=sawit&q=berau", "/en/cari?q=berau&bogus=1"])
def test_a_parameter_that_the_search_does_not_know_is_told(get_page: GetPage, path: str) -> None:
    assert get_page(path, status=400).all("h1")


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("root", ["", "/en"])
def test_a_nik_is_neither_looked_for_nor_shown_and_leaves_the_address(
    get_page: GetPage, site: Flask, headers: dict[str, str], root: str
) -> None:
    asked = {"q": "NIK 6403 9912 0285 9777"}
    answer = site.test_client().get(f"{root}/cari", query_string=asked, headers=headers)
    assert (answer.status_code, answer.location) == (303, f"{root}/cari?petunjuk=cek")
    page = get_page(answer.location)
    assert f'href="{root}/cek"' in page.html
    assert "9777" not in answer.text + page.html
