"""How an entry and the head are sealed: keyed BLAKE2b over one canonical text."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.core.audit import Detail

_DERIVED = b"portal audit key"
_ENTRY = b"portal entry"
_HEAD = b"portal head"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the hash of an entry covers."""

    number: int
    at: datetime
    actor_id: int | None
    action: str
    subject: str
    details: str
    previous_hash: str


def trail_key(secret: bytes) -> bytes:
    """The trail's own key, made from the portal's secret."""
    return hashlib.blake2b(secret, digest_size=32, person=_DERIVED).digest()


def canonical_details(details: Mapping[str, Detail]) -> str:
    """Details as they are stored and hashed: JSON, sorted, without spaces."""
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_entry(entry: Entry) -> bytes:
    """One text per entry, the same on both databases (SQLite gives times without a zone)."""
    at = entry.at if entry.at.tzinfo else entry.at.replace(tzinfo=UTC)
    written = at.astimezone(UTC).isoformat(timespec="microseconds")
    values = [
        entry.number,
        written,
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.details,
        entry.previous_hash,
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def hash_entry(key: bytes, entry: Entry) -> str:
    """The entry's hash, 64 hexadecimal digits."""
    return _keyed(key, _ENTRY, canonical_entry(entry))


def seal_head(key: bytes, count: int, last_hash: str) -> str:
    """The seal of a head: without the key nobody can shorten the trail and make it look whole."""
    return _keyed(key, _HEAD, f"{count}:{last_hash}".encode())


def same(one: str, other: str) -> bool:
    """Compare two hashes; whatever was written into the table, it's only unequal."""
    return hmac.compare_digest(one.encode(), other.encode())


def _keyed(key: bytes, purpose: bytes, text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=32, key=key, person=purpose).hexdigest()
