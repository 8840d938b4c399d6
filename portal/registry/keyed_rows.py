"""People of a list as digests, packed by bucket: what a load holds in memory instead of anybody's name.

Nothing here needs the rest of the portal: a second process can load it alone (see `services.second_core`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import Struct
from typing import Final, NamedTuple

from portal.registry.digests import NIK_DIGEST_BYTES, IdentityHasher, bucket_of
from portal.registry.names import match_tokens

BUCKETS: Final = 256
MOST_KEPT_FOLDINGS: Final = 200_000
# NIK digest, row in the file, last four digits, village, occupation group, bytes of name digests.
_HEAD: Final = Struct(f"<{NIK_DIGEST_BYTES}sIHHBB")

# NIK, name, row in the file, number of the village, number of the occupation group.
PlainPerson = tuple[str, str, int, int, int]


class KeyedPerson(NamedTuple):
    """One person by digests; sorts by NIK digest and then by the row in the file."""

    digest: bytes
    row: int
    last_four: int
    village: int
    group: int
    names: bytes


class KeyedRows:
    """Rows of one file by bucket, some 50 bytes for each."""

    def __init__(self, hasher: IdentityHasher) -> None:
        self._hasher = hasher
        self._foldings: dict[str, str] = {}
        self._buckets = [bytearray() for _bucket in range(BUCKETS)]

    def add(self, people: Iterable[PlainPerson]) -> None:
        """Take the digests of people and keep nothing else."""
        hasher, foldings, buckets, pack = self._hasher, self._foldings, self._buckets, _HEAD.pack
        for nik, name, row, village, group in people:
            plain = nik.encode()
            digest = hasher.nik(plain)
            names = hasher.names(plain, match_tokens(name, foldings))
            buckets[bucket_of(digest)] += pack(digest, row, int(nik[-4:]), village, group, len(names)) + names
        if len(foldings) > MOST_KEPT_FOLDINGS:
            foldings.clear()

    def add_packed(self, bucket: int, packed: bytes) -> None:
        """Take over rows of a bucket as `packed` gives them."""
        self._buckets[bucket] += packed

    def packed(self, bucket: int) -> bytes:
        """The rows of a bucket as bytes."""
        return bytes(self._buckets[bucket])

    def take(self, bucket: int) -> list[KeyedPerson]:
        """The people of a bucket in the order of their digests; the bucket is empty afterwards."""
        people = sorted(_unpack(self._buckets[bucket]))
        self._buckets[bucket] = bytearray()
        return people


def _unpack(packed: bytearray) -> Iterator[KeyedPerson]:
    at, end, size, unpack = 0, len(packed), _HEAD.size, _HEAD.unpack_from
    make = KeyedPerson._make
    while at < end:
        *head, length = unpack(packed, at)
        at += size
        yield make((*head, bytes(packed[at : at + length])))
        at += length
