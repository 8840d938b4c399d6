"""The desk with scripts switched off: a post is written, handed in, returned, mended, approved and published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_desk_life import SOURCE, step
from tests.support.bureau import Bureau, open_bureau
from tests.support.databases import Databases

TITLE, NOTE = "Rapat koordinasi di Tanjung Redeb", "Sebutkan siapa yang hadir."


@pytest.fixture(scope="module")
def bureau(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """An editor and a reviewer of Berau."""
    with open_bureau(sqlite, tmp_path_factory.mktemp("plain"), "editor", "reviewer") as opened:
        yield opened


def write_post(page: Page) -> str:
    """Write a post in the plain text fields and hand it in; gives the item's address."""
    page.goto("/meja/news/baru")
    page.select_option("#isi-region_code", label="Kabupaten Berau")
    page.select_option("#isi-kind", "meeting")
    for name, text in (("title_id", TITLE), ("title_en", "Coordination meeting in Tanjung Redeb")):
        page.fill(f"#isi-{name}", text)
    page.fill("#isi-body_id", "## Hasil\n\nPemerintah kabupaten *mengadakan* rapat.")
    page.fill("#isi-body_en", "The regency government held a meeting.")
    page.fill("#cari-source_ids", "fokus borneo")
    page.locator(".find-source button").click()
    page.check(f'#source-picker input[value="{SOURCE}"]')
    page.click("text=Simpan dan ajukan untuk ditinjau")
    expect(page).to_have_url(re.compile(r"/meja/butir/\d+$"))
    return urlsplit(page.url).path


def test_a_post_comes_out_without_any_script(browser: Browser, bureau: Bureau) -> None:
    editor, reviewer = (
        bureau.window(browser, role, java_script_enabled=False) for role in ("editor", "reviewer")
    )
    item = write_post(editor)
    reviewer.goto(item)
    step(reviewer, "kembalikan", catatan=NOTE)
    editor.goto("/meja")
    editor.get_by_role("link", name=TITLE).click()
    expect(editor.locator("main")).to_contain_text(NOTE)
    editor.goto(f"{item}/sunting")
    editor.fill("#isi-body_id", "## Hasil\n\nBupati dan para camat hadir.")
    editor.click("text=Simpan dan ajukan untuk ditinjau")
    expect(editor).to_have_url(re.compile(r"/meja/butir/\d+$"))
    reviewer.goto(item)
    step(reviewer, "setujui")
    step(reviewer, "terbitkan")
    public = bureau.window(browser, None, java_script_enabled=False)
    public.goto("/berita")
    public.get_by_role("link", name=TITLE).first.click()
    expect(public.locator("main")).to_contain_text("Bupati dan para camat hadir.")


def test_a_comment_and_a_preview_link_need_no_script(browser: Browser, bureau: Bureau) -> None:
    editor = bureau.window(browser, "editor", java_script_enabled=False)
    editor.goto("/meja/sources/baru")
    editor.fill("#isi-publisher", "Kabar Kelay")
    editor.click("text=Simpan draf")
    editor.goto(urlsplit(editor.url).path.removesuffix("/sunting"))
    editor.fill("[name=komentar]", "Siapa yang membaca utuh?")
    editor.click("text=Tambahkan komentar")
    expect(editor.locator("main")).to_contain_text("Siapa yang membaca utuh?")
    editor.click("text=Buat tautan")
    found = re.search(r"/pratinjau/[\w-]+", editor.content())
    assert found
    private = bureau.window(browser, None, java_script_enabled=False)
    private.goto(found[0])
    expect(private.locator("body")).to_contain_text("Kabar Kelay")
