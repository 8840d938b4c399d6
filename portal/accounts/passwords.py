"""Passwords: hashed with Argon2id; which ones are refused."""

from __future__ import annotations

import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.core.i18n import gettext as _

# OWASP's second recommendation (19 MiB, two passes): 20 ms on one core, as every worker answers one at a time.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

SHORTEST, LONGEST = 12, 200
# What is tried first here, besides an address of one's own.
COMMON = ("password", "sandi", "rahasia", "bismillah", "indonesia", "kalimantan", "bpjs", "qwerty", "admin")
FILLING = "0123456789!@#$%^&*._- "


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(_folded(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password is the one of the hash; takes as long when there is no hash."""
    try:
        right = _hasher.verify(kept or _decoy(), _folded(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(kept)


def find_weakness(password: str, email: str) -> str | None:
    """Why a new password is refused, as a sentence; None when it is good."""
    if len(password) < SHORTEST:
        return _(
            "Choose a password of at least %(count)s characters; a short sentence is good.", count=SHORTEST
        )
    if len(password) > LONGEST:
        return _("Choose a password of at most %(count)s characters.", count=LONGEST)
    bare = _folded(password).casefold().strip(FILLING)
    if len(set(bare)) < 5 or bare in COMMON or bare == email.partition("@")[0]:
        return _(
            "This password is among the first that anybody would try. Choose a short sentence of your own."
        )
    return None


def _folded(password: str) -> str:
    """The same characters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _hasher.hash(secrets.token_urlsafe())
