"""What keeping a document needs to know."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from flask import current_app
from sqlalchemy import select

from portal.core.content_version import ContentVersion
from portal.extensions import read
from portal.settings import ROOT, Settings

SOURCES = (("portal", "*.py"), ("portal", "*.po"), ("templates", "*.html"), ("static/css", "pdf.css"))


def get_edition() -> str:
    """A name for the content as published now, as this code writes it; a kept document is good as long as it stays.

    It begins with the content's number. A database that was built anew, another public address and changed code
    are other editions.
    """
    number, changed = read(select(ContentVersion.number, ContentVersion.changed_at)).one()
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    parts = f"{changed}|{settings.base_url}|{settings.site_name}|{_code()}"
    return f"{number}-{hashlib.sha256(parts.encode()).hexdigest()[:16]}"


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of everything that shapes a document; read once per process."""
    state = hashlib.sha256()
    for folder, pattern in SOURCES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            state.update(path.read_bytes())
    return state.hexdigest()
