"""A permit for one picture: in an address of a preview, it shows an unpublished picture without an account."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, TimestampSigner

PARAMETER = "izin"
# Longer than anybody looks at one loaded preview; the preview's own link expires by itself.
LASTS = timedelta(hours=12)


def permit(name: str) -> str:
    """The value of `izin` in the picture's address."""
    return _signer().sign(name).decode().removeprefix(name + ".")


def is_permitted(name: str, value: str) -> bool:
    """Whether the value was made here for this picture, lately."""
    try:
        _signer().unsign(f"{name}.{value}", max_age=int(LASTS.total_seconds()))
    except BadSignature:
        return False
    return True


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.config["SECRET_KEY"], salt="portal.picture")
