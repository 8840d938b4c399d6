"""`make screenshots`: the pictures in README.md, taken from a portal with the starter data."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import CHROMIUM, FLAGS
from tests.support.databases import ROOT, environment, open_databases, run_portal
from tests.support.server import serving

IMAGES = ROOT / "docs/images"
# Of a portal that lives for a minute.
PASSWORD = "sebuah-kata-sandi-panjang"
LINE = "penajam-paser-utara-2025-apbd"
PHONE, DESK = (360, 740), (1280, 900)
SHOTS = (
    ("home-phone", "/", PHONE, "light"),
    ("region", "/wilayah/berau", DESK, "light"),
    ("region-dark-phone", "/wilayah/berau", PHONE, "dark"),
    ("explorer", "/pendanaan", DESK, "light"),
)


def main() -> None:
    """Write every picture to docs/images."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        databases = open_databases("sqlite", folder / "databases", "main")
        with (
            databases.copy("starter") as urls,
            serving(environment(folder / "instance", urls), folder / "server.log") as address,
        ):
            take(address)
            env = environment(folder / "instance", urls, PORTAL_BASE_URL=address)
            options = ("--region", "penajam-paser-utara", "--role", "editor", "--name", "Penyunting")
            link = run_portal("staff", "add", "penyunting@example.test", *options, env=env).stdout.strip()
            take_desk(address, link)


def take_desk(address: str, link: str) -> None:
    """Photograph the form of a statement with its checks, as an editor who has just set her password."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}, locale="id-ID")
        page.goto(link)
        for field in page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        page.locator("main form button").first.click()
        page.goto(f"{address}/meja/statements/baru")
        page.locator("[name=commitment_id]").select_option(LINE)
        page.locator("[name=stage]").select_option("budgeted")
        page.locator("[name=workers]").fill("15.000")
        page.locator("[name=months]").fill("12")
        page.locator("[name=amount_idr]").fill("3,02 miliar")
        page.locator("[name=monthly_contribution_idr]").fill("16.800")
        page.wait_for_timeout(3000)
        page.screenshot(path=IMAGES / "desk.png")
        browser.close()


def take(address: str) -> None:
    """Photograph each page with a browser window of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, path, (width, height), scheme in SHOTS:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(address + path, wait_until="networkidle")
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
