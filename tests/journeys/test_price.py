"""Beyond the free checks: the visitor's device pays and the answer comes by itself; without JavaScript a minute does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.conftest import Portal, publish_list
from tests.support.axe import faults_in
from tests.support.databases import Databases, environment
from tests.support.server import serving

FREE = 1
NUMBERS = count(1)
Visit = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def dear_portal(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with one free check for an address, and proofs that take a moment."""
    folder = tmp_path_factory.mktemp("price")
    with sqlite.copy("starter") as urls:
        # Behind a proxy, so that each test has an address of its own.
        settings = {
            "PORTAL_CHECK_ALLOWANCE": str(FREE),
            "PORTAL_TRUSTED_PROXIES": "1",
            "PORTAL_CHECK_PRICE": "4000",
        }
        env = environment(folder / "instance", urls, **settings)
        covered = publish_list(folder, env)
        with serving(env, folder / "server.log") as address:
            yield Portal(address, covered)


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained about: the content policy, scripts, requests to elsewhere."""
    return []


@pytest.fixture
def visit_dear(browser: Browser, dear_portal: Portal, faults: list[str]) -> Iterator[Visit]:
    """Open a visitor's window from an address of the test's own."""
    contexts = []
    address = f"198.51.100.{next(NUMBERS)}"

    def stay_here(route: Route) -> None:
        if not route.request.url.startswith(dear_portal.address):
            faults.append(f"asked for {route.request.url}")
        route.continue_()

    def open_window(**options: Any) -> BrowserContext:
        options.setdefault("extra_http_headers", {"X-Forwarded-For": address})
        context = browser.new_context(base_url=dear_portal.address, **options)
        context.set_default_timeout(30_000)
        context.route("**/*", stay_here)
        context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
        context.on("console", lambda told: _note(faults, told.text))
        contexts.append(context)
        return context

    yield open_window
    for context in contexts:
        context.close()


def _note(faults: list[str], text: str) -> None:
    if "Content Security Policy" in text or "Refused to" in text:
        faults.append(text)


def check(page: Page, portal: Portal) -> None:
    """Ask for the person on the list."""
    page.locator("main input[name=nik]").fill(portal.covered.nik)
    page.locator("main input[name=nama]").fill(portal.covered.name)
    page.locator("main .check-form button").click()


def use_up(page: Page, portal: Portal) -> None:
    """Make all free checks and come back to the form."""
    for _turn in range(FREE):
        page.goto("/cek")
        check(page, portal)
        expect(page.locator("main")).to_contain_text("Berau")
    page.goto("/cek")


def test_the_device_pays_and_the_answer_comes_by_itself(
    visit_dear: Visit, dear_portal: Portal, faults: list[str]
) -> None:
    page = visit_dear().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    use_up(page, dear_portal)
    assert not any("altcha" in address for address in asked)
    loads: list[Any] = []
    page.on("load", lambda loaded: loads.append(loaded))
    check(page, dear_portal)
    status = page.locator("proof-of-work [role=status]")
    expect(status).to_contain_text("menghitung")
    expect(page.locator("proof-of-work progress")).to_be_visible()
    expect(page.locator("[data-slow]")).to_be_hidden()
    assert page.locator("main input[name=nik]").input_value() == dear_portal.covered.nik
    expect(page.locator("#answer")).to_contain_text("Ditemukan", timeout=60_000)
    assert loads == []
    assert dear_portal.covered.nik not in "".join(asked)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert dear_portal.covered.nik not in kept
    assert faults == []


def test_form_answer_and_price_leave_the_console_clean_when_something_styled_their_fields(
    visit_dear: Visit, dear_portal: Portal, faults: list[str]
) -> None:
    page = visit_dear().new_page()
    page.goto("/cek")
    check(page, dear_portal)
    expect(page.locator("#answer")).to_contain_text("Ditemukan")
    # As password managers and screenshots do; carried over to a new field it would be inline style.
    page.evaluate(
        "for (const field of document.querySelectorAll('input')) { field.style.width = '9px'; field.style.width = '' }"
    )
    check(page, dear_portal)
    expect(page.locator("proof-of-work")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("Ditemukan", timeout=60_000)
    assert faults == []


def test_a_press_of_the_button_meanwhile_loses_nothing(
    visit_dear: Visit, dear_portal: Portal, faults: list[str]
) -> None:
    page = visit_dear(locale="en", reduced_motion="reduce").new_page()
    use_up(page, dear_portal)
    page.goto("/en/cek")
    check(page, dear_portal)
    expect(page.locator("proof-of-work [role=status]")).to_contain_text("working it out")
    page.keyboard.press("Tab")
    page.locator("main .check-form button").press("Enter")
    expect(page.locator("#answer")).to_contain_text("Found", timeout=60_000)
    assert faults == []


def test_a_second_check_in_the_same_page_is_paid_for_too(
    visit_dear: Visit, dear_portal: Portal, faults: list[str]
) -> None:
    page = visit_dear().new_page()
    use_up(page, dear_portal)
    for _turn in range(2):
        check(page, dear_portal)
        expect(page.locator("proof-of-work")).to_be_visible()
        expect(page.locator("#answer")).to_contain_text("Ditemukan", timeout=60_000)
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_price_while_the_device_works_and_where_it_cannot(
    visit_dear: Visit, dear_portal: Portal, scheme: Any
) -> None:
    context = visit_dear(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page = context.new_page()
    use_up(page, dear_portal)
    context.route("**/vendor/altcha/worker.js", lambda route: None)
    check(page, dear_portal)
    expect(page.locator("proof-of-work progress")).to_be_in_viewport(ratio=1)
    found = faults_in(page, "working")
    context.unroute("**/vendor/altcha/worker.js")
    context.route("**/vendor/altcha/*.js", lambda route: route.abort())
    page.goto("/cek")
    check(page, dear_portal)
    expect(page.locator("[data-slow]")).to_be_visible()
    found += faults_in(page, "waiting")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_worker_that_cannot_start_leads_to_the_slower_way(visit_dear: Visit, dear_portal: Portal) -> None:
    context = visit_dear()
    page = context.new_page()
    use_up(page, dear_portal)
    context.route("**/vendor/altcha/worker.js", lambda route: route.abort())
    check(page, dear_portal)
    expect(page.locator("proof-of-work [role=status]")).to_contain_text("lebih lambat")
    expect(page.locator("[data-slow]")).to_be_visible()


def test_without_javascript_a_minute_of_waiting_brings_the_answer(
    visit_dear: Visit, dear_portal: Portal, faults: list[str]
) -> None:
    page = visit_dear(java_script_enabled=False).new_page()
    use_up(page, dear_portal)
    check(page, dear_portal)
    told = re.search(r"(\d+) detik", page.locator("[data-slow]").inner_text())
    assert told
    assert page.locator("main input[name=nik]").input_value() == dear_portal.covered.nik
    page.wait_for_timeout(int(told[1]) * 1000 + 1000)
    page.locator("main .check-form button").click()
    expect(page.locator("#answer")).to_contain_text("Ditemukan")
    assert dear_portal.covered.nik not in page.url
    assert faults == []
