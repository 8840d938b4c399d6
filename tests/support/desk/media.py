"""Pictures at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.media.services import add_picture
from tests.media.files import jpeg, upload
from tests.support.desk_routes import EVERYBODY, DeskRoute, Place
from tests.support.staff import BERAU

WRITERS = ("berau_editor", "berau_reviewer")
READERS = (*WRITERS, "registrar", "berau_administrator", "administrator", "province_reader")
UPLOADERS = (*WRITERS, "bengkayang_editor", "bengkayang_reviewer", "province_reader")
ALT = {"alt_id": "Petani di kebun", "alt_en": "Farmer on a plantation"}


def picture_id(place: Place) -> int:
    """A new picture of Berau."""
    shade = place.app.extensions["test.shade"] = place.app.extensions.get("test.shade", 0) + 1
    with place.app.app_context():
        return add_picture(place.cast.berau_editor.actor, BERAU, jpeg(200 + shade), "Petani", "Farmer")


def address(place: Place) -> str:
    """Its page."""
    return f"/meja/gambar/{picture_id(place)}"


def new(_place: Place) -> Mapping[str, Any]:
    """A form for one."""
    return upload(BERAU, jpeg())


ROUTES: tuple[DeskRoute, ...] = (
    DeskRoute("media.list_pictures", "GET", "/meja/gambar", EVERYBODY),
    DeskRoute("media.show_upload", "GET", "/meja/gambar/baru", UPLOADERS),
    DeskRoute("media.upload_picture", "POST", "/meja/gambar", WRITERS, new),
    DeskRoute("media.show_picture", "GET", address, READERS),
    DeskRoute("media.describe_picture", "POST", address, WRITERS, ALT),
    DeskRoute("media.delete_picture", "POST", lambda place: f"{address(place)}/hapus", WRITERS),
)
