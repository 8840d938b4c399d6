"""`/meja/sandi/…`: a first password, or a new one, by a one-time link."""

from __future__ import annotations

import re

from flask import Blueprint, Response, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import browser
from portal.accounts.outcomes import AccountProblem, LinkIsSpent, MustWait
from portal.accounts.passwords import SHORTEST
from portal.accounts.services.links import get_link, use_link
from portal.accounts.services.post import ask_reset, mail_server
from portal.accounts.services.signing_in import get_entrance
from portal.core.i18n import gettext as _
from portal.core.mail import ADDRESS
from portal.core.pages import page

passwords_bp = Blueprint("passwords", __name__)
LINK = "link"
# What portal.accounts.keyed.new_token makes; anything else somebody put there is not carried on in a cookie.
LINK_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


@passwords_bp.get("/meja/sandi/lupa")
def show_forgotten() -> Response:
    """Ask for a link by mail, or whom to ask where no mail is sent."""
    return _forgotten_page()


@passwords_bp.post("/meja/sandi/lupa")
def send_reset() -> BaseResponse:
    """Send a link, and say the same whether anybody has the address."""
    email = request.form.get("email", "").strip()
    if not ADDRESS.fullmatch(email):
        return _forgotten_page(422, email, _("This is not an e-mail address. Type it as name@office.go.id."))
    try:
        ask_reset(email, request.remote_addr or "")
    except MustWait as wait:
        response = _forgotten_page(429, email, wait=wait.seconds)
        response.headers["Retry-After"] = str(wait.seconds)
        return response
    return redirect(url_for("passwords.show_sent"), 303)


@passwords_bp.get("/meja/sandi/dikirim")
def show_sent() -> Response:
    """What happens next."""
    return page("accounts/reset_sent.html", mails=mail_server() is not None)


@passwords_bp.get("/meja/sandi/tautan/<token>")
def open_link(token: str) -> BaseResponse:
    """Take the token out of the address bar; opening the link does not use it, since mail filters open links too."""
    session[LINK] = token if LINK_TOKEN.fullmatch(token) else ""
    return redirect(url_for("passwords.show_new"), 303)


@passwords_bp.get("/meja/sandi/baru")
def show_new() -> Response:
    """The form for the new password."""
    try:
        link = get_link(str(session.get(LINK, "")))
    except LinkIsSpent as spent:
        return _spent(spent)
    return _new_page(link.email, link.purpose)


@passwords_bp.post("/meja/sandi/baru")
def take_new() -> BaseResponse:
    """Keep the new password, and in, or on to the second step."""
    token = str(session.get(LINK, ""))
    password, again = request.form.get("sandi", ""), request.form.get("ulang", "")
    try:
        link = get_link(token)
        if password != again:
            return _new_page(link.email, link.purpose, 422, ulang=_("Type the same password in both fields."))
        link = use_link(token, password)
    except LinkIsSpent as spent:
        return _spent(spent)
    except AccountProblem as problem:
        return _new_page(link.email, link.purpose, 422, sandi=str(problem))
    session.clear()
    entrance = get_entrance(link.account_id)
    if not entrance.needs_code:
        return browser.enter(entrance.account_id, "link")
    # The link stands for the password; a second factor still has to be shown.
    browser.open_half(entrance)
    return redirect(url_for("doors.show_code"), 303)


def _forgotten_page(status: int = 200, email: str = "", error: str | None = None, wait: int = 0) -> Response:
    mails = mail_server() is not None
    return page(
        "accounts/forgotten.html", status=status, email=email[:254], error=error, wait=wait, mails=mails
    )


def _new_page(email: str, purpose: str, status: int = 200, **errors: str) -> Response:
    return page(
        "accounts/new_password.html",
        status=status,
        email=email,
        purpose=purpose,
        errors=errors,
        shortest=SHORTEST,
    )


def _spent(spent: LinkIsSpent) -> Response:
    return page("accounts/spent.html", status=410, sentence=str(spent))
