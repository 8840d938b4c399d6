"""Who may open the forms of records."""

from __future__ import annotations

from functools import partial
from itertools import count

from portal.extensions import db
from portal.publishing.services.editing import start_item
from tests.support.desk_routes import DeskRoute, Place
from tests.support.staff import BERAU

# Their addresses name no region: what is begun goes to the region of who begins it.
EDITORS = ("berau_editor", "bengkayang_editor", "province_reader")
OF_BERAU = ("berau_editor",)
_numbers = count(1)


def _item(place: Place, action: str) -> str:
    """A draft of Berau that nobody else writes in."""
    with place.app.app_context():
        item_id = start_item(
            db.session(),
            place.cast.berau_editor.actor,
            "awards",
            BERAU,
            {"region_code": BERAU, "award": f"Penghargaan {next(_numbers)}"},
        )
        db.session.remove()
    return f"/meja/butir/{item_id}/{action}"


def _of_item(name: str, method: str, action: str, **form: str) -> DeskRoute:
    return DeskRoute(f"records.{name}", method, partial(_item, action=action), OF_BERAU, form)


ROUTES = (
    DeskRoute("records.show_new", "GET", "/meja/news/baru", EDITORS),
    DeskRoute("records.begin", "POST", "/meja/awards/baru", EDITORS, {"form": "1", "award": "Penghargaan"}),
    DeskRoute("records.check_new", "POST", "/meja/awards/periksa", EDITORS, {"form": "1"}),
    DeskRoute("records.add_source_new", "POST", "/meja/awards/sumber-baru", EDITORS, {"form": "1"}),
    DeskRoute("records.autosave_new", "POST", "/meja/awards/simpan-otomatis", EDITORS, {"form": "1"}),
    _of_item("edit", "GET", "sunting"),
    _of_item("save", "POST", "simpan", form="1", version="1", award="Lain"),
    _of_item("check", "POST", "periksa", form="1", version="1"),
    _of_item("add_source", "POST", "sumber-baru", form="1", version="1"),
    _of_item("autosave", "POST", "simpan-otomatis", form="1", version="1", award="Lain"),
    _of_item("submit", "POST", "ajukan", form="1", version="1"),
    _of_item("discard", "POST", "buang", version="1"),
    DeskRoute("bulk.show", "GET", "/meja/pernyataan-banyak", EDITORS),
    DeskRoute("bulk.template", "GET", "/meja/pernyataan-banyak/templat.csv", EDITORS),
    DeskRoute(
        "bulk.read", "POST", "/meja/pernyataan-banyak", EDITORS, {"baris": "stage\tworkers\nplanned\t1"}
    ),
)
