"""The news list and its posts, on the starter data."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.news.markdown import summarise, to_html
from portal.news.queries import list_posts
from portal.news.shapes import PostFilter
from tests.conftest import GetPage

BERAU = "/berita/berau-nominasi-paritrana-2025"


def test_posts_stand_newest_first_and_undated_ones_last(site: Flask) -> None:
    with site.test_request_context():
        days = [post.published_on for post in list_posts(PostFilter(), limit=50)]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=True)
    assert days == [*known, *[None] * (len(days) - len(known))]
    assert None in days


def test_an_undated_post_says_so_instead_of_showing_a_date(get_page: GetPage) -> None:
    assert "Tanggal tidak dicantumkan" in get_page("/berita/kutai-timur-perluasan-program").text
    assert "Date not published" in get_page("/en/berita/kutai-timur-perluasan-program").text


def test_a_post_is_shown_in_the_language_of_its_address(get_page: GetPage) -> None:
    assert "Berau masuk nominasi" in get_page(BERAU).title
    assert "Berau nominated" in get_page("/en" + BERAU).title


def test_a_post_links_its_region_programme_award_and_sources(get_page: GetPage) -> None:
    links = get_page(BERAU).links
    for wanted in (
        "/wilayah/berau",
        "/program/berau-pekerja-rentan",
        "/penghargaan?wilayah=berau#a-001",
        "/sumber/fokusborneo-berau-2025",
        "/pendanaan?wilayah=berau",
    ):
        assert wanted in links


def test_a_post_about_a_nomination_calls_it_that(get_page: GetPage) -> None:
    page = get_page(BERAU)
    assert "Nominasi (bukan kemenangan)" in page.text
    assert "Pemenang" not in page.text


def test_the_list_can_be_narrowed_to_a_region_and_a_kind(get_page: GetPage) -> None:
    page = get_page("/berita?wilayah=kutai-timur&jenis=award")
    posts = {link for link in page.links if link.startswith("/berita/")}
    assert posts == {"/berita/kutai-timur-paritrana-2025"}


def test_filters_that_leave_nothing_offer_a_way_back(get_page: GetPage) -> None:
    page = get_page("/berita?wilayah=berau&jenis=meeting")
    assert "Tidak ada berita yang cocok" in page.text
    assert "/berita" in page.links


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/berita?hal=-1", 400),
        ("/berita?hal=0", 400),
        ("/berita?hal=dua", 400),
        ("/berita?hal=999999", 404),
        ("/berita?wilayah=atlantis", 400),
        ("/berita?jenis=gosip", 400),
        ("/berita/tidak-ada", 404),
        ("/en/berita/tidak-ada", 404),
        ("/berita/%00", 404),
    ],
)
def test_wrong_addresses_get_their_status_and_a_sentence(get_page: GetPage, path: str, status: int) -> None:
    assert get_page(path, status=status).text


def test_markdown_cannot_bring_html_or_scripts_along() -> None:
    html = to_html("<script>alert(1)</script>\n\n[x](javascript:alert(1)) **kuat** <b onclick='x'>y</b>")
    assert "<script" not in html
    assert "javascript:" not in html.replace("(javascript:", "")
    assert "<b" not in html
    assert "<strong>kuat</strong>" in html


def test_a_heading_in_a_post_never_becomes_a_second_h1() -> None:
    assert to_html("# Judul") == "<h2>Judul</h2>\n"


def test_a_summary_ends_at_a_word_and_has_no_markup() -> None:
    text = summarise("Satu **dua** tiga & empat. " * 20)
    assert text.startswith("Satu dua tiga & empat.")
    assert len(text) <= 182
    assert text.endswith(" …")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/berita?tahun=2025", "tahun"),
        ("/en/berita?wilayah=berau&wilayah=bengkayang", "only once"),
        ("/penghargaan?hal=abc", "hal"),
        ("/en/penghargaan?bogus=1", "not a filter of this list"),
    ],
)
def test_a_filter_that_a_list_does_not_have_is_told_and_not_passed_over(
    get_page: GetPage, path: str, words: str
) -> None:
    assert words in get_page(path, status=400).text


def test_what_is_added_to_a_shared_link_does_no_harm(get_page: GetPage) -> None:
    assert get_page("/berita?utm_source=wa&fbclid=x").status == 200
