"""Fixtures for every test folder.

A test that only reads asks for `get_page` or `site`: one application per run and database, with the starter data.
A test that writes asks for `app` or `client` and has databases of its own: migrated, with areas and rules; with
the starter data too when it also asks for `content`; without anything when marked `@pytest.mark.blank`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import werkzeug.test
from flask import Flask
from flask.testing import FlaskClient

from portal.core.i18n import use_language
from tests.support.applications import build_app, close_app
from tests.support.databases import POSTGRES, Databases, Urls, backend_names, open_databases
from tests.support.pages import Page, check_page
from tests.support.staff import cast as cast

GetPage = Callable[..., Page]

# Uploads of the test client are made in memory: its temporary files are closed by nobody.
werkzeug.test.stream_encode_multipart = partial(werkzeug.test.stream_encode_multipart, use_tempfile=False)


def pytest_report_header() -> str:
    """Say which databases this run covers."""
    missing = (
        "" if os.environ.get(POSTGRES) else f" only; set {POSTGRES} (make test does) to cover PostgreSQL too"
    )
    return f"databases: {', '.join(backend_names())}{missing}"


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Each test begins in Indonesian, whatever page the one before it asked for."""
    with use_language("id"):
        yield


@pytest.fixture(scope="session", params=backend_names())
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """The databases of one backend; everything that uses this runs once per backend."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / "databases"
    return open_databases(request.param, folder, worker or "main")


@pytest.fixture(scope="session")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal with the starter data, shared by all tests that only read."""
    with databases.copy("starter") as urls:
        app = build_app(tmp_path_factory.mktemp("instance"), urls)
        yield app
        close_app(app)


@pytest.fixture
def urls(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Urls]:
    """Databases for this test alone."""
    stage = "starter" if "content" in request.fixturenames else "areas"
    if request.node.get_closest_marker("blank"):
        stage = "blank"
    with databases.copy(stage) as addresses:
        yield addresses


@pytest.fixture
def app(urls: Urls, tmp_path: Path) -> Iterator[Flask]:
    """An application on databases of its own, which a test may write to."""
    app = build_app(tmp_path / "instance", urls)
    yield app
    close_app(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor of `app`."""
    return app.test_client()


@pytest.fixture
def content(app: Flask) -> Flask:
    """`app` with the starter data loaded."""
    return app


@pytest.fixture
def app_context(app: Flask) -> Iterator[Flask]:
    """`app` with its context pushed, for tests that call queries and services directly."""
    with app.app_context():
        yield app


@pytest.fixture
def get_page(request: pytest.FixtureRequest, databases: Databases) -> GetPage:
    """Fetch an address, check the page (see tests/support/pages.py) and return it parsed.

    On the test's own `app` where it asks for that, on the shared `site` otherwise. It names `databases` because
    pytest repeats a test per database only where a fixture asks for that before the test starts.
    """
    own = {"app", "client", "content"} & set(request.fixturenames)
    visitor = request.getfixturevalue("app" if own else "site").test_client()

    def fetch(path: str, *, status: int = 200, method: str = "GET", **options: Any) -> Page:
        response = visitor.open(path, method=method, **options)
        page = Page(path, response.status_code, response.headers, response.get_data(as_text=True))
        assert page.status == status, f"{path} answered {page.status} instead of {status}: {page.html[:400]}"
        faults = check_page(page)
        assert not faults, f"{path}: " + "; ".join(faults)
        return page

    return fetch
