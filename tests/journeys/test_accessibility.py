"""axe finds nothing on any kind of page, in both languages and both colour schemes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext

from tests.support.addresses import LANGUAGES, MISSING, PUBLIC, in_language
from tests.support.axe import faults_in

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(visit: Callable[..., BrowserContext], language: str) -> None:
    # Without movement the colours of a scheme are there at once.
    page = visit(viewport={"width": 360, "height": 740}, reduced_motion="reduce").new_page()
    faults: list[str] = []
    for path in (*PUBLIC, MISSING):
        address = in_language(language, path)
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status == 404) == (path == MISSING), address
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            faults += faults_in(page, f"{address}, {scheme}")
    assert faults == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_needs_to_be_scrolled_sideways(
    visit: Callable[..., BrowserContext], language: str, width: int
) -> None:
    page = visit(viewport={"width": width, "height": 800}).new_page()
    wide = {}
    for path in (*PUBLIC, MISSING):
        page.goto(in_language(language, path))
        content = page.evaluate("document.documentElement.scrollWidth")
        if content > width:
            wide[path] = content
    assert wide == {}
