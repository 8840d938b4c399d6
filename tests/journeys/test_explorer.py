"""The funding explorer in a browser: each step changes the list, the address and the link to the other language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Visit = Callable[..., BrowserContext]


@pytest.fixture
def page(visit: Visit) -> Page:
    """The explorer, opened."""
    window = visit().new_page()
    window.goto("/pendanaan")
    return window


def test_typing_filters_the_list_without_leaving_the_field(page: Page) -> None:
    page.locator("#q").press_sequentially("baznas", delay=20)
    expect(page).to_have_url(re.compile(r"/pendanaan\?q=baznas$"))
    expect(page.locator("#lines tbody")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()


def test_a_heading_sorts_keeps_the_filter_and_stays_focused(page: Page) -> None:
    page.locator("select[name=wilayah]").select_option("berau")
    expect(page).to_have_url(re.compile(r"\?wilayah=berau$"))
    page.locator("#order-pekerja").click()
    expect(page).to_have_url(re.compile(r"\?wilayah=berau&urut=pekerja$"))
    expect(page.locator("#order-pekerja")).to_be_focused()
    expect(page.locator("#urut")).to_have_value("pekerja")
    expect(page.locator("#lines tbody").first).to_contain_text("30.000")


def test_the_back_button_brings_the_former_list_and_form(page: Page) -> None:
    page.locator("select[name=tahun]").select_option("2025")
    expect(page).to_have_url(re.compile(r"tahun=2025$"))
    page.locator("select[name=tahap]").select_option("planned")
    expect(page).to_have_url(re.compile(r"tahun=2025&tahap=planned$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?tahun=2025$"))
    expect(page.locator("select[name=tahap]")).to_have_value("")
    expect(page.locator("select[name=tahun]")).to_have_value("2025")


def test_the_next_page_begins_at_its_top_and_the_language_link_follows(page: Page) -> None:
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"\?hal=2$"))
    expect(page.locator("#explorer-status")).to_be_in_viewport()
    expect(page.locator("#language-link")).to_have_attribute("href", "/en/pendanaan?hal=2")
