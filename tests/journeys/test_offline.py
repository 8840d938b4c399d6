"""Pages already seen can be read without a connection; the check is never kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


def test_a_page_already_seen_can_be_read_offline_with_its_style(visit: Callable[..., BrowserContext]) -> None:
    context = visit()
    page = context.new_page()
    page.goto("/berita")
    page.wait_for_function(READY)
    page.goto("/berita")
    heading = page.locator("h1").inner_text()
    context.set_offline(True)
    page.goto("/berita")
    assert page.locator("h1").inner_text() == heading
    assert page.locator(".top").evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_the_check_is_not_kept_on_the_telephone(visit: Callable[..., BrowserContext]) -> None:
    context = visit()
    page = context.new_page()
    page.goto("/cek")
    page.wait_for_function(READY)
    page.goto("/cek")
    context.set_offline(True)
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto("/cek")
