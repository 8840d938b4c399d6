"""Records begun by form, as tests of the forms begin and look at them."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.extensions import db
from portal.publishing import queries
from portal.publishing.shapes import ItemShape
from tests.support.pages import Page, check_page
from tests.support.staff import BERAU, Member


def look(answer: TestResponse, path: str = "/meja", status: int = 200) -> Page:
    """The answer as a page that passes every check."""
    page = Page(path, answer.status_code, answer.headers, answer.get_data(as_text=True))
    assert page.status == status, page.html[:2000]
    assert [fault for fault in check_page(page) if "bytes" not in fault] == []
    return page


def item_of(app: Flask, answer: TestResponse) -> ItemShape:
    """The item an answer leads to."""
    found = re.search(r"/meja/butir/(\d+)", answer.location or "")
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    assert found
    return stored(app, int(found[1]))


def stored(app: Flask, item_id: int) -> ItemShape:
    """An item as it is now."""
    with app.app_context():
        item = queries.find_item(db.session(), item_id)
        db.session.remove()
    assert item is not None
    return item


def begin(app: Flask, member: Member, kind: str = "awards", /, **fields: Any) -> ItemShape:
    """A record begun by form."""
    data = {"form": "1", "region_code": BERAU, "award": "Paritrana Award", **fields}
    return item_of(app, member.client.post(f"/meja/{kind}/baru", data=data))


def cells_of(item: ItemShape) -> dict[str, str]:
    """The draft's cells."""
    assert item.draft is not None
    return item.draft.cells
