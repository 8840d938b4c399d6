"""The life of a statement: drafted, reviewed, scheduled, published by the worker, seen, corrected, in the ledger."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.bureau import Bureau, open_bureau
from tests.support.databases import PORTAL, ROOT, Databases

LINE, SOURCE = "berau-2025-apbd", "fokusborneo-berau-2025"
REASON = "Jumlah pekerja disesuaikan dengan berita acara."
WAIT = 40


@pytest.fixture(scope="module")
def bureau(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """An editor and a reviewer of Berau."""
    with open_bureau(sqlite, tmp_path_factory.mktemp("life"), "editor", "reviewer") as opened:
        yield opened


@contextmanager
def working(bureau: Bureau, log: Path) -> Iterator[None]:
    """The background worker, as long as the block."""
    with log.open("w") as out:
        env = {**os.environ, **bureau.env}
        worker = subprocess.Popen([PORTAL, "worker"], cwd=ROOT, env=env, stdout=out, stderr=out)
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(timeout=30)


def write_statement(page: Page) -> str:
    """Write a statement with a source and hand it in; gives the item's address."""
    page.goto(f"/meja/statements/baru?commitment_id={LINE}")
    page.select_option("#isi-stage", "disbursed")
    page.fill("#isi-workers", "4.321")
    page.fill("#cari-source_ids", "fokus borneo")
    page.locator(".find-source button").click()
    page.check(f'#source-picker input[value="{SOURCE}"]')
    page.click("text=Simpan dan ajukan untuk ditinjau")
    expect(page).to_have_url(re.compile(r"/meja/butir/\d+$"))
    return urlsplit(page.url).path


def step(page: Page, name: str, **typed: str) -> None:
    """Take one step on the item's page."""
    form = page.locator(f"form[action$='/{name}']")
    if not form.is_visible():
        page.locator(f"details:has(form[action$='/{name}']) > summary").click()
    for field, text in typed.items():
        form.locator(f"[name={field}]").fill(text)
    form.locator("button").click()
    expect(page).to_have_url(re.compile(rf"selesai={name}"))


def let_time_pass(bureau: Bureau) -> None:
    """What is scheduled is due now."""
    file = bureau.env["PORTAL_DATABASE_URL"].removeprefix("sqlite:///")
    due = (datetime.now(UTC) - timedelta(seconds=2)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(file)) as data, data:
        data.execute("UPDATE drafts SET publish_at = ? WHERE state = 'scheduled'", [due])


def wait_until_published(page: Page) -> None:
    """Look at the item's page again until it is out."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end and "Dipublikasikan" not in page.locator("main").inner_text():
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main")).to_contain_text("Dipublikasikan")


def test_a_statement_lives_from_its_draft_to_its_correction(
    browser: Browser, bureau: Bureau, tmp_path: Path
) -> None:
    editor, reviewer = (bureau.window(browser, role) for role in ("editor", "reviewer"))
    public = bureau.window(browser, None)
    item = write_statement(editor)
    expect(editor.locator("main")).to_contain_text("Sedang ditinjau")
    reviewer.goto("/meja")
    reviewer.get_by_role("link", name=re.compile("Dibayarkan · 4.321")).click()
    step(reviewer, "setujui")
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    step(reviewer, "jadwalkan", tanggal=tomorrow.strftime("%Y-%m-%d"), jam="08:00")
    expect(reviewer.locator("main")).to_contain_text(re.compile(r"akan terbit otomatis .* 08\.00 WITA", re.I))
    public.goto(f"/pendanaan/{LINE}")
    expect(public.locator("main")).not_to_contain_text("4.321")
    let_time_pass(bureau)
    with working(bureau, tmp_path / "worker.log"):
        reviewer.goto(item)
        wait_until_published(reviewer)
    public.reload()
    expect(public.locator("main")).to_contain_text("4.321")
    editor.goto(item)
    editor.locator("form[action$='/mulai'] button").click()
    editor.fill("#isi-workers", "4.300")
    editor.fill("#isi-reason", REASON)
    editor.click("text=Simpan dan ajukan untuk ditinjau")
    expect(editor).to_have_url(re.compile(r"/meja/butir/\d+$"))
    reviewer.goto(item)
    step(reviewer, "setujui")
    step(reviewer, "terbitkan")
    public.goto("/perubahan")
    for words in ("4.321", "4.300", REASON):
        expect(public.locator("main")).to_contain_text(words)
