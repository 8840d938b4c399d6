"""Probes, the map of the site, and whom to tell of a weakness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import text

from portal.extensions import db
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "http://portal.test"


def test_a_living_process_says_so(site: Flask) -> None:
    assert site.test_client().get("/healthz").json == {"status": "ok"}


def test_a_migrated_portal_is_ready(site: Flask) -> None:
    response = site.test_client().get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "ready",
        "content": "ok",
        "registry": "ok",
        "worker": "never",
        "checks": "ok",
    }


def test_a_database_behind_its_migrations_is_not_ready(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json == {
        "status": "not ready",
        "content": "not migrated",
        "registry": "ok",
        "worker": "never",
        "checks": "ok",
    }


def test_a_missing_database_is_not_ready_and_its_address_is_not_told(tmp_path: Path) -> None:
    urls = Urls(*(f"sqlite:///{tmp_path}/{name}/none.sqlite3" for name in ("a", "b")))
    app = build_app(tmp_path / "instance", urls)
    response = app.test_client().get("/readyz")
    close_app(app)
    assert response.status_code == 503
    assert str(tmp_path) not in response.text


def test_every_address_of_the_site_map_is_there_and_names_the_other_language(site: Flask) -> None:
    response = site.test_client().get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    root = ElementTree.fromstring(response.text)
    pages = [loc.text or "" for loc in root.findall("s:url/s:loc", NAMES)]
    assert f"{BASE}/wilayah/berau" in pages
    assert f"{BASE}/en/berita/berau-nominasi-paritrana-2025" in pages
    assert len(pages) == len(set(pages))
    for url in root.findall("s:url", NAMES):
        assert {link.get("hreflang") for link in url.findall("x:link", NAMES)} == {"id", "en"}
    visitor = site.test_client()
    for page in pages[::25]:
        assert visitor.get(page.removeprefix(BASE)).status_code == 200, page


def test_robots_may_read_all_but_searches_and_the_desk(site: Flask) -> None:
    lines = site.test_client().get("/robots.txt").text.splitlines()
    assert "Disallow: /cari" in lines
    assert "Disallow: /en/meja" in lines
    assert "Disallow: /" not in lines
    assert f"Sitemap: {BASE}/sitemap.xml" in lines


def test_the_security_contact_is_the_operator_and_has_not_expired(site: Flask) -> None:
    fields = dict(
        line.split(": ", 1) for line in site.test_client().get("/.well-known/security.txt").text.splitlines()
    )
    assert fields["Contact"] == f"{BASE}/tentang#pengelola"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=366)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_probes_and_notes_are_never_kept(site: Flask, path: str) -> None:
    assert site.test_client().get(path).headers["Cache-Control"] == "no-store"
