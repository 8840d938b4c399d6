"""Keyed digests: what the database keeps of secrets that only a browser, a link or an address holds."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def new_token() -> str:
    """A secret of 256 bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(use: str, value: str) -> str:
    """The digest of `value` for one use, under the portal's secret key; 64 hexadecimal digits."""
    key: bytes = current_app.config["PORTAL_SETTINGS"].secret_key
    return hmac.new(key, f"accounts:{use}:{value}".encode(), hashlib.sha256).hexdigest()


def seal(value: str) -> str:
    """`value` encrypted for a cookie: a browser's own store shows it to nobody."""
    return _box().encrypt(value.encode()).decode()


def unseal(sealed: object, within: int) -> str | None:
    """What was sealed at most `within` seconds ago, else None."""
    from cryptography.fernet import InvalidToken

    try:
        return _box().decrypt(str(sealed).encode(), ttl=within).decode()
    except InvalidToken:
        return None


def _box() -> Fernet:
    # OpenSSL takes seven megabytes, and a worker that serves the public alone never needs it.
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(digest("seal", "cookie"))))
