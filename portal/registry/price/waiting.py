"""The way without JavaScript: a ticket that lets a check through after a minute, for this address and once."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from portal.registry.price.tariff import SLOW_SECONDS

GOOD_FOR: Final = 600
_SHAPE = re.compile(r"([0-9]{1,12})\.([0-9a-f]{24})\.([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A ticket the server gave out: its text, what it is known by, from when it is good and until when."""

    text: str
    mark: bytes
    ready: int
    expires: int


def make_ticket(key: bytes, network: bytes, now: float) -> WaitingTicket:
    """A ticket that is good in a minute."""
    issued, mark = int(now), secrets.token_hex(12)
    return _ticket(issued, mark, _seal(key, issued, mark, network))


def read_ticket(key: bytes, text: str, network: bytes, now: float) -> WaitingTicket | None:
    """The ticket in `text`; None where we never gave it to this address, or too long ago."""
    found = _SHAPE.fullmatch(text)
    if not found:
        return None
    issued, mark, seal = int(found[1]), found[2], found[3]
    if not hmac.compare_digest(seal, _seal(key, issued, mark, network)):
        return None
    ticket = _ticket(issued, mark, seal)
    return ticket if now <= ticket.expires else None


def _ticket(issued: int, mark: str, seal: str) -> WaitingTicket:
    text = f"{issued}.{mark}.{seal}"
    return WaitingTicket(text, bytes.fromhex(mark), issued + SLOW_SECONDS, issued + GOOD_FOR)


def _seal(key: bytes, issued: int, mark: str, network: bytes) -> str:
    content = f"{issued}.{mark}.".encode() + network
    return blake2b(content, key=key, person=b"portal price wai", digest_size=16).hexdigest()
