"""What a visitor does in a browser, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Portal

Visit = Callable[..., BrowserContext]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])


def _check(page: Page, nik: str, name: str) -> None:
    page.goto("/cek")
    page.locator("main input[name=nik]").fill(nik)
    page.locator("main input[name=nama]").fill(name)
    page.locator("main form[method=post] button, main form[method=POST] button").first.click()


@SCRIPTS
def test_a_covered_worker_is_told_who_pays_and_how_to_claim(
    visit: Visit, portal: Portal, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts).new_page()
    _check(page, portal.covered.nik, portal.covered.name)
    expect(page.locator("main")).to_contain_text("JKK")
    expect(page.locator("main")).to_contain_text("Berau")
    assert portal.covered.nik not in page.url


@SCRIPTS
def test_somebody_not_on_a_list_is_told_whom_to_ask_and_never_refused(visit: Visit, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts).new_page()
    _check(page, "6403011507850001", "Nama Lain")
    expect(page.locator("main")).to_contain_text(
        re.compile("belum menemukan|tidak ditemukan|belum ditemukan", re.I)
    )
    assert "tidak berhak" not in page.content().lower()


def test_choosing_a_region_filters_the_commitments_without_leaving_the_page(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/pendanaan")
    loads: list[Any] = []
    page.on("load", lambda loaded: loads.append(loaded))
    page.locator("select[name=wilayah]").select_option("berau")
    page.locator("main form").first.locator("button").first.click()
    page.wait_for_url(re.compile("wilayah=berau"))
    links = page.locator("main a[href*='/pendanaan/']")
    expect(links.first).to_have_attribute("href", re.compile("berau"))
    assert loads == []


def test_choosing_a_region_filters_the_commitments_without_javascript(visit: Visit) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto("/pendanaan")
    page.locator("select[name=wilayah]").select_option("berau")
    page.locator("main form").first.locator("button").first.click()
    page.wait_for_url(re.compile("wilayah=berau"))
    links = page.locator("main a[href*='/pendanaan/']")
    assert links.count() > 0
    assert all("berau" in (link.get_attribute("href") or "") for link in links.all())


def test_the_language_switch_leads_to_the_same_page_and_back(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/wilayah/berau")
    page.locator("a[hreflang=en]").first.click()
    expect(page).to_have_url(re.compile("/en/wilayah/berau$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("a[hreflang=id]").first.click()
    expect(page).to_have_url(re.compile("(?<!/en)/wilayah/berau$"))


def test_a_region_can_be_taken_home_as_a_pdf(visit: Visit, portal: Portal) -> None:
    page = visit(accept_downloads=True).new_page()
    page.goto("/wilayah/berau")
    address = page.locator("a[href*='/unduh/wilayah/berau.pdf']").first.get_attribute("href") or ""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
