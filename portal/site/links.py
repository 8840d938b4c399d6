"""Links in a text that lead nowhere, pointed out before review."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import current_app
from markdown_it import MarkdownIt
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.publishing.records import Problem
from portal.publishing.shapes import Cells
from portal.search.models import SearchDocument
from portal.settings import Settings

BODIES = ("body_id", "body_en")
# Each is one record that may or may not be published; the others are there whatever is published.
OF_RECORDS = ("/wilayah/", "/program/", "/pendanaan/", "/berita/", "/sumber/")
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def check_links(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """Blocking for what is no address, a hint for an address of this portal that shows nothing yet."""
    for column in BODIES:
        for address in dict.fromkeys(_addresses(cells.get(column, ""))):
            if not _is_address(address):
                sentence = _(
                    "The link “%(address)s” leads nowhere: give it a whole web address.", address=address[:80]
                )
                yield Problem(column, sentence)
            elif (path := _own_path(address)) is not None and not _is_shown(session, path):
                sentence = _(
                    "The link “%(address)s” leads to a page that is not published here.", address=address[:80]
                )
                yield Problem(column, sentence, blocking=False)


def _addresses(text: str) -> Iterator[str]:
    for block in _parser.parse(text):
        for token in block.children or ():
            if token.type == "link_open":
                yield str(token.attrs.get("href", ""))


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return address.startswith("/") or (address.startswith("#") and len(address) > 1)
    return parts.scheme in ("http", "https") and bool(host) and "." in str(host) and port != 0


def _own_path(address: str) -> str | None:
    """The path within this portal, without its language; None where the link leads out or to a place in the text."""
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    if address.startswith(settings.base_url + "/"):
        address = address[len(settings.base_url) :]
    if not address.startswith("/") or address.startswith("//"):
        return None
    path = urlsplit(address).path
    return path[3:] or "/" if path == "/en" or path.startswith("/en/") else path


def _is_shown(session: AnySession, path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    if path.startswith(OF_RECORDS):
        query = select(SearchDocument.id).where(SearchDocument.address == path).limit(1)
        return session.execute(query).first() is not None
    return not path.startswith("/meja")
