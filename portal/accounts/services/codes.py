"""Codes of the second step: of an authenticator app (TOTP), and recovery codes for when the phone is gone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import delete, func, or_, select, update

from portal.accounts.keyed import digest
from portal.accounts.models import Account, RecoveryCode
from portal.core.audit import record
from portal.extensions import db

if TYPE_CHECKING:
    from flask_security.totp import Totp

# A phone's clock may be half a minute off.
WINDOW = 30
HOW_MANY = 10
CODE = re.compile(r"[0-9]{6}")
RECOVERY = re.compile(r"[0-9a-f]{12}")


def new_secret() -> str:
    """A new secret for an app, encrypted."""
    return _totp().generate_totp_secret()


def secret_uri(secret: str, email: str) -> str:
    """What the QR code says to the app."""
    return _totp().get_totp_uri(email, secret)


def secret_key(secret: str) -> str:
    """The secret as groups of letters and digits, to be typed."""
    return _totp().get_totp_pretty_key(secret)


def match_code(secret: str, code: str, after: int | None) -> int | None:
    """The time step whose code this is, later than `after`; None when it is no code of this secret now."""
    from passlib.exc import TokenError

    code = "".join(code.split())
    if not CODE.fullmatch(code):
        return None
    try:
        return int(_totp()._totp.verify(code, secret, window=WINDOW, last_counter=after).counter)
    except TokenError:
        return None


def take_code(account_id: int, typed: str) -> str | None:
    """Use up a code: `totp`, `recovery`, or None when it is neither. Each is good once."""
    if _take_totp(account_id, typed):
        return "totp"
    return "recovery" if _take_recovery(account_id, typed) else None


def renew_recovery_codes(account_id: int) -> tuple[str, ...]:
    """Ten new recovery codes in the place of the old ones, to be shown once; the caller commits."""
    codes = tuple(_totp().generate_recovery_codes(HOW_MANY))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    for code in codes:
        db.session.add(RecoveryCode(account_id=account_id, digest=_recovery_digest(account_id, code)))
    record(db.session, account_id, "account.recovery_codes_made", f"account:{account_id}", {})
    return codes


def count_recovery_codes(account_id: int) -> int:
    """How many recovery codes are left."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return db.session.scalar(query) or 0


def _take_totp(account_id: int, typed: str) -> bool:
    account = db.session.get(Account, account_id)
    if account is None or account.totp_secret is None:
        return False
    step = match_code(account.totp_secret, typed, account.totp_counter)
    if step is None:
        return False
    # Two requests with the same code: one of them finds the counter moved on.
    unused = or_(Account.totp_counter.is_(None), Account.totp_counter < step)
    used = update(Account).where(Account.id == account_id, unused).values(totp_counter=step)
    result = db.session.connection().execute(used)
    db.session.commit()
    return result.rowcount == 1


def _take_recovery(account_id: int, typed: str) -> bool:
    code = re.sub(r"[\s-]", "", typed).lower()
    if not RECOVERY.fullmatch(code):
        return False
    kept = RecoveryCode.digest == _recovery_digest(account_id, code)
    found = db.session.connection().execute(
        delete(RecoveryCode).where(RecoveryCode.account_id == account_id, kept)
    )
    if found.rowcount != 1:
        return False
    record(db.session, account_id, "account.recovery_code_used", f"account:{account_id}", {})
    db.session.commit()
    return True


def _recovery_digest(account_id: int, code: str) -> str:
    return digest("recovery", f"{account_id}:{code.replace('-', '')}")


def _totp() -> Totp:
    settings = current_app.config["PORTAL_SETTINGS"]
    return _make_totp(digest("totp", "wallet"), settings.site_name)


@lru_cache(maxsize=4)
def _make_totp(key: str, issuer: str) -> Totp:
    # Imported at the first use: it brings a quarter second of modules the public pages never need.
    from flask_security.totp import Totp

    return Totp({1: key}, issuer)
