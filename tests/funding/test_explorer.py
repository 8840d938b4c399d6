"""The explorer as visitors and HTMX meet it: one address, one answer, with JavaScript or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.conftest import GetPage
from tests.funding.starter import lines
from tests.support.pages import text_of

HTMX = {"HX-Request": "true", "HX-Target": "commitment-results"}
STATES = (
    "",
    "?wilayah=berau",
    "?wilayah=kalimantan-utara&cakupan=provinsi",
    "?tahun=tidak-disebut",
    "?tahun=2025&sumber=dbh_sawit&tahap=enrolled",
    "?q=antara&urut=pekerja",
    "?hal=2",
    "?q=tidak-ada-yang-cocok",
)


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    return site.test_client()


def _results(html: str) -> str:
    found = re.search(r'<p id="explorer-status".*?</section>', html, re.DOTALL)
    assert found, html[:300]
    return found[0]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("state", STATES)
def test_the_fragment_is_the_same_as_that_part_of_the_page(
    visitor: FlaskClient, state: str, prefix: str
) -> None:
    page = visitor.get(f"{prefix}/pendanaan{state}").get_data(as_text=True)
    fragment = visitor.get(f"{prefix}/pendanaan{state}", headers=HTMX).get_data(as_text=True)
    assert "<html" not in fragment
    assert _results(fragment) == _results(page)


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Target": "commitment-results", "HX-Boosted": "true"},
        {"HX-Request": "true", "HX-Target": "commitment-results", "HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-Target": "something-else"},
        {"HX-Request": "true"},
    ],
    ids=["boosted", "history", "another target", "no target"],
)
def test_whatever_is_not_asked_for_as_fragment_is_the_whole_page(
    visitor: FlaskClient, headers: dict[str, str]
) -> None:
    answer = visitor.get("/pendanaan?wilayah=berau", headers=headers).get_data(as_text=True)
    assert answer.startswith("<!doctype html>")


def test_a_form_sent_without_javascript_gives_the_lines_of_the_clean_address(visitor: FlaskClient) -> None:
    sent = {"wilayah": "berau", "tahun": "2025", "sumber": "", "tahap": "", "q": "", "urut": "terbaru"}
    plain = visitor.get(f"/pendanaan?{urlencode(sent)}").get_data(as_text=True)
    clean = visitor.get("/pendanaan?wilayah=berau&tahun=2025").get_data(as_text=True)
    assert _results(plain) == _results(clean)


def test_htmx_is_told_the_address_without_empty_fields(visitor: FlaskClient) -> None:
    answer = visitor.get("/en/pendanaan?wilayah=berau&tahun=&q=&urut=terbaru&hal=", headers=HTMX)
    assert answer.headers["HX-Push-Url"] == "/en/pendanaan?wilayah=berau"


def test_a_fragment_brings_the_language_link_of_the_new_address(visitor: FlaskClient) -> None:
    answer = visitor.get("/pendanaan?wilayah=berau", headers=HTMX).get_data(as_text=True)
    assert 'href="/en/pendanaan?wilayah=berau"' in answer
    assert 'hx-swap-oob="true"' in answer


def test_the_form_shows_the_state_of_the_address(get_page: GetPage) -> None:
    page = get_page(
        "/pendanaan?wilayah=berau&tahun=2025&sumber=csr&tahap=planned&q=berau&urut=pekerja&cakupan=provinsi"
    )
    chosen = {
        select.get("name"): option.get("value")
        for select in page.all("select")
        for option in select.iter("option")
        if option.get("selected") is not None
    }
    assert chosen == {
        "wilayah": "berau",
        "tahun": "2025",
        "sumber": "csr",
        "tahap": "planned",
        "urut": "pekerja",
    }
    assert [field.get("value") for field in page.all("input", name="q") if field.get("id") == "q"] == [
        "berau"
    ]
    assert page.all("input", name="cakupan")[0].get("checked") is not None


def test_each_line_is_linked_with_its_figures_qualifiers_and_sources(get_page: GetPage) -> None:
    page = get_page("/pendanaan?wilayah=penajam-paser-utara")
    wanted = {f"/pendanaan/{line.id}" for line in lines() if line.region == "64.09"}
    assert {link for link in page.links if link.startswith("/pendanaan/")} == wanted
    table = text_of(page.by_id("lines"))
    for part in ("± 20.000", "Rp3.024.000.000", "Belum dipublikasikan", "Advertorial", "angka lain"):
        assert part in table


def test_a_stage_filter_shows_and_adds_up_that_stage_alone(get_page: GetPage) -> None:
    page = get_page("/pendanaan?wilayah=berau&tahap=budgeted")
    for name in ("lines", "total-table"):
        stages = {
            text_of(cell)
            for cell in page.by_id(name).iter("span")
            if "stage" in cell.get("class", "").split()
        }
        assert stages == {"Dianggarkan"}


def test_a_province_means_its_own_lines_until_its_regencies_are_asked_for(get_page: GetPage) -> None:
    own = get_page("/pendanaan?wilayah=kalimantan-utara")
    whole = get_page("/pendanaan?wilayah=kalimantan-utara&cakupan=provinsi")
    of = lambda page: {link for link in page.links if link.startswith("/pendanaan/")}  # noqa: E731
    assert of(own) == {f"/pendanaan/{line.id}" for line in lines() if line.region == "65"}
    assert of(whole) == {f"/pendanaan/{line.id}" for line in lines() if line.region.startswith("65")}


def test_totals_say_what_is_unknown_and_what_may_overlap(get_page: GetPage) -> None:
    page = get_page("/pendanaan?wilayah=penajam-paser-utara&tahun=2025&tahap=enrolled")
    table = text_of(page.by_id("total-table"))
    assert "± 22.614" in table
    assert "2 pos tidak memublikasikannya" in table
    assert "dua kali" in table


@pytest.mark.parametrize("sort", ["wilayah", "terbaru", "sumber", "pekerja", "jumlah"])
def test_a_heading_sorts_and_pressed_again_turns_the_order(get_page: GetPage, sort: str) -> None:
    page = get_page("/pendanaan?tahun=2025&hal=2")
    link = page.by_id(f"order-{sort}").get("href")
    assert "hal=" not in link
    again = get_page(link).by_id(f"order-{sort}")
    assert again.get("href") not in (link, "/pendanaan?tahun=2025&hal=2")
    assert parse_qs(again.get("href").partition("?")[2])["tahun"] == ["2025"]
    sorted_by = [head for head in get_page(link).all("th") if head.get("aria-sort")]
    assert len(sorted_by) == 1


def test_page_links_keep_the_filters(get_page: GetPage) -> None:
    page = get_page("/en/pendanaan?q=pekerja&urut=wilayah")
    pages = [link for link in page.links if "hal=" in link]
    assert pages
    assert all(parse_qs(link.partition("?")[2])["q"] == ["pekerja"] for link in pages)
    assert all(link.startswith("/en/pendanaan?") for link in pages)


@pytest.fixture
def statements_of() -> Iterator[list[str]]:
    """Every SQL statement sent while the test runs."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_a_valid_state_is_answered_from_kept_bytes_the_second_time(
    visitor: FlaskClient, statements_of: list[str]
) -> None:
    visitor.get("/pendanaan?urut=jumlah&sumber=donation&tahap=planned")
    asked = len(statements_of)
    again = visitor.get("/pendanaan?urut=jumlah&sumber=donation&tahap=planned")
    assert again.headers["ETag"]
    assert 0 < asked <= 12
    assert len(statements_of) == asked


def test_a_refused_state_is_not_kept(visitor: FlaskClient) -> None:
    assert "ETag" not in visitor.get("/pendanaan?tahun=abc").headers
