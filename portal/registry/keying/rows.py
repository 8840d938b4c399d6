"""People of a list as digests, packed by bucket: what a load holds in memory instead of anybody's name.

Nothing here needs the rest of the portal: a second process can load it alone (see `second_core`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import Struct
from typing import Final

from portal.registry.digests import NAME_DIGEST_BYTES, NIK_DIGEST_BYTES, IdentityHasher, bucket_of
from portal.registry.names import MAX_TOKENS, match_tokens

BUCKETS: Final = 256
# Of each process; both are forgotten with the rows.
MOST_KEPT_FOLDINGS: Final = 200_000
MOST_KEPT_NAMES: Final = 50_000
# NIK digest, row in the file, last four digits, village, occupation group, name digests: by the number of these.
_RECORDS: Final = tuple(
    Struct(f"<{NIK_DIGEST_BYTES}sIHHB{number * NAME_DIGEST_BYTES}s") for number in range(MAX_TOKENS + 1)
)
_SIZES: Final = len(_RECORDS)

# NIK, name, row in the file, number of the village, number of the occupation group.
PlainPerson = tuple[str, str, int, int, int]
# NIK digest, row, last four digits, village, occupation group, name digests: sorts by NIK digest, then by row. Plain
# tuples of plain values, as the garbage collector soon leaves them alone.
KeyedPerson = tuple[bytes, int, int, int, int, bytes]


class KeyedRows:
    """Rows of one file, some 50 bytes for each; a slot holds those of one bucket and one length."""

    def __init__(self, hasher: IdentityHasher) -> None:
        self._hasher = hasher
        self._foldings: dict[str, str] = {}
        self._tokens: dict[str, tuple[bytes, ...]] = {}
        self._slots = [bytearray() for _slot in range(BUCKETS * _SIZES)]

    def add(self, people: Iterable[PlainPerson]) -> None:
        """Take the digests of people and keep nothing else of them than words of names, for the next ones."""
        hasher, keep, slots = self._hasher, self._tokens, self._slots
        key_nik, key_names = hasher.nik, hasher.encoded_names
        packs = [record.pack for record in _RECORDS]
        for nik, name, row, village, group in people:
            tokens = keep.get(name)
            if tokens is None:
                tokens = self._match(name)
            plain, size = nik.encode(), len(tokens)
            digest = key_nik(plain)
            slots[bucket_of(digest) * _SIZES + size] += packs[size](
                digest, row, int(nik[-4:]), village, group, key_names(plain, tokens)
            )

    def packed(self) -> Iterator[tuple[int, bytes]]:
        """What there is, slot by slot."""
        for slot, held in enumerate(self._slots):
            if held:
                yield slot, bytes(held)

    def add_packed(self, slot: int, packed: bytes) -> None:
        """Take over what `packed` gives."""
        self._slots[slot] += packed

    def take(self, bucket: int) -> list[KeyedPerson]:
        """The people of a bucket in the order of their digests; the bucket is empty afterwards."""
        people: list[KeyedPerson] = []
        for size, record in enumerate(_RECORDS):
            slot = bucket * _SIZES + size
            people += record.iter_unpack(self._slots[slot])
            self._slots[slot] = bytearray()
        people.sort()
        return people

    def _match(self, name: str) -> tuple[bytes, ...]:
        """The match tokens of a name, kept for its namesakes."""
        if len(self._tokens) >= MOST_KEPT_NAMES:
            self._tokens.clear()
        if len(self._foldings) >= MOST_KEPT_FOLDINGS:
            self._foldings.clear()
        tokens = tuple(token.encode() for token in match_tokens(name, self._foldings))
        self._tokens[name] = tokens
        return tokens
