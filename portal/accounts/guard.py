"""Who may open a page of the desk: every view under /meja is marked with `desk_view`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from flask import Flask, Response, g, make_response, redirect, request, session
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.clock import now
from portal.accounts.doors import FACTOR_PAGE, sign_in_address
from portal.accounts.keyed import digest
from portal.accounts.permissions import NotAllowed
from portal.accounts.queries import find_signed_in
from portal.accounts.reoffer import show_signed_out
from portal.accounts.services.sessions import note_use
from portal.accounts.shapes import Actor, SignedIn
from portal.core.i18n import gettext as _
from portal.core.pages import page

SESSION_KEY = "desk"
SAFE = ("GET", "HEAD", "OPTIONS")

Answer = BaseResponse | str | tuple[Any, ...]


class DeskView(Protocol):
    """A view that says who may open it; the rule test lists those under /meja that do not."""

    desk_roles: tuple[str, ...]
    desk_largest: int | None

    def __call__(self, *args: Any, **kwargs: Any) -> Answer:
        """Answer the request."""


def desk_view(
    *roles: str, before_factor: bool = False, largest: int | None = None
) -> Callable[[Callable[..., Answer]], DeskView]:
    """Let only signed-in accounts in, those with one of `roles` in some region where roles are given.

    Which region's things they may touch is decided by services and queries, through `current_actor()`.
    `before_factor` marks the pages where a second factor is set up; `largest` is the most bytes a form may post.
    """

    def mark(view: Callable[..., Answer]) -> DeskView:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Answer:
            refusal = _refuse(roles, before_factor)
            return view(*args, **kwargs) if refusal is None else refusal

        marked = cast(DeskView, guarded)
        marked.desk_roles, marked.desk_largest = roles, largest
        return marked

    return mark


def signed_in() -> SignedIn | None:
    """The signed-in account of this request, or None."""
    if "desk_signed_in" not in g:
        token = session.get(SESSION_KEY)
        found = find_signed_in(digest("session", token), now()) if isinstance(token, str) else None
        g.desk_signed_in = found
        if found:
            note_use(found)
    return cast(SignedIn | None, g.desk_signed_in)


def get_signed_in() -> SignedIn:
    """The signed-in account; only in views marked with `desk_view`."""
    found = signed_in()
    if found is None:
        raise NotAllowed(_("Sign in first."))
    return found


def current_actor() -> Actor:
    """Who acts; only in views marked with `desk_view`."""
    return get_signed_in().actor


def _refuse(roles: tuple[str, ...], before_factor: bool) -> BaseResponse | None:
    found = signed_in()
    if found is None:
        return _ask_to_sign_in()
    if found.lacks_factor and not before_factor:
        return _send_to(request.script_root + FACTOR_PAGE)
    if roles and not any(found.actor.holds(role) for role in roles):
        raise NotAllowed(
            _("Your account has no role for this page. Ask an administrator of your region for it.")
        )
    return None


def _ask_to_sign_in() -> BaseResponse:
    # A form that was typed for an hour must not be lost to a redirection.
    return _send_to(sign_in_address()) if request.method in SAFE else show_signed_out()


def _send_to(address: str) -> BaseResponse:
    if not cast(HtmxAwareRequest, request).htmx:
        return redirect(address, 303)
    response: Response = make_response("", 401)
    response.headers["HX-Redirect"] = address
    return response


def init_app(app: Flask) -> None:
    """Settings of the cookie, the page for what is refused, and `signed_in()` for the desk's templates.

    Public templates must not ask who is signed in: that would read the cookie.
    """
    https = app.config["PORTAL_SETTINGS"].base_url.startswith("https:")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-meja" if https else "meja",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.jinja_env.globals["signed_in"] = signed_in
    app.register_error_handler(NotAllowed, _show_refusal)


def _show_refusal(error: NotAllowed) -> Response:
    return page("accounts/refused.html", status=403, sentence=str(error))
