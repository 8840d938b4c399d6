"""Kept pages: a published page is rendered once per content version, then answered before the framework.

A view opts in with `pages.kept`. An entry holds compressed bytes, headers and an ETag, and is good as long as
the content's number has not changed. Static files are answered here as well.
"""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.core.assets import Asset, Assets
from portal.core.codings import choose_coding
from portal.core.content_watch import Watch
from portal.core.pages import KEEP
from portal.core.whole_answers import Headers, WholeAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A visitor's address may hold anything: what is kept is known by a digest that nobody can work out afterwards.
KEY_SECRET = os.urandom(32)
CAPACITY = 24 * 1024 * 1024
# What an entry costs besides its body and its key: headers and Python's own objects.
ENTRY_OVERHEAD = 2048
HTMX = ("HTTP_HX_REQUEST", "HTTP_HX_TARGET", "HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST")


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as sent: content number, ETag, headers and body bytes."""

    number: int
    etag: str
    headers: Headers
    body: bytes


class PageCache:
    """WSGI layer in front of the application."""

    def __init__(self, app: WSGIApplication, watch: Watch, assets: Assets, capacity: int = CAPACITY) -> None:
        self._app = app
        self._watch = watch
        self._assets = assets
        self._capacity = capacity
        self._size = 0
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or let the application answer and keep that."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        path = environ.get("PATH_INFO", "")
        coding = choose_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        asset = self._assets.find(path)
        if asset is not None:
            return _send_asset(asset, coding, environ, start_response)
        key = _key(path, environ.get("QUERY_STRING", ""), coding, *(environ.get(name, "") for name in HTMX))
        number = self._watch.number()
        entry = self._entries.get(key)
        if entry is not None and entry.number == number:
            return _send(entry, environ, start_response)
        return self._render(key, number, coding, environ, start_response)

    def _render(
        self,
        key: bytes,
        number: int | None,
        coding: str,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        # A HEAD is answered as a GET without its body: an answer rendered for it would be kept empty.
        environ["REQUEST_METHOD"], method = "GET", environ["REQUEST_METHOD"]
        answer = WholeAnswer(self._app, environ)
        environ["REQUEST_METHOD"] = method
        if not environ.get(KEEP) or not answer.status.startswith("200") or number is None:
            start_response(answer.status, answer.headers)
            return [answer.body] if method == "GET" else [b""]
        entry = _entry(number, *answer.compressed(coding))
        self._keep(key, entry)
        return _send(entry, environ, start_response)

    def _keep(self, key: bytes, entry: Entry) -> None:
        """Keep the entry and let the oldest go until all fit."""
        former = self._entries.pop(key, None)
        self._size += _cost(key, entry) - (_cost(key, former) if former else 0)
        self._entries[key] = entry
        while self._size > self._capacity:
            self._size -= _cost(*self._entries.popitem(last=False))


def _key(*parts: str) -> bytes:
    return hashlib.blake2b(
        "\0".join(parts).encode(errors="surrogateescape"), key=KEY_SECRET, digest_size=16
    ).digest()


def _cost(key: bytes, entry: Entry) -> int:
    """About how many bytes of memory an entry takes."""
    return len(entry.body) + len(key) + ENTRY_OVERHEAD


def _entry(number: int, headers: Headers, body: bytes) -> Entry:
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    dropped = ("content-length", "etag", "cache-control", "vary")
    vary = [value for name, value in headers if name.lower() == "vary"]
    fields = [(name, value) for name, value in headers if name.lower() not in dropped]
    fields += [
        ("Content-Length", str(len(body))),
        ("ETag", etag),
        ("Cache-Control", "public, no-cache"),
        ("Vary", ", ".join(["Accept-Encoding", *vary])),
    ]
    return Entry(number, etag, fields, body)


def _send(entry: Entry, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (known == entry.etag or _is_among(entry.etag, known)):
        fields = [field for field in entry.headers if field[0] in ("ETag", "Cache-Control", "Vary")]
        start_response("304 Not Modified", fields)
        return [b""]
    start_response("200 OK", entry.headers)
    return [entry.body] if environ["REQUEST_METHOD"] == "GET" else [b""]


def _is_among(etag: str, known: str) -> bool:
    """Whether a list of entity tags has this one; a proxy may have marked it weak (RFC 9110, 13.1.2)."""
    return any(one.strip().removeprefix("W/") in (etag, "*") for one in known.split(","))


def _send_asset(
    asset: Asset, coding: str, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    used = coding if coding in asset.bodies else ""
    body = asset.bodies[used]
    headers = [
        ("Content-Type", asset.media_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if used:
        headers.append(("Content-Encoding", used))
    start_response("200 OK", headers)
    return [body] if environ["REQUEST_METHOD"] == "GET" else [b""]
