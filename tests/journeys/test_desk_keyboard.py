"""The desk by keyboard alone: the way in, the order of what can be reached, a visible focus, steps and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_forms import tab_to
from tests.support.bureau import Bureau, open_bureau
from tests.support.databases import Databases

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { name: at.tagName, seen, top: box.top, bottom: box.bottom, height: innerHeight };
}"""
STOPS = 25


@pytest.fixture(scope="module")
def bureau(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """An editor and a reviewer of Berau."""
    with open_bureau(sqlite, tmp_path_factory.mktemp("keys"), "editor", "reviewer") as opened:
        yield opened


def press_to(page: Page, selector: str) -> None:
    """Go to something by Tab and press Enter."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/meja", "/meja/sources/baru"])
def test_whatever_has_the_focus_shows_it_and_is_on_the_screen(
    browser: Browser, bureau: Bureau, path: str, width: int
) -> None:
    page = bureau.window(browser, "editor", viewport={"width": width, "height": 740})
    page.goto(path)
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at["name"] == "BODY":
            break
        assert at["seen"], f"no outline: {page.evaluate('document.activeElement.outerHTML')[:200]}"
        assert at["bottom"] > 0, "the focus is above the screen"
        assert at["top"] < at["height"], "the focus is below the screen"


def test_the_first_stop_leads_past_the_menu(browser: Browser, bureau: Bureau) -> None:
    page = bureau.window(browser, "editor")
    page.goto("/meja")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_a_source_is_written_approved_and_discarded_with_keys_alone(browser: Browser, bureau: Bureau) -> None:
    editor, reviewer = (bureau.window(browser, role) for role in ("editor", "reviewer"))
    editor.goto("/meja/sources/baru")
    for name, text in (("publisher", "Kabar Segah"), ("kind", "Pers"), ("read_as", "Dibaca utuh")):
        tab_to(editor, f"#isi-{name}")
        editor.keyboard.type(text)
    press_to(editor, 'button[value="ajukan"]')
    expect(editor).to_have_url(re.compile(r"/meja/butir/\d+$"))
    reviewer.goto("/meja")
    press_to(reviewer, "main .rows a")
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("Kabar Segah")
    press_to(reviewer, "details:has(form[action$='/kembalikan']) > summary")
    press_to(reviewer, "form[action$='/kembalikan'] button")
    expect(reviewer.locator("#error-summary")).to_be_focused()
    press_to(reviewer, "#error-summary a")
    reviewer.keyboard.type("Tanggalnya belum ada.")
    press_to(reviewer, "form[action$='/kembalikan'] button")
    expect(reviewer).to_have_url(re.compile("selesai=kembalikan"))
    editor.reload()
    press_to(editor, "main a[href$='/buang']")
    expect(editor).to_have_url(re.compile(r"/buang$"))
    press_to(editor, "main form a")
    expect(editor.get_by_role("heading", level=1)).to_have_text("Kabar Segah")
