"""Addresses that machines ask for: is it alive, is it ready, what is there to read, whom to tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.core.pages import kept
from portal.core.revisions import DATABASES, newest_revisions
from portal.extensions import db
from portal.registry.services.alarm import checks_state
from portal.settings import Settings
from portal.site.queries import list_addresses
from portal.work.queries import find_worker_state

machines_bp = Blueprint("machines", __name__)
BINDS = {"content": None, "registry": "registry"}
# RFC 9116 asks for a date less than a year ahead.
SECURITY_CONTACT_HOLDS = timedelta(days=180)
REFUSED = ("/cari", "/meja", "/pratinjau", "/healthz", "/readyz")


@machines_bp.get("/healthz")
def healthz() -> Response:
    """The process answers; asks no database."""
    return jsonify(status="ok")


@machines_bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Both databases are reachable and migrated; 503 otherwise. Says nothing about where they are.

    How the worker is and whether the checks are braked stands beside it and takes no web process away.
    """
    states = {name: _state(name) for name in DATABASES}
    ready = all(state == "ok" for state in states.values())
    worker = find_worker_state(db.session, datetime.now(UTC))
    status = "ready" if ready else "not ready"
    return jsonify(status=status, **states, worker=worker, checks=checks_state()), 200 if ready else 503


def _state(name: str) -> str:
    try:
        with db.engines[BINDS[name]].connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    except SQLAlchemyError:
        return "unreachable or without tables"
    return "ok" if set(found) == newest_revisions(name) else "not migrated"


@machines_bp.get("/sitemap.xml")
@kept
def sitemap() -> Response:
    """Every public page in both languages, each naming the other."""
    base = _settings().base_url
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for address in list_addresses():
        both = {"id": escape(f"{base}{address}"), "en": escape(f"{base}/en{address}")}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>' for code, url in both.items()
        )
        lines += [f"<url><loc>{url}</loc>{links}</url>" for url in both.values()]
    return Response("\n".join([*lines, "</urlset>", ""]), mimetype="application/xml")


@machines_bp.get("/robots.txt")
def robots() -> Response:
    """Everything published may be read; searches, the desk and the probes need not be."""
    refused = [f"Disallow: {prefix}{path}" for path in REFUSED for prefix in ("", "/en")]
    lines = ["User-agent: *", *refused, f"Sitemap: {_settings().base_url}/sitemap.xml", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@machines_bp.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a weakness: the operator, by the page that names the ways (RFC 9116)."""
    base = _settings().base_url
    expires = (datetime.now(UTC) + SECURITY_CONTACT_HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {base}/tentang#pengelola",
        f"Expires: {expires}",
        "Preferred-Languages: id, en",
        f"Canonical: {base}/.well-known/security.txt",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    return settings
