"""Who may open the desk's home, lists, items, history, comments and preview links."""

from __future__ import annotations

from collections.abc import Callable

from portal.extensions import db
from portal.publishing.talk import queries, services
from tests.support.desk_routes import EVERYBODY, DeskRoute, Place
from tests.support.drafts import bring

SEES_BERAU = (
    "berau_editor",
    "berau_reviewer",
    "registrar",
    "berau_administrator",
    "administrator",
    "province_reader",
)
TEAM = ("berau_editor", "berau_reviewer")


def _item(state: str, rest: str = "") -> Callable[[Place], str]:
    def build(place: Place) -> str:
        with place.app.app_context():
            return f"/meja/butir/{bring(place.cast, state)}{rest}"

    return build


def _commented(place: Place) -> str:
    with place.app.app_context():
        item_id = bring(place.cast, "draft")
        number = services.add_comment(db.session(), place.cast.berau_editor.actor, item_id, "Apa ini?", "1")
        return f"/meja/butir/{item_id}/komentar/{number}/selesai"


def _linked(place: Place) -> str:
    with place.app.app_context():
        item_id = bring(place.cast, "draft")
        services.make_preview_link(db.session(), place.cast.berau_editor.actor, item_id, 1)
        link = queries.list_preview_links(db.session(), item_id, services.now())[0]
        return f"/meja/butir/{item_id}/tautan/{link.id}/cabut"


ROUTES = (
    DeskRoute("flow.show_home", "GET", "/meja", EVERYBODY),
    DeskRoute("flow.choose", "POST", "/meja/wilayah", EVERYBODY, {"wilayah": "64.03"}),
    DeskRoute("flow.show_queue", "GET", "/meja/antrean/tinjau", EVERYBODY),
    DeskRoute("flow.show_list", "GET", "/meja/news", EVERYBODY),
    DeskRoute("flow.show_item", "GET", _item("in_review"), SEES_BERAU),
    DeskRoute("flow.begin", "POST", _item("published", "/mulai"), ("berau_editor",)),
    DeskRoute("flow.rebase", "POST", _item("draft", "/sesuaikan"), ("berau_editor",), {"version": "1"}),
    DeskRoute("flow.ask", "GET", _item("published", "/tarik-terbitan"), (*TEAM, "province_reader")),
    DeskRoute("flow.take", "POST", _item("in_review", "/setujui"), ("berau_reviewer",), {"version": "2"}),
    DeskRoute("flow.comment", "POST", _item("draft", "/komentar"), SEES_BERAU, {"komentar": "Apa ini?"}),
    DeskRoute("flow.resolve", "POST", _commented, TEAM),
    DeskRoute("flow.attend", "POST", _item("draft", "/hadir"), SEES_BERAU),
    DeskRoute("flow.make_link", "POST", _item("draft", "/tautan"), TEAM, {"hari": "7"}),
    DeskRoute("flow.revoke_link", "POST", _linked, TEAM),
    DeskRoute("flow.show_history", "GET", _item("draft", "/riwayat"), SEES_BERAU),
    DeskRoute("flow.restore", "POST", _item("new", "/riwayat"), ("berau_editor",), {"nomor": "1"}),
    DeskRoute("flow.preview", "GET", _item("draft", "/pratinjau"), SEES_BERAU),
)
