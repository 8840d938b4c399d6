"""Who may open the registrar's wizard and the lists."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import count
from typing import Any

from tests.desk.lists.conftest import COLUMNS, COVER, bring, listed, upload
from tests.registry.people import somebody
from tests.support.desk_routes import DeskRoute, Place

ONLY = ("registrar",)
ROOT = "/meja/daftar"
_NUMBERS = count(1)


def _file() -> bytes:
    """A list that no other row has brought."""
    return listed(somebody(next(_NUMBERS)))


def _uploaded(place: Place) -> str:
    """A file of Berau that waits for its columns."""
    return f"{ROOT}/unggahan/{upload(place.cast.registrar, _file())}"


def _read(place: Place) -> str:
    """A file of Berau with its report."""
    return f"{ROOT}/unggahan/{bring(place.app, place.cast.registrar, _file())}"


def _list(place: Place) -> str:
    """A staged list of Berau, by the page of its report."""
    return _staged(place.cast.registrar.client.get(_read(place)).text)


def _staged(page: str) -> str:
    """The address of the list that a report leads to."""
    links = [part.partition('"')[0] for part in page.split('href="')]
    return next(link for link in links if link.removeprefix(f"{ROOT}/").isdigit())


def _new(_place: Place) -> Mapping[str, Any]:
    return {**COVER, "formulir": "a", "berkas": (BytesIO(_file()), "daftar.csv")}


ROUTES: tuple[DeskRoute, ...] = (
    DeskRoute("lists.show_lists", "GET", ROOT, ONLY),
    DeskRoute("list_uploads.ask_file", "GET", f"{ROOT}/baru", ONLY),
    DeskRoute("list_uploads.take_file", "POST", f"{ROOT}/baru", ONLY, _new),
    DeskRoute("list_uploads.show_upload", "GET", _uploaded, ONLY),
    DeskRoute("list_uploads.take_columns", "POST", lambda at: f"{_uploaded(at)}/kolom", ONLY, COLUMNS),
    DeskRoute("list_uploads.read_again", "POST", lambda at: f"{_uploaded(at)}/ulang", ONLY),
    DeskRoute("list_uploads.discard_upload", "POST", lambda at: f"{_uploaded(at)}/buang", ONLY),
    DeskRoute("list_uploads.download_report", "GET", lambda at: f"{_read(at)}/laporan.csv", ONLY),
    DeskRoute("list_uploads.download_workbook", "GET", lambda at: f"{_read(at)}/laporan.xlsx", ONLY),
    DeskRoute("lists.show_list", "GET", _list, ONLY),
    DeskRoute("lists.publish", "POST", lambda at: f"{_list(at)}/terbit", ONLY, {"yakin": "ya"}),
    DeskRoute("lists.withdraw", "POST", lambda at: f"{_list(at)}/tarik", ONLY),
)
