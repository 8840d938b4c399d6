"""Reading the trail from its first entry to its last: what was changed, removed, added or moved shows itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.core.i18n import gettext as _
from portal.publishing.audit.hashing import Entry, canonical_entry, hash_entry, same

REKEYED = "audit.rekeyed"
_DIGEST = b"portal rekey"


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in the table, with the hash stored beside it and what its details say of a new key."""

    entry: Entry
    hash: str
    rekeyed: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries hold, the hash of the last, and the first fault (empty: the trail is whole)."""

    count: int
    hash: str
    fault: str


@dataclass
class Reading:
    """What is known so far while entries are read in the order of their numbers."""

    key: bytes
    anchors: Mapping[int, str]
    next_key: bytes | None = None
    count: int = 0
    last: str = ""
    former: int = 0
    vouched: int = 0
    digest: hashlib.blake2b = field(init=False)

    def __post_init__(self) -> None:
        self.digest = new_digest(self.key)

    def read(self, written: Written) -> str:
        """Take the next entry; gives the fault it shows, or nothing."""
        fault = self._order(written) or self._content(written) or self._anchor(written)
        self.digest.update(digest_part(written.entry))
        self.count, self.last = written.entry.number, written.hash
        return fault

    def _order(self, written: Written) -> str:
        number = written.entry.number
        if number > self.count + 1:
            return _("Entry %(number)s is missing.", number=self.count + 1)
        if number < self.count + 1 or not same(written.entry.previous_hash, self.last):
            return _(
                "Entry %(number)s does not follow the one before it: something was put in, moved or changed.",
                number=number,
            )
        return ""

    def _content(self, written: Written) -> str:
        """An entry made with this key; or with a former one, which the entry about the new key has to vouch for."""
        number = written.entry.number
        if not self._is_made(written):
            if self.former == number - 1 and not self.vouched:
                self.former = number
                return ""
            return _("Entry %(number)s was changed, put in or moved.", number=number)
        if written.entry.action == REKEYED:
            return self._vouch(written)
        return ""

    def _is_made(self, written: Written) -> bool:
        """Whether it was made with the key; from some entry on, with the next one where there is one."""
        if same(written.hash, hash_entry(self.key, written.entry)):
            return True
        if self.next_key is None or not same(written.hash, hash_entry(self.next_key, written.entry)):
            return False
        self.key, self.next_key = self.next_key, None
        return True

    def _vouch(self, written: Written) -> str:
        through, digest = written.rekeyed.get("through"), written.rekeyed.get("digest")
        if through != written.entry.number - 1 or not same(str(digest), self.digest.hexdigest()):
            return _(
                "Entry %(number)s tells of a new key, but the entries before it are not those it saw.",
                number=written.entry.number,
            )
        self.vouched = written.entry.number
        return ""

    def _anchor(self, written: Written) -> str:
        anchored = self.anchors.get(written.entry.number)
        if anchored is None or same(anchored, written.hash):
            return ""
        return _("Entry %(number)s is not the one the anchor file saw.", number=written.entry.number)


def verify(entries: Iterable[Written], head: tuple[int, str], sealed: bool, reading: Reading) -> Verdict:
    """Read all entries; `head` is what the database says of count and hash, `sealed` whether its seal holds."""
    before = (0, "")
    try:
        for written in entries:
            if fault := reading.read(written):
                return Verdict(*before, fault)
            before = reading.count, reading.last
    except (ValueError, TypeError, AttributeError):
        # A date that is none, a number that is a text: the columns of SQLite take anything.
        return Verdict(*before, _("Entry %(number)s can't be read: it was changed.", number=before[0] + 1))
    fault = _unvouched(reading) or _end(reading, head, sealed) or _beyond(reading)
    return Verdict(reading.count, reading.last, fault)


def _unvouched(reading: Reading) -> str:
    """Entries of a former key count only where the present key vouches for them."""
    if not reading.former or reading.vouched:
        return ""
    return _(
        "Entry %(number)s was changed, or made with another key. After a change of key run `portal audit rekey`.",
        number=1,
    )


def _end(reading: Reading, head: tuple[int, str], sealed: bool) -> str:
    count, last = head
    if reading.count < count:
        return _(
            "Entry %(number)s is missing: %(count)s entries were written.",
            number=reading.count + 1,
            count=count,
        )
    if reading.count > count:
        return _(
            "Entry %(number)s was put in: only %(count)s entries were written.", number=count + 1, count=count
        )
    if not same(last, reading.last) or not sealed:
        return _(
            "The head of the trail was changed: entries after %(number)s may have been removed.",
            number=reading.count,
        )
    return ""


def _beyond(reading: Reading) -> str:
    """An anchor that saw more entries than there are: they were removed, or an older database was put in place."""
    if not reading.anchors or max(reading.anchors) <= reading.count:
        return ""
    return _(
        "Entry %(number)s is missing: the anchor file saw %(count)s entries.",
        number=reading.count + 1,
        count=max(reading.anchors),
    )


def new_digest(key: bytes) -> hashlib.blake2b:
    """A digest over many entries, made with the new key when the key changes."""
    return hashlib.blake2b(digest_size=32, key=key, person=_DIGEST)


def digest_part(entry: Entry) -> bytes:
    """What one entry adds to it."""
    text = canonical_entry(entry)
    return len(text).to_bytes(8, "big") + text
