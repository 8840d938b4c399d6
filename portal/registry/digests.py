"""Keyed digests that stand in the registry where a NIK or a name would.

BLAKE2b in keyed mode (RFC 7693) with a 32-byte key kept outside the database. A NIK is mostly predictable, so an
unkeyed hash would be worthless. Each use has its own `person` string, so digests of one use never meet another's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from struct import Struct

NIK_DIGEST_BYTES = 16
NAME_DIGEST_BYTES = 8
KEY_BYTES = 32

_NIK = b"portal nik 1"
_NAME = b"portal name 1"
_REKEY_NIK = b"portal rekey n1"
_REKEY_NAME = b"portal rekey t1"
_ALLOWANCE = b"portal allow 1"
_SPOOL = b"portal spool 1"
_FINGERPRINT = b"portal keyprint1"
_EACH_NAME = Struct(f"{NAME_DIGEST_BYTES}s").iter_unpack


class IdentityHasher:
    """Digests of one key version; made once and copied, which is faster than keying anew for every row."""

    __slots__ = ("_allowance", "_name", "_nik")

    def __init__(self, key: bytes) -> None:
        key = _whole_key(key)
        self._nik = blake2b(key=key, person=_NIK, digest_size=NIK_DIGEST_BYTES)
        self._name = blake2b(key=key, person=_NAME, digest_size=NAME_DIGEST_BYTES)
        self._allowance = blake2b(key=key, person=_ALLOWANCE, digest_size=NIK_DIGEST_BYTES)

    def nik(self, nik: bytes) -> bytes:
        """Digest of a NIK given as 16 ASCII digits."""
        state = self._nik.copy()
        state.update(nik)
        return state.digest()

    def names(self, nik: bytes, tokens: Iterable[str]) -> bytes:
        """Packed digests (8 bytes each, sorted) of match tokens, each keyed together with the NIK."""
        return self.encoded_names(nik, map(str.encode, tokens))

    def encoded_names(self, nik: bytes, tokens: Iterable[bytes]) -> bytes:
        """The same of tokens in UTF-8, for a load: namesakes have them in common."""
        start = self._name.copy()
        start.update(nik)
        fresh, digests = start.copy, []
        for token in tokens:
            state = fresh()
            state.update(token)
            digests.append(state.digest())
        digests.sort()
        return b"".join(digests)

    def allowance(self, use: bytes, value: bytes) -> bytes:
        """Digest under which a limit counts `value` (an address, a NIK digest) without holding it."""
        state = self._allowance.copy()
        state.update(len(use).to_bytes(1, "big") + use + value)
        return state.digest()


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys since the first, oldest first: version n is number n of them.

    A rotated row holds `keyed(key₂, digest₁)`, so rows move to a new key without anybody's NIK.
    """

    keys: tuple[bytes, ...]

    @property
    def version(self) -> int:
        """The newest key's version, counted from 1."""
        return len(self.keys)

    @property
    def hasher(self) -> IdentityHasher:
        """The hasher of the first key, the only one that ever sees a NIK."""
        return IdentityHasher(self.keys[0])

    def nik_forward(self, digest: bytes, from_version: int, to_version: int) -> bytes:
        """Carry a NIK digest from one key version to a later one."""
        for key in self.keys[from_version:to_version]:
            digest = rekey_nik(key, digest)
        return digest

    def names_forward(self, packed: bytes, from_version: int, to_version: int) -> bytes:
        """Carry packed name digests from one key version to a later one."""
        for key in self.keys[from_version:to_version]:
            packed = rekey_names(key, packed)
        return packed


@dataclass(frozen=True, slots=True)
class Versions:
    """Which key versions the registry's rows have; of two only while a rotation runs.

    The rotation goes by digests of the former version and takes all rows of a person at once: those up to `moved`
    are in the newest version, all others in the former one. So a person is in one version, in whichever lists.
    """

    newest: int
    former: int | None = None
    moved: bytes | None = None

    @property
    def in_use(self) -> tuple[int, ...]:
        """Where a person may be found, the former version first: rows only ever move forward."""
        return (self.newest,) if self.former is None else (self.former, self.newest)

    def place(self, ring: KeyRing, digest: bytes, names: bytes) -> tuple[bytes, bytes, int]:
        """Where rows of a person stand whose first digests these are: (NIK digest, packed name digests, version)."""
        version = self.newest if self.former is None else self.former
        if version > 1:
            digest, names = ring.nik_forward(digest, 1, version), ring.names_forward(names, 1, version)
        if self.former is not None and self.moved is not None and digest <= self.moved:
            newest = self.newest
            digest, names = (
                ring.nik_forward(digest, version, newest),
                ring.names_forward(names, version, newest),
            )
            version = newest
        return digest, names, version


def bucket_of(digest: bytes) -> int:
    """The part of the registry in which a NIK digest is kept, 0–255: its first byte."""
    return digest[0]


def _whole_key(key: bytes) -> bytes:
    """All of a key's entropy in at most 64 bytes, the most BLAKE2b takes."""
    if len(key) < KEY_BYTES:
        raise ValueError(f"the registry key must hold at least {KEY_BYTES} bytes")
    return key if len(key) <= blake2b.MAX_KEY_SIZE else blake2b(key).digest()


def spool_key(key: bytes, salt: bytes) -> bytes:
    """The key of one uploaded file, 32 bytes; `salt` has 16 and is the file's own."""
    return blake2b(key=_whole_key(key), person=_SPOOL, salt=salt, digest_size=KEY_BYTES).digest()


def rekey_nik(key: bytes, digest: bytes) -> bytes:
    """The next version's NIK digest, from this version's."""
    return blake2b(digest, key=_whole_key(key), person=_REKEY_NIK, digest_size=NIK_DIGEST_BYTES).digest()


def rekey_names(key: bytes, packed: bytes) -> bytes:
    """The next version's packed name digests, from this version's."""
    return b"".join(
        sorted(
            blake2b(one, key=_whole_key(key), person=_REKEY_NAME, digest_size=NAME_DIGEST_BYTES).digest()
            for one in unpack(packed)
        )
    )


def unpack(packed: bytes) -> list[bytes]:
    """Packed name digests, one by one."""
    return [packed[at : at + NAME_DIGEST_BYTES] for at in range(0, len(packed), NAME_DIGEST_BYTES)]


def share_one(stored: bytes, asked: bytes) -> bool:
    """Whether two packs of name digests have one in common."""
    return not set(_EACH_NAME(stored)).isdisjoint(_EACH_NAME(asked))


def fingerprint(keys: Iterable[bytes]) -> bytes:
    """Eight bytes that tell one set of keys from another and nothing about them."""
    state = blake2b(person=_FINGERPRINT, digest_size=8)
    for key in keys:
        state.update(blake2b(_FINGERPRINT, key=_whole_key(key), digest_size=32).digest())
    return state.digest()
