"""`/meja/masuk`, `/meja/keluar`: in and out of the desk."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import browser
from portal.accounts.doors import DESK, safe_target
from portal.accounts.guard import signed_in
from portal.accounts.outcomes import MustWait
from portal.accounts.services.passkeys import offer_sign_in, passkeys_work_here, take_passkey
from portal.accounts.services.sessions import end_session
from portal.accounts.services.signing_in import (
    check_code,
    check_password,
    device_mark,
    find_device_mark,
    find_entrance,
)
from portal.core.i18n import gettext as _
from portal.core.pages import page

doors_bp = Blueprint("doors", __name__)


@doors_bp.get("/meja/masuk")
def show_sign_in() -> BaseResponse:
    """The form; whoever is signed in already goes on."""
    target = safe_target(request.args.get("lanjut"))
    if signed_in() is not None:
        return redirect(target or request.script_root + DESK, 303)
    return _sign_in_page(target=target)


@doors_bp.post("/meja/masuk")
def sign_in() -> BaseResponse:
    """Check e-mail and password; then the second step, or in."""
    email, password = request.form.get("email", ""), request.form.get("sandi", "")
    target = safe_target(request.form.get("lanjut"))
    mark = find_device_mark(email) if browser.has_marks() else None
    try:
        entrance = check_password(email, password, browser.caller(mark))
    except MustWait as wait:
        return _told_to_wait(_sign_in_page(429, email, target, wait=wait.seconds), wait)
    if entrance is None:
        error = _(
            "E-mail address or password is not right. Check both; capital letters matter in the password."
        )
        return _sign_in_page(422, email, target, error=error)
    session.clear()
    session[browser.ONWARD] = target
    if not entrance.needs_code:
        return browser.enter(entrance.account_id, "password")
    browser.open_half(entrance)
    return redirect(url_for("doors.show_code"), 303)


@doors_bp.get("/meja/masuk/kode")
def show_code() -> BaseResponse:
    """The second step."""
    return _code_page() if _half_open_entrance() else redirect(url_for("doors.show_sign_in"), 303)


@doors_bp.post("/meja/masuk/kode")
def check_second_step() -> BaseResponse:
    """Take a code of the app or a recovery code."""
    half = _half_open_entrance()
    if half is None:
        return redirect(url_for("doors.show_sign_in"), 303)
    try:
        means = check_code(half, request.form.get("kode", ""), browser.caller(device_mark(half[0])))
    except MustWait as wait:
        return _told_to_wait(_code_page(429, wait=wait.seconds), wait)
    if means is None:
        return _code_page(
            422, error=_("This code is not right, or it was used already. Wait for the app's next one.")
        )
    return browser.enter(half[0], means)


@doors_bp.post("/meja/masuk/kunci/tanya")
def ask_passkey() -> Response:
    """What a browser needs to sign in with a passkey, as JSON."""
    half = browser.half_open()
    options, challenge = offer_sign_in(half[0] if half else None)
    browser.keep_challenge(challenge, browser.TO_SIGN_IN)
    return Response(options, mimetype="application/json")


@doors_bp.post("/meja/masuk/kunci")
def take_signed_passkey() -> tuple[Response, int]:
    """Take what the passkey signed; answers where to go."""
    challenge, half = browser.take_challenge(browser.TO_SIGN_IN), browser.half_open()
    credential = request.get_data(as_text=True)
    account_id = take_passkey(credential, challenge, half[0] if half else None) if challenge else None
    if account_id is None or (half and find_entrance(*half) is None):
        return jsonify(error=_("This passkey is not known here, or it took too long. Try again.")), 422
    if not half:
        session[browser.ONWARD] = safe_target(request.args.get("lanjut"))
    entered = browser.enter(account_id, "passkey")
    answer = jsonify(go=entered.headers["Location"])
    answer.headers["Set-Cookie"] = entered.headers["Set-Cookie"]
    return answer, 200


@doors_bp.post("/meja/keluar")
def sign_out() -> BaseResponse:
    """Sign this browser out; harmless when it is."""
    found = signed_in()
    if found is not None:
        end_session(found, found.session_id)
    session.clear()
    return redirect(url_for("doors.show_sign_in"), 303)


def _half_open_entrance() -> tuple[int, str] | None:
    half = browser.half_open()
    return half if half and find_entrance(*half) else None


def _sign_in_page(
    status: int = 200,
    email: str = "",
    target: str | None = None,
    *,
    error: str | None = None,
    wait: int = 0,
) -> Response:
    return page(
        "accounts/sign_in.html",
        status=status,
        email=email[:254],
        target=target,
        error=error,
        wait=wait,
        passkeys=passkeys_work_here(),
    )


def _code_page(status: int = 200, *, error: str | None = None, wait: int = 0) -> Response:
    return page("accounts/code.html", status=status, error=error, wait=wait, passkeys=passkeys_work_here())


def _told_to_wait(response: Response, wait: MustWait) -> Response:
    response.headers["Retry-After"] = str(wait.seconds)
    return response
