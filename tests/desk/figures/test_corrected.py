"""`/meja/angka/koreksi`: texts whose figures were corrected, and a reviewer's word that one still holds."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.desk.figures import POST, open_flag
from tests.support.desk_routes import Place
from tests.support.pages import Page, check_page
from tests.support.staff import Cast, Member

WORD = "Kalimatnya tetap benar dengan angka baru."


@pytest.fixture
def address(content: Flask, cast: Cast) -> str:
    """Where an open flag of Berau's post is confirmed."""
    return open_flag(Place(content, cast))


def listed(member: Member) -> Page:
    """The page as this person sees it, checked."""
    response = member.client.get("/meja/angka/koreksi")
    page = Page(
        "/meja/angka/koreksi", response.status_code, response.headers, response.get_data(as_text=True)
    )
    assert check_page(page) == []
    return page


def test_a_reviewer_sees_the_text_and_confirms_it(cast: Cast, address: str) -> None:
    page = listed(cast.berau_reviewer)
    assert "Berau masuk nominasi Paritrana Award 2025" in page.text
    assert "angka 24% ditarik" in page.text
    answer = cast.berau_reviewer.client.post(address, data={"alasan": WORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/meja/angka/koreksi")
    assert "Tidak ada tulisan" in listed(cast.berau_reviewer).text


def test_a_word_too_short_is_answered_with_the_form_and_what_was_typed(cast: Cast, address: str) -> None:
    response = cast.berau_reviewer.client.post(address, data={"alasan": "ya"})
    page = Page(address, response.status_code, response.headers, response.get_data(as_text=True))
    assert page.status == 422
    assert check_page(page) == []
    assert page.all("input", name="alasan", value="ya")
    assert "Tuliskan dengan singkat mengapa" in page.text


def test_an_editor_sees_the_text_but_no_form(cast: Cast, address: str) -> None:
    page = listed(cast.berau_editor)
    assert "Berau masuk nominasi" in page.text
    assert not page.all("input", name="alasan")


def test_another_region_does_not_see_it(cast: Cast, address: str) -> None:
    assert "Berau masuk nominasi" not in listed(cast.bengkayang_reviewer).text


def test_a_form_posted_twice_confirms_once(cast: Cast, address: str) -> None:
    first = cast.berau_reviewer.client.post(address, data={"alasan": WORD})
    second = cast.berau_reviewer.client.post(address, data={"alasan": WORD})
    assert (first.status_code, second.status_code) == (303, 404)


def test_the_address_of_another_post_confirms_nothing(cast: Cast, address: str) -> None:
    other = address.replace(POST, "bengkayang-paritrana-2025")
    assert cast.berau_reviewer.client.post(other, data={"alasan": WORD}).status_code == 404
    assert "Berau masuk nominasi" in listed(cast.berau_reviewer).text


def test_a_word_given_on_an_older_figure_is_not_taken(cast: Cast, address: str) -> None:
    seen = {"alasan": WORD, "terlihat": "25 exact percent"}
    response = cast.berau_reviewer.client.post(address, data=seen)
    assert response.status_code == 422
    assert "dikoreksi sekali lagi" in response.get_data(as_text=True)
    answer = cast.berau_reviewer.client.post(address, data={"alasan": WORD, "terlihat": ""})
    assert answer.status_code == 303
