"""`make screenshots`: the pictures in README.md, taken from a portal with the starter data."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import CHROMIUM, FLAGS
from tests.support.databases import ROOT, environment, open_databases
from tests.support.server import serving

IMAGES = ROOT / "docs/images"
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
