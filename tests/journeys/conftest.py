"""A real server with the starter data and a synthetic list, and Chromium in front of it."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.support.applications import build_app, close_app
from tests.support.browser import CHROMIUM, FLAGS
from tests.support.databases import Databases, environment, open_databases, run_portal
from tests.support.server import serving

# A busy machine is no fault of a page's.
expect.set_options(timeout=20_000)

# What the synthetic list of these tests is: any programme and payer of the starter data will do.
LIST = (
    "--program",
    "berau-pekerja-rentan",
    "--funding",
    "apbd_regency",
    "--from",
    "2025-01",
    "--to",
    "2025-12",
)


@dataclass(frozen=True)
class Person:
    """Somebody on the synthetic list; no real person."""

    nik: str
    name: str


@dataclass(frozen=True)
class Portal:
    """The running portal and somebody who is on its list."""

    address: str
    covered: Person


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m "not journey"` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite alone: what a browser sees is the same on both, and each look takes long."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    return open_databases("sqlite", (base.parent if worker else base) / "databases", worker + "-journeys")


@pytest.fixture(scope="session")
def sqlite_site(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal with the starter data, asked without a server."""
    with sqlite.copy("starter") as urls:
        app = build_app(tmp_path_factory.mktemp("site"), urls)
        yield app
        close_app(app)


@pytest.fixture(scope="session")
def portal(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal, served by the production server from SQLite files."""
    folder = tmp_path_factory.mktemp("journeys")
    with sqlite.copy("starter") as urls:
        env = environment(folder / "instance", urls)
        covered = publish_list(folder, env)
        with serving(env, folder / "server.log") as address:
            yield Portal(address, covered)


def publish_list(folder: Path, env: dict[str, str]) -> Person:
    """Publish a list of made-up people; gives the first of them."""
    file = folder / "list.csv"
    run_portal("registry", "sample", "--rows", "50", "--out", str(file), env=env)
    run_portal("registry", "import", str(file), *LIST, "--publish", env=env)
    with file.open(newline="", encoding="utf-8-sig") as lines:
        # A line that says the people are made up stands above the header.
        rows = [row for row in csv.reader(lines) if len(row) > 1]
        first = dict(zip((name.strip().lower() for name in rows[0]), rows[1], strict=True))
        return Person(first["nik"], first["nama lengkap"])


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, quiet on the network."""
    return {"executable_path": CHROMIUM, "headless": True, "args": FLAGS}


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def visit(browser: Browser, portal: Portal) -> Iterator[NewContext]:
    """Open a visitor's browser window at the portal; options as of Playwright's new_context.

    Any request that leaves the portal's own address is refused and fails the test, as does an error in the console.
    """
    contexts, faults = [], []

    def stay_here(route: Route) -> None:
        if route.request.url.startswith((portal.address, "data:", "blob:")):
            route.continue_()
        else:
            faults.append(f"asked for {route.request.url}")
            route.abort()

    def open_window(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=portal.address, **options)
        context.set_default_timeout(30_000)
        context.route("**/*", stay_here)
        context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
        contexts.append(context)
        return context

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []
