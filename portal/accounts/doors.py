"""Addresses of the sign-in pages, and where somebody may be led afterwards."""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import request
from htmx_flask.requests import HtmxAwareRequest

DESK = "/meja"
SIGN_IN = "/meja/masuk"
FACTOR_PAGE = "/meja/akun/faktor"
LONGEST = 1000
# An address of the desk on this very site: no host, no backslash, nothing a browser folds away.
WITHIN = re.compile(r"(?:/en)?/meja(?:/[A-Za-z0-9._~%/:@+,;=-]*)?(?:\?[A-Za-z0-9._~%/:@+,;=&-]*)?")


def safe_target(target: str | None) -> str | None:
    """`target` when it is a page of the desk that one may be led to after signing in, else None."""
    if not target or len(target) > LONGEST or not WITHIN.fullmatch(target):
        return None
    path = target.partition("?")[0]
    return None if "//" in path or ".." in path or SIGN_IN in path else target


def sign_in_address() -> str:
    """The sign-in page, leading back to what was asked for."""
    target = safe_target(_asked_for())
    address = request.script_root + SIGN_IN
    return f"{address}?{urlencode({'lanjut': target})}" if target else address


def _asked_for() -> str | None:
    """The page in the browser's address bar: for a fragment that of the page around it."""
    htmx = cast(HtmxAwareRequest, request).htmx
    if htmx:
        parts = urlsplit(str(htmx.current_url or ""))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    path = request.script_root + request.path
    query = request.query_string.decode("ascii", "replace")
    return f"{path}?{query}" if query else path
