"""Saving in the background in a browser: quiet, without a network, after a crash, against somebody else's save."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.applications import build_app, close_app
from tests.support.databases import Databases
from tests.support.editing import Desk, serving_form
from tests.support.staff import gather

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('portal:typed:')).length"


@pytest.fixture(scope="module")
def desk(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The form, in a portal without data."""
    with sqlite.copy("areas") as urls:
        app: Flask = build_app(tmp_path_factory.mktemp("autosave"), urls)
        with serving_form(app, gather(app)) as form:
            yield form
        close_app(app)


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """A browser of the Berau editor; the form begins with a text."""
    desk.show("Semula", title="Judul")
    context = browser.new_context(base_url=desk.address)
    context.set_default_timeout(30_000)
    name, value = desk.cookie
    context.add_cookies([{"name": name, "value": value, "url": desk.address}])
    yield context
    # A last save on the way out would arrive in the next test.
    for page in context.pages:
        lose(page)
    context.close()


def open_form(window: BrowserContext) -> Page:
    """The form with its editor."""
    page = window.new_page()
    page.goto("/uji")
    expect(page.locator(".editor-text")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    """Type at the end of the text."""
    page.locator(".editor-text").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def said(page: Page, words: str) -> None:
    """Wait until the form's status says so."""
    expect(page.locator(".autosave [role=status]")).to_contain_text(words)


def lose(page: Page) -> None:
    """Close the page while nothing reaches the server: the browser's own offline mode lets last requests through."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.close()


def test_what_is_typed_is_saved_after_a_pause_and_not_kept_any_longer(
    window: BrowserContext, desk: Desk
) -> None:
    page = open_form(window)
    write(page, " satu")
    assert page.evaluate(KEPT) == 1
    assert desk.saves == []
    said(page, "Tersimpan pukul 10.42 WITA")
    assert desk.cells == {"title": "Judul", "body_id": "Semula satu"}
    assert page.evaluate(KEPT) == 0
    write(page, " dua")
    expect(page.locator("form[data-autosave]")).to_have_attribute("data-version", "3")
    assert [save["version"] for save in desk.saves] == ["1", "2"]
    assert "csrf_token" in desk.saves[0]
    expect(page.locator("input[name=version]")).to_have_value("3")


def test_a_form_that_nobody_changed_is_not_saved(window: BrowserContext, desk: Desk) -> None:
    page = open_form(window)
    page.locator(".editor-text").click()
    page.wait_for_timeout(3500)
    page.goto("about:blank")
    assert desk.saves == []


def test_without_a_network_the_text_is_kept_and_saved_when_it_returns(
    window: BrowserContext, desk: Desk
) -> None:
    page = open_form(window)
    window.set_offline(True)
    write(page, " tanpa jaringan")
    said(page, "Tidak ada jaringan")
    assert desk.saves == []
    assert page.evaluate(KEPT) == 1
    window.set_offline(False)
    said(page, "Tersimpan")
    assert desk.cells["body_id"] == "Semula tanpa jaringan"
    assert page.evaluate(KEPT) == 0


def test_after_a_crash_without_a_network_the_text_is_offered_and_restored(
    window: BrowserContext, desk: Desk
) -> None:
    page = open_form(window)
    window.set_offline(True)
    page.get_by_label("Judul", exact=True).first.fill("Judul baru")
    write(page, " **hilang?**")
    lose(page)
    window.set_offline(False)
    page = open_form(window)
    offer = page.locator(".autosave-offer")
    expect(offer).to_contain_text("Pulihkan yang Anda ketik pukul")
    expect(page.locator(".editor-text")).to_have_text("Semula")
    offer.get_by_role("button", name="Pulihkan").click()
    expect(page.locator(".editor-text")).to_have_text("Semula hilang?")
    said(page, "Tersimpan")
    assert desk.cells["title"] == "Judul baru"
    assert desk.cells["body_id"] == "Semula **hilang?**"
    assert page.evaluate(KEPT) == 0


def test_what_is_offered_can_be_thrown_away(window: BrowserContext, desk: Desk) -> None:
    page = open_form(window)
    window.set_offline(True)
    write(page, " salah")
    lose(page)
    window.set_offline(False)
    page = open_form(window)
    page.locator(".autosave-offer").get_by_role("button", name="Buang saja").click()
    assert page.evaluate(KEPT) == 0
    page.reload()
    expect(page.locator(".editor-text")).to_be_visible()
    expect(page.locator(".autosave-offer")).to_have_count(0)
    assert desk.saves == []


def test_leaving_the_page_saves_at_once(window: BrowserContext, desk: Desk) -> None:
    page = open_form(window)
    write(page, " pergi")
    page.goto("/uji?lain")
    for _ in range(150):
        if desk.saves:
            break
        page.wait_for_timeout(100)
    page.goto("/uji")
    expect(page.locator(".editor-text")).to_have_text("Semula pergi")
    expect(page.locator(".autosave-offer")).to_have_count(0)
    assert page.evaluate(KEPT) == 0


def test_the_ordinary_save_is_not_crossed_by_one_in_the_background(
    window: BrowserContext, desk: Desk
) -> None:
    page = open_form(window)
    write(page, " tombol")
    page.click("#save")
    expect(page.locator("input[name=version]")).to_have_value("2")
    expect(page.locator(".autosave-offer")).to_have_count(0)
    assert len(desk.saves) == 1
    assert page.evaluate(KEPT) == 0


def test_a_save_against_somebody_elses_shows_the_way_and_keeps_the_text(
    window: BrowserContext, desk: Desk
) -> None:
    page = open_form(window)
    desk.version = 7
    write(page, " milik saya")
    said(page, "Orang lain sudah menyimpan")
    link = page.get_by_role("link", name="Lihat kedua versi")
    expect(link).to_have_attribute("href", "/uji?bandingkan")
    assert page.evaluate(KEPT) == 1
    write(page, " lagi")
    page.wait_for_timeout(3500)
    assert len(desk.saves) == 1
    assert desk.cells["body_id"] == "Semula"


@pytest.mark.parametrize(
    ("status", "words"), [(401, "sudah keluar"), (422, "simpan dengan tombol"), (500, "otomatis")]
)
def test_a_refused_save_says_what_to_do_and_keeps_the_text(
    window: BrowserContext, desk: Desk, status: int, words: str
) -> None:
    page = open_form(window)
    page.route("**/simpan-otomatis", lambda route: route.fulfill(status=status, body="<p>x</p>"))
    write(page, " ditolak")
    said(page, words)
    assert page.evaluate(KEPT) == 1
    assert desk.saves == []


def test_signing_out_leaves_nothing_on_the_device(window: BrowserContext, desk: Desk) -> None:
    page = open_form(window)
    window.set_offline(True)
    write(page, " rahasia")
    assert page.evaluate(KEPT) == 1
    window.set_offline(False)
    page.click("#leave")
    page.wait_for_url("**/meja/keluar")
    assert page.evaluate(KEPT) == 0
