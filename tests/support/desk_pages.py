"""Every page of the desk, from the table of its routes, so that a new page cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from portal.desk.flow.words import KINDS
from tests.support.desk_routes import DeskRoute, Place, table
from tests.support.drafts import STATES, bring

EDITOR, REVIEWER = "berau_editor", "berau_reviewer"
# The pages without an account and what they answer: a new password is for those who come by a link.
DOORS = {"/meja/masuk": 200, "/meja/sandi/lupa": 200, "/meja/sandi/dikirim": 200, "/meja/sandi/baru": 410}
# These lead on: recovery codes are shown once only, after they were made.
LEADING_ON = ("own.show_codes",)
# What the table names once for all kinds.
EVERY_KIND = tuple(
    DeskRoute(endpoint, "GET", f"/meja/{kind}{rest}", (EDITOR,))
    for kind in KINDS
    for endpoint, rest in (("flow.show_list", ""), ("records.show_new", "/baru"))
)


def _item(state: str) -> DeskRoute:
    def build(place: Place) -> str:
        with place.app.app_context():
            return f"/meja/butir/{bring(place.cast, state)}"

    return DeskRoute("flow.show_item", "GET", build, (REVIEWER, EDITOR))


def desk_pages() -> Iterator[DeskRoute]:
    """Every row of the table that shows something, for each kind and each state of an item."""
    yield from (row for row in table() if row.method == "GET")
    yield from EVERY_KIND
    yield from (_item(state) for state in STATES)
