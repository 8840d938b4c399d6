"""What the explorer does with addresses that nobody meant: one sentence, the right status, nothing lost."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import GetPage
from tests.support.pages import text_of

LONG = "x" * 10_000


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("tahun=abc", "tahun"),
        ("tahun=20255", "tahun"),
        ("tahun=-2025", "tahun"),
        ("tahun=٢٠٢٥", "tahun"),
        ("wilayah=atlantis", "wilayah"),
        ("wilayah=berau'--", "wilayah"),
        ("wilayah=%00", "wilayah"),
        ("sumber=saku", "sumber"),
        ("sumber=%00", "sumber"),
        ("tahap=ngawur", "tahap"),
        ("urut=acak", "urut"),
        ("cakupan=dunia", "cakupan"),
        ("hal=-1", "hal"),
        ("hal=0", "hal"),
        ("hal=abc", "hal"),
        ("hal=1.5", "hal"),
        (f"hal={'9' * 5000}", "hal"),
        ("q=sawit%00", "q"),
        ("q=%1b[2J", "q"),
        (f"q={LONG}", "q"),
        (f"wilayah={LONG}", "wilayah"),
        ("warna=merah", "warna"),
        ("%00=1", "bukan saringan|not a filter"),
        ("tahun=2024&tahun=2025", "tahun"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_what_is_not_understood_is_named_in_one_sentence(
    get_page: GetPage, query: str, named: str, prefix: str
) -> None:
    page = get_page(f"{prefix}/pendanaan?{query}", status=400)
    (notice,) = page.all("div", class_="notice")
    said = text_of(notice.find("p"))
    assert any(word in said for word in named.split("|"))
    assert len(said) < 200
    assert f"{prefix}/pendanaan" in [link.get("href") for link in notice.iter("a")]


@pytest.mark.parametrize(
    "query", ["q=%F0%9F%92%A9", "q=%ff%fe", "q=%27%3B+drop+table+sources", "q=%25", "q=_", "q=%5C"]
)
def test_odd_but_printable_words_find_nothing_or_something_but_never_fail(
    get_page: GetPage, query: str
) -> None:
    assert get_page(f"/pendanaan?{query}").by_id("commitment-results") is not None


def test_a_percent_sign_is_looked_for_as_such(get_page: GetPage) -> None:
    assert get_page("/pendanaan?q=%25").by_id("lines") is None


def test_what_was_understood_is_kept_beside_what_was_not(get_page: GetPage) -> None:
    page = get_page("/pendanaan?wilayah=berau&tahun=abc&tahap=budgeted", status=400)
    chosen = [o.get("value") for o in page.all("option") if o.get("selected") is not None and o.get("value")]
    assert chosen == ["berau", "budgeted"]
    assert "/pendanaan?wilayah=berau&tahap=budgeted" in page.links
    assert page.by_id("lines") is None


def test_two_faults_get_a_sentence_each(get_page: GetPage) -> None:
    page = get_page("/pendanaan?tahun=abc&tahap=x", status=400)
    (notice,) = page.all("div", class_="notice")
    assert "tahun" in text_of(notice)
    assert "tahap" in text_of(notice)


@pytest.mark.parametrize("page_number", ["999999", "999999999", "5"])
def test_a_page_beyond_the_end_is_not_found_and_says_where_the_list_ends(
    get_page: GetPage, page_number: str
) -> None:
    page = get_page(f"/pendanaan?hal={page_number}", status=404)
    (notice,) = page.all("div", class_="notice")
    assert "4" in text_of(notice)


def test_a_year_or_region_without_lines_is_no_mistake(get_page: GetPage) -> None:
    for query in ("tahun=1999", "wilayah=tana-tidung", "wilayah=kota-yogyakarta"):
        page = get_page(f"/pendanaan?{query}")
        assert page.by_id("lines") is None
        assert page.all("div", class_="empty")


def test_parameters_that_link_sharing_adds_are_let_through(get_page: GetPage) -> None:
    page = get_page("/pendanaan?wilayah=berau&fbclid=abc&utm_source=wa")
    assert page.by_id("lines") is not None


def test_the_fragment_of_a_bad_state_has_the_same_status(site: Flask) -> None:
    headers = {"HX-Request": "true", "HX-Target": "commitment-results"}
    assert site.test_client().get("/pendanaan?tahun=abc", headers=headers).status_code == 400


@pytest.mark.parametrize("name", ["tidak-ada", "x%00", "%ff", "a" * 5000, "..%2f..%2fetc", "Berau-2025-apbd"])
def test_an_unknown_line_is_not_found_in_either_language(get_page: GetPage, name: str) -> None:
    for prefix in ("", "/en"):
        assert get_page(f"{prefix}/pendanaan/{name}", status=404).all("input", name="q")
