"""A registrar brings a list in a browser, with and without scripts; the worker is killed in the middle and goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.registry.samples import sample_person
from tests.registry.people import BERAU, HEADER
from tests.support.applications import build_app, close_app
from tests.support.axe import violations
from tests.support.databases import PORTAL, ROOT, Databases, environment
from tests.support.server import serving
from tests.support.staff import add_member

ROWS = 100_000
SECONDS = 90


@dataclass(frozen=True)
class Office:
    """The served portal, the settings of its worker, and the registrar's cookie."""

    address: str
    env: dict[str, str]
    folder: Path
    cookie: dict[str, str]


@pytest.fixture(scope="module")
def office(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A portal of its own with a registrar of Berau, who is signed in."""
    folder = tmp_path_factory.mktemp("office")
    with sqlite.copy("starter") as urls:
        env = environment(folder / "instance", urls)
        app = build_app(folder / "instance", urls)
        client = add_member(app, "registrar@berau.test", ("registrar", "64.03")).client
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        close_app(app)
        assert cookie is not None
        with serving(env, folder / "server.log") as address:
            yield Office(address, env, folder, {"name": name, "value": cookie.value, "url": address})


@pytest.fixture
def worker(office: Office) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start the background worker; those still running are stopped at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        log = (office.folder / f"worker-{len(started)}.log").open("w")
        env = {**os.environ, **office.env}
        started.append(subprocess.Popen([PORTAL, "worker"], cwd=ROOT, env=env, stdout=log, stderr=log))
        log.close()
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=30)


def open_page(browser: Browser, office: Office, **options: object) -> Page:
    """The registrar's browser window at the first step."""
    context = browser.new_context(base_url=office.address, **options)
    context.set_default_timeout(30_000)
    context.add_cookies([office.cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/meja/daftar/baru")
    return page


def fill(page: Page, file: Path, year: int) -> None:
    page.select_option("#program", BERAU)
    page.select_option("#pembayar", "apbd_regency")
    page.fill("#mulai", f"{year}-01")
    page.fill("#sampai", f"{year}-12")
    page.set_input_files("#berkas", file)


def write_list(path: Path, rows: int) -> Path:
    people = (sample_person("64.03", row) for row in range(rows))
    lines = (f"1,{person.nik},{person.name},,,Petani" for person in people)
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def assert_accessible(page: Page) -> None:
    # The frame around it has tests of its own.
    assert violations(page, "main") == []


def wait_until(check: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not check():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def is_reading(process: subprocess.Popen[bytes]) -> bool:
    """Whether the worker has a file of the spool open."""
    try:
        links = [os.readlink(link) for link in Path(f"/proc/{process.pid}/fd").iterdir()]
    except OSError:
        return False
    return any("/spool/" in link for link in links)


def registry(office: Office, query: str) -> list[tuple[object, ...]]:
    path = office.env["PORTAL_REGISTRY_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


def end_lease(office: Office) -> None:
    """A worker that died holds its job for a minute; the test does not wait so long."""
    path = office.env["PORTAL_DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE jobs SET lease_until = '2026-01-01 00:00:00' WHERE state = 'running'")


def test_a_list_is_brought_read_and_published_through_a_killed_worker(
    browser: Browser, office: Office, worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    page = open_page(browser, office)
    assert_accessible(page)
    fill(page, write_list(tmp_path / "daftar.csv", ROWS), 2026)
    page.get_by_role("button", name="Kirim berkas").click()
    page.wait_for_url("**/unggahan/*")
    assert_accessible(page)
    page.get_by_role("button", name="Kolom sudah benar").click()
    expect(page.locator("#list-progress")).to_contain_text("menunggu gilirannya")
    assert_accessible(page)
    first = worker()
    wait_until(lambda: is_reading(first))
    time.sleep(0.5)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert registry(office, "SELECT count(*) FROM enrolment_lists") == [(0,)]
    assert registry(office, "SELECT state FROM list_uploads") == [("reading",)]
    end_lease(office)
    worker()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan berkas", timeout=SECONDS * 1000)
    expect(page.locator(".list-counts")).to_contain_text("100.000")
    assert_accessible(page)
    page.get_by_role("link", name="Lanjut ke penerbitan").click()
    assert_accessible(page)
    page.check("#yakin")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.locator("main")).to_contain_text("Diterbitkan oleh")
    assert registry(office, "SELECT state, people FROM enrolment_lists") == [("published", ROWS)]
    assert list((office.folder / "instance" / "spool").iterdir()) == []
    page.context.close()


def test_the_wizard_works_without_scripts(
    browser: Browser, office: Office, worker: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    page = open_page(browser, office, java_script_enabled=False, viewport={"width": 320, "height": 640})
    worker()
    page.get_by_role("button", name="Kirim berkas").click()
    expect(page.get_by_role("alert")).to_contain_text("Pilih berkas")
    fill(page, write_list(tmp_path / "kecil.csv", 30), 2024)
    page.get_by_role("button", name="Kirim berkas").click()
    page.get_by_role("button", name="Kolom sudah benar").click()
    for _look in range(60):
        if page.locator("h1").inner_text() == "Laporan berkas":
            break
        time.sleep(0.5)
        page.get_by_role("link", name="Lihat sudah sampai mana").click()
    expect(page.locator(".list-counts")).to_contain_text("30")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_a_wrong_file_is_told_before_it_is_sent(browser: Browser, office: Office, tmp_path: Path) -> None:
    page = open_page(browser, office)
    picture = tmp_path / "daftar.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    fill(page, picture, 2026)
    page.get_by_role("button", name="Kirim berkas").click()
    expect(page.get_by_role("status")).to_contain_text("bukan lembar kerja")
    assert page.url.endswith("/meja/daftar/baru")
    page.context.close()
