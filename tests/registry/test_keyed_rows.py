"""People packed by bucket and number of name digests come back whole, in the order of the table."""

from __future__ import annotations

import pytest

from portal.registry.digests import KEY_BYTES, IdentityHasher, bucket_of
from portal.registry.keying import rows as packing
from portal.registry.keying.rows import BUCKETS, KeyedPerson, KeyedRows, PlainPerson
from portal.registry.names import MAX_TOKENS, match_tokens
from tests.registry.people import somebody

HASHER = IdentityHasher(bytes(range(KEY_BYTES)))
# From no word to more words than are kept.
NAMES = ["", "A", *(" ".join(chr(97 + at) * 4 for at in range(words)) for words in range(1, 20))]
PEOPLE: list[PlainPerson] = [
    (somebody(number, "").nik, NAMES[number % len(NAMES)], number + 2, number % 500, number % 13)
    for number in range(2_000)
]


def keyed(people: list[PlainPerson]) -> KeyedRows:
    rows = KeyedRows(HASHER)
    rows.add(people)
    return rows


def taken(rows: KeyedRows) -> list[KeyedPerson]:
    return [one for bucket in range(BUCKETS) for one in rows.take(bucket)]


def test_everybody_comes_back_with_all_that_was_known_in_the_order_of_digests() -> None:
    expected = [
        (HASHER.nik(nik.encode()), row, int(nik[-4:]), village, group, names)
        for nik, name, row, village, group in PEOPLE
        for names in [HASHER.names(nik.encode(), match_tokens(name))]
    ]
    assert {len(one[-1]) // 8 for one in expected} >= {0, 1, MAX_TOKENS}
    assert taken(keyed(PEOPLE)) == sorted(expected)


def test_a_bucket_holds_its_own_digests_and_is_empty_once_taken() -> None:
    rows = keyed(PEOPLE)
    assert {bucket_of(one[0]) for one in rows.take(7)} == {7}
    assert rows.take(7) == []


def test_names_that_are_forgotten_meanwhile_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = taken(keyed(PEOPLE))
    monkeypatch.setattr(packing, "MOST_KEPT_NAMES", 2)
    monkeypatch.setattr(packing, "MOST_KEPT_FOLDINGS", 3)
    assert taken(keyed(PEOPLE)) == whole


def test_rows_of_two_make_the_rows_of_one() -> None:
    both, other = keyed(PEOPLE[::2]), keyed(PEOPLE[1::2])
    for slot, packed in other.packed():
        both.add_packed(slot, packed)
    assert taken(both) == taken(keyed(PEOPLE))
