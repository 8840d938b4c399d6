"""Every page of the desk is a sound page, in both languages and for each who may open it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError

from tests.support.desk_pages import DOORS, LEADING_ON, desk_pages
from tests.support.desk_routes import DeskRoute, Place
from tests.support.pages import Page, check_page
from tests.support.staff import Cast

LANGUAGES = ("", "/en")


def faults_of(client: FlaskClient, address: str, status: int = 200) -> Iterator[str]:
    """What is wrong with one page; a file is no page."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address} answered {answer.status_code}"
    if status == 303 or answer.mimetype != "text/html":
        return
    page = Page(address, answer.status_code, answer.headers, answer.get_data(as_text=True))
    try:
        yield from (f"{address}: {fault}" for fault in check_page(page))
    except ParseError as wrong:
        yield f"{address}: {wrong}"


@pytest.mark.parametrize("row", tuple(desk_pages()), ids=lambda row: row.endpoint)
def test_a_page_is_sound_for_each_who_may_open_it(content: Flask, cast: Cast, row: DeskRoute) -> None:
    address = row.address(Place(content, cast))
    status = 303 if row.endpoint in LEADING_ON else 200
    faults: list[str] = []
    for name in row.allowed:
        for language in LANGUAGES:
            faults += faults_of(getattr(cast, name).client, language + address, status)
    assert faults == []


@pytest.mark.parametrize(("address", "status"), DOORS.items())
def test_a_door_is_sound(cast: Cast, address: str, status: int) -> None:
    faults = [faults_of(cast.visitor, language + address, status) for language in LANGUAGES]
    assert [fault for one in faults for fault in one] == []
