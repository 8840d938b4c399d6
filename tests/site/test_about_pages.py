"""Method, privacy, accessibility, about and help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from portal.core.vocabulary import CHECK_KINDS, STAGES
from portal.search.glossary import PAGES, TERMS
from tests.conftest import GetPage
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls

OPERATED = ("/privasi", "/tentang", "/aksesibilitas")
ABOUT = ("/metode", "/privasi", "/aksesibilitas", "/tentang", "/bantuan")


@pytest.mark.parametrize("path", ABOUT)
def test_pages_about_the_portal_are_there_in_both_languages(get_page: GetPage, path: str) -> None:
    assert get_page(path).title != get_page("/en" + path).title


def test_every_place_the_search_names_exists(get_page: GetPage) -> None:
    for address, _title, _text in (*PAGES, *TERMS):
        path, _, anchor = address.partition("#")
        if anchor:
            assert get_page(path).by_id(anchor) is not None, address


def test_the_method_explains_every_kind_of_check_and_every_stage(get_page: GetPage) -> None:
    page = get_page("/metode")
    terms = {" ".join(term.itertext()) for term in page.all("dt")}
    assert len(terms) == len(CHECK_KINDS) + len(STAGES)


def test_the_method_shows_the_rates_with_their_legal_basis(get_page: GetPage) -> None:
    text = get_page("/metode").text
    assert "Rp10.000 + Rp6.800 = Rp16.800" in text
    assert "PP 50/2025" in text
    assert "PP 44/2015" in text


def test_the_help_page_names_where_each_benefit_was_read(get_page: GetPage) -> None:
    text = get_page("/bantuan").text
    assert "Rp42.000.000" in text
    assert "harianjogja.com" in text
    assert "2 × 24 jam" in text
    assert "Permenaker 1/2025" in text


def test_the_help_page_does_not_print_what_does_not_follow_from_the_rules(get_page: GetPage) -> None:
    assert "170 juta" not in get_page("/bantuan").text
    assert "170.000.000" not in get_page("/bantuan").text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_example_of_a_citation_is_one_of_the_portals_own(get_page: GetPage, prefix: str) -> None:
    page = get_page(f"{prefix}/bantuan")
    (example,) = page.all("blockquote", class_="cite")
    words = " ".join("".join(example.itertext()).split())
    path = re.search(r"http://portal\.test(/\S+)$", words)
    assert path
    assert words in get_page(path[1]).text
    assert "[" not in words


def test_what_is_not_verified_says_so(get_page: GetPage) -> None:
    assert (
        "belum dipastikan" in get_page("/bantuan").text or "belum terverifikasi" in get_page("/bantuan").text
    )


def test_privacy_names_the_law_and_no_invented_contact(get_page: GetPage) -> None:
    page = get_page("/privasi")
    assert "UU 27/2022" in page.text
    assert "portal.test" in page.text
    assert "@" not in page.text


@pytest.mark.parametrize("path", OPERATED)
def test_a_copy_without_an_operator_says_so(get_page: GetPage, path: str) -> None:
    assert "tidak menyebut pengelola" in get_page(path).text


@pytest.mark.parametrize("path", OPERATED)
def test_the_operator_of_the_settings_is_the_one_to_write_to(urls: Urls, tmp_path: Path, path: str) -> None:
    named = {"PORTAL_OPERATOR": "Dinas Percobaan & Uji", "PORTAL_OPERATOR_MAIL": "tanya@dinas.test"}
    app = build_app(tmp_path / "instance", urls, **named)
    text = app.test_client().get(path).text
    close_app(app)
    assert "Dinas Percobaan &amp; Uji" in text
    assert '<a href="mailto:tanya@dinas.test">tanya@dinas.test</a>' in text
    assert "tidak menyebut pengelola" not in text


@pytest.mark.parametrize("path", ["/", "/cek", "/cari?q=berau", "/berita", "/tidak-ada"])
def test_no_page_sets_a_cookie(site: Flask, path: str) -> None:
    assert "Set-Cookie" not in site.test_client().get(path).headers


def test_about_names_the_licences(get_page: GetPage) -> None:
    text = get_page("/tentang").text
    for licence in ("CC BY 4.0", "ODbL 1.0", "MIT", "Apache"):
        assert licence in text
