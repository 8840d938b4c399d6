"""Every address of the desk is guarded, and lets in exactly those whom the table names."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.desk_routes import OPEN_DOORS, DeskRoute, Place, desk_rules, table
from tests.support.staff import PEOPLE, Cast, Member, deactivate

ROWS = table()


def _send(row: DeskRoute, place: Place, client: object) -> TestResponse:
    address, typed = row.address(place), row.typed(place)
    options = {"data": dict(typed)} if row.method != "GET" else {}
    answer = client.open(address, method=row.method, **options)  # type: ignore[attr-defined]
    assert isinstance(answer, TestResponse)
    return answer


def _is_led_out(answer: TestResponse) -> bool:
    """Sent to sign in, or told that one is signed out."""
    return answer.status_code == 401 or (
        answer.status_code == 303 and "/meja/masuk" in (answer.location or "")
    )


def test_every_desk_view_is_guarded_or_an_open_door(site: Flask) -> None:
    open_ones = {
        endpoint
        for endpoint, _ in desk_rules(site)
        if getattr(site.view_functions[endpoint], "desk_roles", None) is None
    }
    assert open_ones - OPEN_DOORS == set(), "mark these views with accounts.guard.desk_view"
    assert OPEN_DOORS - open_ones == set(), "these doors are gone: take them out of OPEN_DOORS"


def test_every_desk_address_is_in_the_table(site: Flask) -> None:
    listed = {(row.endpoint, row.method) for row in ROWS}
    guarded = {(name, method) for name, method in desk_rules(site) if name not in OPEN_DOORS}
    assert guarded - listed == set(), "add rows for these to tests/support/desk/"
    assert listed - guarded == set(), "these rows name no address"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.endpoint}")
def test_an_address_lets_in_those_the_table_names(content: Flask, cast: Cast, row: DeskRoute) -> None:
    place = Place(content, cast)
    wrong = {}
    for name in PEOPLE:
        member: Member = getattr(cast, name)
        answer = _send(row, place, member.client)
        refused = answer.status_code in (403, 404) or _is_led_out(answer)
        if refused is (name in row.allowed) or answer.status_code >= 500 or answer.status_code in (400, 405):
            wrong[name] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method}-{row.endpoint}")
def test_an_address_lets_in_nobody_signed_out_or_switched_off(
    content: Flask, cast: Cast, row: DeskRoute
) -> None:
    place = Place(content, cast)
    assert _is_led_out(_send(row, place, cast.visitor))
    member: Member = getattr(cast, row.allowed[0])
    address, typed = row.address(place), row.typed(place)
    deactivate(content, member)
    later = DeskRoute(row.endpoint, row.method, address, row.allowed, typed)
    assert _is_led_out(_send(later, place, member.client))
