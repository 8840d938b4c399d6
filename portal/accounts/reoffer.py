"""Pages for a form that could not be taken: what was typed comes back, to be sent once more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, request

from portal.accounts.doors import sign_in_address
from portal.core.pages import page

TOKEN_FIELD = "csrf_token"  # noqa: S105 (a name)
# Nothing that opens a door is written into a page again.
SECRET = ("sandi", "password", "kode", "token", "credential")

Fields = tuple[tuple[str, str], ...]


def show_expired() -> Response:
    """The form's token is of another session or missing: the same form again, with a token of this one."""
    return page("accounts/expired.html", status=400, **_context())


def show_signed_out() -> Response:
    """Signed out in the meantime: sign in elsewhere, then send again what stands in this page."""
    return page("accounts/signed_out.html", status=401, **_context(), door=sign_in_address())


def _context() -> dict[str, Any]:
    query = request.query_string.decode("ascii", "replace")
    address = request.script_root + request.path
    return {
        "action": f"{address}?{query}" if query else address,
        "fields": typed_fields() if is_own_form() else (),
        "files": bool(request.files),
    }


def typed_fields() -> Fields:
    """The posted fields without secrets."""
    return tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != TOKEN_FIELD and not any(part in name.lower() for part in SECRET)
    )


def is_own_form() -> bool:
    """Whether the browser says that a page of this site posted: another site's form is not offered again."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
