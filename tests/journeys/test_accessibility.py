"""axe finds nothing on any kind of page, in both languages and both colour schemes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from tests.support.addresses import LANGUAGES, MISSING, PUBLIC, in_language

Scheme = Literal["light", "dark"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults_in(path: str, results: dict[str, Any]) -> list[str]:
    """Each violation as a line."""
    return [
        f"{path}: {fault['id']}: {node['target']} {node['failureSummary'][:200]}"
        for fault in results["violations"]
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(
    visit: Callable[..., BrowserContext], language: str, scheme: Scheme
) -> None:
    page = visit(color_scheme=scheme, viewport={"width": 360, "height": 740}).new_page()
    axe, faults = Axe(), []
    for path in (*PUBLIC, MISSING):
        address = in_language(language, path)
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status == 404) == (path == MISSING), address
        faults += faults_in(address, axe.run(page, options=RULES).response)
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
