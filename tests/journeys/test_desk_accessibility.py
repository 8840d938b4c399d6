"""axe finds nothing on any page of the desk, on a phone and on a screen; three of them in the dark too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from portal.accounts.shapes import EVERYWHERE, ROLES
from tests.support.applications import build_app, close_app
from tests.support.axe import faults_in
from tests.support.databases import Databases, environment
from tests.support.desk_pages import DOORS, LEADING_ON, desk_pages
from tests.support.desk_routes import Place
from tests.support.server import serving
from tests.support.staff import add_member, gather

DARK = ("/meja", "/meja/news/baru", "/meja/gambar/baru")
FILES = (".csv", ".svg", ".xlsx")
EVERY_ROLE = tuple((role, EVERYWHERE) for role in ROLES)
WIDTHS = (360, 1280)


@dataclass(frozen=True)
class Desk:
    """The served portal, its pages and the cookie of somebody who may open them all."""

    address: str
    pages: tuple[str, ...]
    cookie: dict[str, str]


@pytest.fixture(scope="module")
def desk(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Every page there is, of things that the cast has made."""
    folder = tmp_path_factory.mktemp("desk")
    with sqlite.copy("starter") as urls:
        app = build_app(folder / "instance", urls)
        cast = gather(app)
        rows = [row for row in desk_pages() if row.endpoint not in LEADING_ON]
        pages = tuple(dict.fromkeys(row.address(Place(app, cast)) for row in rows))
        everybody = add_member(app, "semua@berau.test", *EVERY_ROLE)
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = everybody.client.get_cookie(name)
        close_app(app)
        assert cookie is not None
        with serving(environment(folder / "instance", urls), folder / "server.log") as address:
            shown = tuple(page for page in pages if not page.partition("?")[0].endswith(FILES))
            yield Desk(address, shown, {"name": name, "value": cookie.value, "url": address})


def look(page: Page, address: str, paths: Iterable[str]) -> list[str]:
    """What axe finds at both widths, what does not fit, and what does not open."""
    faults = []
    for path in paths:
        answer = page.goto(address + path)
        if not answer or answer.status != DOORS.get(path, 200):
            faults.append(f"{path} does not open")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults += faults_in(page, f"{path} at {width}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{path} is wider than {width}")
    return faults


def enter(browser: Browser, desk: Desk, **options: str) -> BrowserContext:
    """A window in which somebody with every role is signed in."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.add_cookies([desk.cookie])  # type: ignore[list-item]
    return context


def test_axe_finds_nothing_on_any_page_of_the_desk(browser: Browser, desk: Desk) -> None:
    with enter(browser, desk) as context:
        assert look(context.new_page(), desk.address, desk.pages) == []


def test_axe_finds_nothing_in_the_dark(browser: Browser, desk: Desk) -> None:
    with enter(browser, desk, color_scheme="dark") as context:
        assert look(context.new_page(), desk.address, DARK) == []


def test_axe_finds_nothing_at_the_doors(browser: Browser, desk: Desk) -> None:
    with browser.new_context() as context:
        assert look(context.new_page(), desk.address, DOORS) == []
