"""The frame around every page of the desk."""

from __future__ import annotations

from flask import Flask

from tests.support.pages import Page, check_page
from tests.support.staff import Cast, Member


def fetch(member: Member, path: str, status: int = 200) -> Page:
    """A checked page of the desk as `member` sees it."""
    answer = member.client.get(path)
    page = Page(path, answer.status_code, answer.headers, answer.get_data(as_text=True))
    assert page.status == status, page.html[:600]
    assert check_page(page) == []
    return page


def test_the_home_is_a_whole_page_in_both_languages(content: Flask, cast: Cast) -> None:
    assert "Keluar" in fetch(cast.berau_editor, "/meja").html
    assert "Sign out" in fetch(cast.berau_editor, "/en/meja").html


def test_somebody_with_one_region_is_offered_no_choice_of_regions(content: Flask, cast: Cast) -> None:
    assert fetch(cast.berau_editor, "/meja").by_id("desk-region") is None


def test_somebody_with_two_regions_puts_one_in_view_and_it_stays(content: Flask, cast: Cast) -> None:
    client = cast.province_reader.client
    answer = client.post("/meja/wilayah", data={"wilayah": "65", "lanjut": "/meja"})
    assert (answer.status_code, answer.location) == (303, "/meja")
    page = fetch(cast.province_reader, "/meja")
    chosen = [option.text for option in page.all("option") if option.get("selected") is not None]
    assert chosen == ["Kalimantan Utara"]


def test_a_foreign_region_cannot_be_put_in_view(content: Flask, cast: Cast) -> None:
    cast.province_reader.client.post("/meja/wilayah", data={"wilayah": "61.07"})
    page = fetch(cast.province_reader, "/meja")
    assert [o.text for o in page.all("option") if o.get("selected") is not None] == ["Semua wilayah saya"]


def test_the_navigation_leads_to_what_is_there_and_open_to_the_account(content: Flask, cast: Cast) -> None:
    for link in fetch(cast.berau_editor, "/meja").all("a"):
        address = link.get("href", "")
        if address.startswith("/meja"):
            assert cast.berau_editor.client.get(address).status_code in (200, 303), address


def test_the_desk_is_not_for_search_engines(content: Flask, cast: Cast) -> None:
    assert 'content="noindex' in fetch(cast.berau_editor, "/meja").html
    assert "Disallow: /meja" in content.test_client().get("/robots.txt").get_data(as_text=True)
