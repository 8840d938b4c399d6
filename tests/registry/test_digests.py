"""Digests depend on key, NIK and name alone, and move to a new key without either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registry.digests import (
    NAME_DIGEST_BYTES,
    NIK_DIGEST_BYTES,
    IdentityHasher,
    KeyRing,
    fingerprint,
    share_one,
    unpack,
)

KEYS = (b"first-key-of-thirty-two-bytes-or-more", b"second-key-of-thirty-two-bytes-or-more", b"t" * 80)
niks = st.from_regex(r"\A[0-9]{16}\Z").map(str.encode)
names = st.lists(st.from_regex(r"\A[a-z]{3,12}\Z"), min_size=1, max_size=6, unique=True)


@given(niks, niks)
def test_two_niks_have_one_digest_only_when_they_are_one(first: bytes, second: bytes) -> None:
    hasher = IdentityHasher(KEYS[0])
    assert (hasher.nik(first) == hasher.nik(second)) == (first == second)
    assert len(hasher.nik(first)) == NIK_DIGEST_BYTES


@given(niks, names)
def test_name_digests_are_packed_one_by_one_in_no_telling_order(nik: bytes, tokens: list[str]) -> None:
    hasher = IdentityHasher(KEYS[0])
    packed = hasher.names(nik, tokens)
    assert len(packed) == NAME_DIGEST_BYTES * len(tokens)
    assert packed == hasher.names(nik, reversed(tokens))


@given(niks, niks, names)
def test_the_same_name_has_other_digests_with_another_nik(
    first: bytes, second: bytes, tokens: list[str]
) -> None:
    hasher = IdentityHasher(KEYS[0])
    assert share_one(hasher.names(first, tokens), hasher.names(second, tokens)) == (first == second)


@given(niks, names, st.integers(1, 3))
def test_rows_move_to_a_new_key_without_nik_or_name(nik: bytes, tokens: list[str], version: int) -> None:
    ring = KeyRing(KEYS[:version])
    old_nik, old_names = ring.hasher.nik(nik), ring.hasher.names(nik, tokens)
    for step in range(1, version):
        old_nik, old_names = (
            ring.nik_forward(old_nik, step, step + 1),
            ring.names_forward(old_names, step, step + 1),
        )
    asked = ring.names_forward(ring.hasher.names(nik, tokens[:1]), 1, version)
    assert old_nik == ring.nik_forward(ring.hasher.nik(nik), 1, version)
    assert share_one(old_names, asked)


def test_another_key_gives_another_digest() -> None:
    digests = {IdentityHasher(key).nik(b"6403010101900001") for key in KEYS}
    assert len(digests) == len(KEYS)


def test_a_use_has_digests_of_its_own() -> None:
    hasher = IdentityHasher(KEYS[0])
    nik = b"6403010101900001"
    found = {hasher.nik(nik), hasher.allowance(b"nik", nik), hasher.allowance(b"address", nik)}
    assert len(found) == 3


def test_keys_are_told_apart_by_fingerprint_and_order() -> None:
    prints = {fingerprint(KEYS[:1]), fingerprint(KEYS[:2]), fingerprint(KEYS[1::-1])}
    assert len(prints) == 3


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        IdentityHasher(b"short")


def test_packed_digests_come_apart_again() -> None:
    assert unpack(b"12345678abcdefgh") == [b"12345678", b"abcdefgh"]
