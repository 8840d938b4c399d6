"""The code of a sheet: programme, last month covered and day of the check, signed.

24 symbols in six groups, as short as can be typed: 7 bytes of facts and 8 bytes of a keyed digest, in Crockford's
alphabet, which has no I, L, O or U. The facts name the programme by three bytes of a digest; the signature covers its
whole name, so one code never stands for two programmes. The same facts give the same code, whoever asks.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final

from portal.registry.proofs.shapes import Proof

# Days after the check during which its code is known.
GOOD_FOR: Final = timedelta(days=366)
LONGEST_TYPED: Final = 60

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE: Final = re.compile(f"[{_ALPHABET}]{{24}}", re.ASCII)
_MISREAD: Final = str.maketrans("OIL", "011", " -\u2010\u2011\u2013\u2014")
_VERSION: Final = 1
_FACTS, _SIGNATURE, _PROGRAM = 7, 8, 3
_FIRST_MONTH: Final = 2000 * 12
_FIRST_DAY: Final = date(2020, 1, 1)
_KEY, _NAME = b"portal proof 1", b"portal proof n1"


def make_token(secret: bytes, proof: Proof) -> str | None:
    """The code for these facts; None where a month or day lies beyond what a code can hold (2000–2341, 2020–2199)."""
    month, day = proof.last_month - _FIRST_MONTH, (proof.checked_on - _FIRST_DAY).days
    if not (0 <= month < 1 << 12 and 0 <= day < 1 << 16):
        return None
    head = (_VERSION << 29 | proof.synthetic << 28 | month << 16 | day).to_bytes(4, "big")
    facts = head + _short(proof.program)
    return _write(facts + _sign(secret, facts, proof.program))


def read_token(secret: bytes, token: str, programs: Iterable[str], today: date) -> Proof | None:
    """The facts behind a code by one of these programmes.

    None, without a hint why, for what was never signed here, was changed, or is older than a year.
    """
    code = fold_code(token).replace("-", "")
    if not code:
        return None
    data = sum(_ALPHABET.index(symbol) << 5 * place for place, symbol in enumerate(reversed(code))).to_bytes(
        15, "big"
    )
    facts, signature = data[:_FACTS], data[_FACTS:]
    named = [name for name in programs if _short(name) == facts[4:]]
    signed = [name for name in named if hmac.compare_digest(_sign(secret, facts, name), signature)]
    if not signed:
        return None
    head = int.from_bytes(facts[:4], "big")
    day = _FIRST_DAY + timedelta(days=head & 0xFFFF)
    if head >> 29 != _VERSION or not day <= today <= day + GOOD_FOR:
        return None
    return Proof(signed[0], (head >> 16 & 0xFFF) + _FIRST_MONTH, day, bool(head >> 28 & 1))


def fold_code(text: str) -> str:
    """A code as it is written, from one as it is typed (any case, spaces, O for 0); empty for what is none."""
    code = text[:LONGEST_TYPED].upper().translate(_MISREAD) if len(text) <= LONGEST_TYPED else ""
    return _grouped(code) if _CODE.fullmatch(code) else ""


def _write(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    return _grouped("".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(24))))


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _short(program: str) -> bytes:
    return blake2b(program.encode(), person=_NAME, digest_size=_PROGRAM).digest()


def _sign(secret: bytes, facts: bytes, program: str) -> bytes:
    key = hmac.digest(secret, _KEY, "sha256")
    return hmac.digest(key, facts + program.encode(), "sha256")[:_SIGNATURE]
