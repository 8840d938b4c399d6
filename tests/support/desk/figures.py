"""Rows of the figure pages: the search, the corrected texts, a reviewer's word."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from portal.accounts.clock import now
from portal.extensions import db
from portal.news.figures.models import PostFlag
from tests.support.desk_routes import DeskRoute, Place

POST = "berau-nominasi-paritrana-2025"
WRITERS = (
    "berau_editor",
    "berau_reviewer",
    "bengkayang_editor",
    "bengkayang_reviewer",
    "province_reader",
)


def open_flag(place: Place) -> str:
    """The address of a new flag of Berau's post."""
    with place.app.app_context():
        number = db.session.execute(select(func.count()).select_from(PostFlag)).scalar_one()
        values = {"kind": "claims", "record_id": f"k-{number}", "field": "value", "old": "24 exact percent"}
        made = db.session.execute(insert(PostFlag).values(post_id=POST, since=now(), **values))
        db.session.commit()
        return f"/meja/angka/koreksi/{POST}/{made.inserted_primary_key[0]}"


ROUTES = (
    DeskRoute("desk_figures.find_figure", "GET", "/meja/angka?q=berau", WRITERS),
    DeskRoute("desk_figures.list_corrected", "GET", "/meja/angka/koreksi", WRITERS),
    DeskRoute(
        "desk_figures.confirm",
        "POST",
        open_flag,
        ("berau_reviewer",),
        {"alasan": "Kalimatnya tetap benar dengan angka baru."},
    ),
)
