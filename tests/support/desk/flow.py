"""Who may open the desk's home, lists, items, history, comments and preview links."""

from __future__ import annotations

from tests.support.desk_routes import EVERYBODY, DeskRoute

ROUTES = (
    DeskRoute("flow.show_home", "GET", "/meja", EVERYBODY),
    DeskRoute("flow.choose", "POST", "/meja/wilayah", EVERYBODY, {"wilayah": "64.03"}),
)
