"""Searching in a browser: results without a new page, and the same without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

Visit = Callable[..., BrowserContext]


def test_results_arrive_without_a_new_page_and_the_address_keeps_them(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/cari")
    loads: list[Any] = []
    page.on("load", lambda loaded: loads.append(loaded))
    page.locator("#q").fill("sawit")
    page.locator("#q").press("Enter")
    expect(page.locator("#search-results h2")).to_contain_text("hasil")
    assert page.url.endswith("/cari?q=sawit")
    assert loads == []
    expect(page.locator("#language-link")).to_have_attribute("href", "/en/cari?q=sawit")
    page.reload()
    expect(page.locator("#search-results h2")).to_contain_text("hasil")


def test_a_misspelled_name_leads_to_the_region_in_two_steps(visit: Visit) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto("/en/cari?q=bengkayeng")
    page.get_by_role("link", name="bengkayang").click()
    page.get_by_role("link", name="Kabupaten Bengkayang").first.click()
    expect(page.locator("h1")).to_contain_text("Bengkayang")
