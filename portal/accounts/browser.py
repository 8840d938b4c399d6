"""What a browser holds of somebody: the session, a half-open door, and a mark by which accounts know the device."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

from flask import current_app, redirect, request, session
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from portal.accounts.doors import DESK, safe_target
from portal.accounts.guard import SESSION_KEY
from portal.accounts.services.brakes import use_once
from portal.accounts.services.sessions import start_session
from portal.accounts.services.signing_in import Caller, Entrance, device_mark

HALF, ONWARD, CHALLENGE = "half", "onward", "challenge"
TO_SIGN_IN, TO_REGISTER = "sign-in", "register"
HALF_OPEN_FOR = 600
CHALLENGE_FOR = 300
DEVICE_FOR = 400 * 86_400
MOST_ACCOUNTS = 5
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def caller(mark: str | None) -> Caller:
    """Where this request comes from; `mark` is the account's, None when nobody has it."""
    device, marks = _known()
    return Caller(request.remote_addr or "", device if mark is not None and mark in marks else None)


def has_marks() -> bool:
    """Whether any account signed in from this browser before."""
    return bool(_known()[1])


def enter(account_id: int, means: str) -> Response:
    """Sign in: a new session with a new id, and on to where one wanted to go."""
    target = safe_target(session.get(ONWARD))
    session.clear()
    session[SESSION_KEY] = start_session(account_id, device_words(request.user_agent.string), means)
    response = redirect(target or request.script_root + DESK, 303)
    _mark(response, account_id)
    return response


def open_half(entrance: Entrance) -> None:
    """Remember that the password was right until the second step is taken."""
    session[HALF] = [entrance.account_id, entrance.state, int(time.time())]


def half_open() -> tuple[int, str] | None:
    """The account and state of a half-open door, None when there is none or it fell shut."""
    kept = session.get(HALF)
    if not isinstance(kept, list) or len(kept) != 3 or time.time() - kept[2] > HALF_OPEN_FOR:
        return None
    return int(kept[0]), str(kept[1])


def keep_challenge(challenge: str, purpose: str) -> None:
    """Remember what a passkey has to sign, and whether to sign in or to be registered."""
    session[CHALLENGE] = [challenge, int(time.time()), purpose]


def take_challenge(purpose: str) -> str | None:
    """What it had to sign for this purpose; good once, also for a copy of the cookie."""
    kept = session.pop(CHALLENGE, None)
    if not isinstance(kept, list) or len(kept) != 3 or kept[2] != purpose:
        return None
    fresh = time.time() - kept[1] <= CHALLENGE_FOR
    return str(kept[0]) if fresh and use_once("challenge", str(kept[0])) else None


def device_words(user_agent: str) -> str:
    """A short word for a browser: `Firefox, Windows`."""
    found = [
        next((name for sign, name in table if re.search(rf"\b{sign}", user_agent)), "")
        for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in found if word) or "?"


def _mark(response: Response, account_id: int) -> None:
    """Let the account know this browser again: attempts from it have a brake of their own."""
    device, marks = _known()
    mark = device_mark(account_id)
    kept = [mark, *(one for one in marks if one != mark)][:MOST_ACCOUNTS]
    response.set_cookie(
        _cookie_name(),
        _signer().dumps([device or secrets.token_urlsafe(12), kept]),
        max_age=DEVICE_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _known() -> tuple[str | None, list[str]]:
    try:
        kept: Any = _signer().loads(request.cookies.get(_cookie_name(), ""))
        return str(kept[0]), [str(mark) for mark in kept[1]]
    except (BadData, LookupError, TypeError):
        return None, []


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-perangkat"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="desk-device")
