"""Forms of the desk carry a token of the session; public forms have none and set no cookie."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from portal.accounts.doors import DESK
from portal.accounts.guard import SAFE, signed_in
from portal.accounts.reoffer import show_expired

# What a form of somebody signed out may hold, to be shown again after signing in.
LARGEST_UNKNOWN = 1024 * 1024

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Check the token of every POST under /meja; a page for the one that fails."""
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,
        # As long as the session: a form opened in the morning is sent in the afternoon.
        WTF_CSRF_TIME_LIMIT=None,
        # Some browsers are set to send no Referer; the token and SameSite=Lax are enough.
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf.init_app(app)
    app.before_request(_check)
    app.register_error_handler(CSRFError, _show)


def _check() -> None:
    if not is_desk(request.path) or request.method in SAFE or request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    largest = getattr(view, "desk_largest", None) or 0
    if getattr(view, "desk_roles", None) is not None and signed_in() is None:
        # The guard of the view refuses, and shows the form again.
        _allow(min(largest, LARGEST_UNKNOWN))
        return
    _allow(largest)
    csrf.protect()


def _allow(size: int) -> None:
    """Let the form be larger than the forms of the public pages."""
    if size > (request.max_content_length or 0):
        request.max_content_length = request.max_form_memory_size = size


def is_desk(path: str) -> bool:
    """Whether the address is one of the desk's."""
    return path == DESK or path.startswith(DESK + "/")


def _show(error: CSRFError) -> Response:
    return show_expired()
