"""Setting up a second factor: an authenticator app or a passkey."""

from __future__ import annotations

import io
import json

from flask import Blueprint, Response, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import browser, queries
from portal.accounts.clock import now
from portal.accounts.guard import desk_view, get_signed_in
from portal.accounts.keyed import seal
from portal.accounts.outcomes import AccountProblem
from portal.accounts.services import codes, factors
from portal.accounts.services import passkeys as keys
from portal.accounts.views.own import CODES, confirm, show_codes_once
from portal.core.pages import page

factors_bp = Blueprint("factors", __name__)
NEW_SECRET = "totp"  # noqa: S105 (a key of the session)


@factors_bp.get("/meja/akun/faktor")
@desk_view(before_factor=True)
def show_choice() -> Response:
    """Why a second factor, and which there are."""
    found = get_signed_in()
    return page(
        "accounts/factor.html",
        must=found.lacks_factor,
        has_factor=found.has_factor,
        passkeys=keys.passkeys_work_here(),
    )


@factors_bp.get("/meja/akun/totp")
@desk_view(before_factor=True)
def show_totp() -> Response:
    """The QR code and the form for the app's first code."""
    return _totp_page()


@factors_bp.get("/meja/akun/totp.svg")
@desk_view(before_factor=True)
def draw_totp() -> Response:
    """The QR code of the secret that is being set up."""
    from qrcode import QRCode
    from qrcode.image.svg import SvgPathFillImage

    code = QRCode(image_factory=SvgPathFillImage, border=4)
    code.add_data(codes.secret_uri(_secret(), get_signed_in().email))
    drawing = io.BytesIO()
    code.make_image().save(drawing)
    return Response(drawing.getvalue(), mimetype="image/svg+xml")


@factors_bp.post("/meja/akun/totp")
@desk_view(before_factor=True)
def set_up_totp() -> BaseResponse:
    """Take the app's first code; who has a second factor already gives the password as well."""
    secret = session.get(NEW_SECRET)
    if not isinstance(secret, str):
        return redirect(url_for("factors.show_totp"), 303)
    try:
        if get_signed_in().has_factor:
            confirm("sandi")
        made = factors.set_up_totp(get_signed_in(), secret, request.form.get("kode", ""))
    except AccountProblem as problem:
        return _totp_page(422, {problem.field: str(problem)})
    session.pop(NEW_SECRET)
    return show_codes_once(made)


@factors_bp.post("/meja/akun/kunci/tanya")
@desk_view(before_factor=True)
def offer_passkey() -> BaseResponse | tuple[Response, int]:
    """What a browser needs to make a passkey, as JSON; who has a second factor already gives the password."""
    found = get_signed_in()
    try:
        if found.has_factor:
            confirm("sandi")
    except AccountProblem as problem:
        return jsonify(error=str(problem)), 422
    options, challenge = keys.offer_registration(found.actor, found.email)
    browser.keep_challenge(challenge, browser.TO_REGISTER)
    return Response(options, mimetype="application/json")


@factors_bp.post("/meja/akun/kunci")
@desk_view(before_factor=True)
def add_passkey() -> tuple[Response, int]:
    """Keep the passkey that was made; answers where to go."""
    posted = request.get_json(silent=True)
    posted = posted if isinstance(posted, dict) else {}
    credential, name = posted.get("credential"), posted.get("name")
    try:
        challenge = browser.take_challenge(browser.TO_REGISTER)
        made = keys.add_passkey(get_signed_in(), json.dumps(credential), challenge or "", str(name or ""))
    except AccountProblem as problem:
        return jsonify(error=str(problem)), 422
    if made:
        session[CODES] = seal(" ".join(made))
    return jsonify(go=url_for("own.show_codes" if made else "own.show_account")), 200


def _totp_page(status: int = 200, errors: dict[str, str] | None = None) -> Response:
    found, secret = get_signed_in(), _secret()
    return page(
        "accounts/totp.html",
        status=status,
        key=codes.secret_key(secret),
        uri=codes.secret_uri(secret, found.email),
        replaces=queries.get_own_account(found.actor.id, now()).has_totp,
        has_factor=found.has_factor,
        errors=errors or {},
    )


def _secret() -> str:
    """The secret that is being set up, encrypted; the same until it is taken."""
    secret = session.get(NEW_SECRET)
    if not isinstance(secret, str):
        secret = session[NEW_SECRET] = codes.new_secret()
    return secret
