"""ALTCHA's proof of work: a challenge the server signs, and the proof that comes back with the form.

A challenge is a number between 1 and `most_tries`, hidden behind PBKDF2: the browser tries them in turn, so nobody works
longer than that many tries. It is signed for this use and this address, good for five minutes, and taken once.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

ALGORITHM: Final = "PBKDF2/SHA-256"
ROUNDS: Final = 2000
GOOD_FOR: Final = 300
USE: Final = "cek"
LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was paid for: what it is known by, until when, and how often its price had doubled."""

    mark: bytes
    expires: int
    doublings: int


def most_tries(price: int, doublings: int) -> int:
    """Tries that solve a challenge at most, half as many on average; `price` in thousands of rounds."""
    return price << doublings


def make_challenge(key: bytes, network: bytes, tries: int, doublings: int, now: float, rounds: int) -> str:
    """A fresh challenge as JSON for the widget; `key` has 32 bytes."""
    from altcha.v2 import create_challenge

    mark = secrets.token_hex(16)
    challenge = create_challenge(
        ALGORITHM,
        rounds,
        counter=secrets.randbelow(tries) + 1,
        expires_at=int(now) + GOOD_FOR,
        data={"use": USE, "mark": mark, "for": _binding(key, mark, network), "doublings": doublings},
        hmac_secret=key[:16],
        hmac_key_secret=key[16:],
    )
    return json.dumps(challenge.to_dict())


def read_proof(key: bytes, text: str, network: bytes, now: float) -> Proof | str:
    """The proof in `text`, or why it isn't one: "expired" or "wrong"."""
    from altcha.v2 import Payload, verify_solution

    if len(text) > LONGEST:
        return "wrong"
    try:
        payload = Payload.from_base64(text)
        result = verify_solution(payload, key[:16], hmac_key_secret=key[16:])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "wrong"
    if result.expired:
        return "expired"
    if not result.verified:
        return "wrong"
    # The signature is good, so all of this is as the server wrote it.
    signed = payload.challenge.parameters
    data, expires = signed.data or {}, signed.expires_at or 0
    if expires < now:
        return "expired"
    mark = str(data.get("mark", ""))
    if data.get("use") != USE or not hmac.compare_digest(
        str(data.get("for", "")), _binding(key, mark, network)
    ):
        return "wrong"
    return Proof(bytes.fromhex(mark), expires, int(data["doublings"]))


def _binding(key: bytes, mark: str, network: bytes) -> str:
    """Ties a challenge to an address without telling it: another one for each challenge."""
    return blake2b(mark.encode() + network, key=key, person=b"portal price for", digest_size=16).hexdigest()
