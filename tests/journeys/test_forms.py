"""An editor writes a statement with the keyboard alone; the portal checks it while it is typed, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.applications import build_app, close_app
from tests.support.axe import violations
from tests.support.databases import Databases, environment
from tests.support.server import serving
from tests.support.staff import BERAU, add_member

LINE, SOURCE = "berau-2025-apbd", "fokusborneo-berau-2025"


@dataclass(frozen=True)
class Desk:
    """The served portal and the cookie of an editor of Berau."""

    address: str
    cookie: dict[str, str]


@pytest.fixture(scope="module")
def desk(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A portal of its own with an editor of Berau, who is signed in."""
    folder = tmp_path_factory.mktemp("forms")
    with sqlite.copy("starter") as urls:
        app = build_app(folder / "instance", urls)
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = add_member(app, "editor@berau.test", ("editor", BERAU)).client.get_cookie(name)
        close_app(app)
        assert cookie is not None
        with serving(environment(folder / "instance", urls), folder / "server.log") as address:
            yield Desk(address, {"name": name, "value": cookie.value, "url": address})


def enter(browser: Browser, desk: Desk, **options: object) -> BrowserContext:
    """A window in which the editor is signed in."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.add_cookies([desk.cookie])  # type: ignore[list-item]
    return context


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement.matches(name)", selector):
            return
    raise AssertionError(f"the keyboard doesn't reach {selector}")


def type_into(page: Page, column: str, text: str) -> None:
    """Go to a field by keyboard and type."""
    tab_to(page, f"#isi-{column}")
    page.keyboard.type(text)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_statement_is_written_with_the_keyboard_alone(browser: Browser, desk: Desk, width: int) -> None:
    with enter(browser, desk, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/meja/statements/baru?commitment_id={LINE}")
        type_into(page, "stage", "Dianggarkan")
        type_into(page, "workers", "15.000")
        type_into(page, "monthly_contribution_idr", "16.800")
        type_into(page, "months", "12")
        type_into(page, "amount_idr", "Rp 3,02 miliar")
        expect(page.locator("#isi-amount_idr-note")).to_contain_text("tiga miliar dua puluh juta rupiah")
        expect(page.locator("#thinking")).to_contain_text("Rp3.024.000.000")
        tab_to(page, "#cari-source_ids")
        page.keyboard.type("fokus borneo")
        page.keyboard.press("Enter")
        box = f'#source-picker input[value="{SOURCE}"]'
        expect(page.locator("#source-picker")).not_to_contain_text("Kaltim Today")
        tab_to(page, box)
        page.keyboard.press("Space")
        expect(page.locator("#thinking")).to_contain_text("Tidak ada yang kurang")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert [one["id"] for one in violations(page) if one["id"] != "region"] == []
        tab_to(page, 'button[value="ajukan"]')
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/meja/butir/\d+$"))


def test_without_scripts_the_check_button_says_the_same(browser: Browser, desk: Desk) -> None:
    with enter(browser, desk, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/en/meja/statements/baru?commitment_id={LINE}")
        page.select_option("#isi-stage", "budgeted")
        page.fill("#isi-workers", "15.000")
        page.fill("#isi-amount_idr", "3.024.000.000")
        page.click("text=Check without saving")
        expect(page.locator("#isi-workers-error")).to_contain_text("can be read as")
        expect(page.locator("#isi-workers")).to_have_value("15.000")
        expect(page.locator("#isi-amount_idr-note")).to_contain_text(
            "three billion twenty-four million rupiah"
        )
        page.fill("#isi-workers", "15,000")
        page.click("text=Save and hand in for review")
        expect(page.locator("#error-summary")).to_contain_text("A figure needs a source")
        page.click("#error-summary a")
        page.fill("#cari-source_ids", "fokus borneo")
        page.locator(".find-source button").click()
        page.check(f'input[value="{SOURCE}"]')
        page.click("text=Save and hand in for review")
        expect(page).to_have_url(re.compile(r"/en/meja/butir/\d+$"))
