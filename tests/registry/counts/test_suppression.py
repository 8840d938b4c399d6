"""Nobody can work out a number below five, whatever else is published beside it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.registry.counts.suppression import Shown, protect
from portal.registry.counts.unions import Column, PaidList, added_up, columns_of, people_in
from tests.registry.counts.attacker import Attacker

PAYERS = ("apbd_regency", "csr", "dbh_sawit")
Atoms = dict[str, dict[int, int]]


def kept_columns(lists: list[PaidList]) -> tuple[Column, ...]:
    """The columns with villages: each payer's, and any payer's where several pay at once."""
    columns = columns_of(lists)

    def payers(column: Column) -> int:
        return sum(1 for other in columns if other.payer and other.shares_months(column))

    return tuple(column for column in columns if column.payer or payers(column) > 1)


def publish(atoms: Atoms, lists: list[PaidList]) -> tuple[tuple[Column, ...], Shown, Attacker]:
    """What is published of these people, and an attacker who has it."""
    columns = kept_columns(lists)
    everybody = (1 << len(lists)) - 1
    shown = protect(atoms, columns, frozenset({everybody}) | {column.members for column in columns_of(lists)})
    cells = {
        (column.members, village): people
        for column, own in zip(columns, shown.cells, strict=True)
        for village, people in own.items()
    }
    whole = added_up(atoms)
    totals = {union: people_in(whole, union) for union in shown.unions}
    return columns, shown, Attacker(len(lists), cells, totals, {column.members for column in columns})


def people_of(lists: int) -> st.SearchStrategy[Atoms]:
    """People of a few villages by set of lists, mostly few."""
    number = st.one_of(st.just(0), st.integers(1, 6), st.integers(1, 60))
    village = st.fixed_dictionaries(dict.fromkeys(range(1, 1 << lists), number))
    return st.lists(village, min_size=1, max_size=4).map(
        lambda villages: {
            f"desa {place}": {mask: people for mask, people in own.items() if people}
            for place, own in enumerate(villages)
            if any(own.values())
        }
    )


def lists_of(number: int) -> st.SearchStrategy[list[PaidList]]:
    """Lists of as many payers, in months that mostly overlap."""
    one = st.tuples(st.integers(0, 6), st.integers(6, 12))
    return st.lists(one, min_size=number, max_size=number).map(
        lambda periods: [
            PaidList(payer, first, last) for payer, (first, last) in zip(PAYERS, periods, strict=False)
        ]
    )


SITUATIONS = st.integers(1, 3).flatmap(lambda number: st.tuples(people_of(number), lists_of(number)))


@settings(max_examples=120, deadline=None)
@given(SITUATIONS)
def test_no_hidden_number_can_be_narrowed_to_fewer_than_six(situation: tuple[Atoms, list[PaidList]]) -> None:
    atoms, lists = situation
    columns, shown, attacker = publish(atoms, lists)
    for column, own in zip(columns, shown.cells, strict=True):
        for village, people in own.items():
            if people is None:
                least, most = attacker.range_of(village, column.members)
                assert least <= people_in(atoms[village], column.members) <= most
                assert most - least >= 5


@settings(max_examples=120, deadline=None)
@given(SITUATIONS)
def test_no_small_group_follows_from_two_payers(situation: tuple[Atoms, list[PaidList]]) -> None:
    atoms, lists = situation
    columns, _shown, attacker = publish(atoms, lists)
    own = [column for column in columns if column.payer]
    for one, other in combinations(own, 2):
        if not one.shares_months(other):
            continue
        both = one.members | other.members
        if both not in {column.members for column in columns}:
            continue
        for village, people in atoms.items():
            groups = {
                people_in(people, both) - people_in(people, one.members): (both, one.members),
                people_in(people, both) - people_in(people, other.members): (both, other.members),
            }
            for size, (plus, minus) in groups.items():
                if 0 < size < 5:
                    inner = attacker.people(village, minus)
                    terms = {place: 1 for place in attacker.people(village, plus) if place not in inner}
                    least, most = attacker.range_of_terms(terms)
                    assert most - least >= 5


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_what_is_shown_is_true_and_never_small(situation: tuple[Atoms, list[PaidList]]) -> None:
    atoms, lists = situation
    columns, shown, _attacker = publish(atoms, lists)
    for column, own in zip(columns, shown.cells, strict=True):
        truth = {village: people_in(people, column.members) for village, people in atoms.items()}
        assert own.keys() == {village for village, people in truth.items() if people}
        for village, people in own.items():
            assert people is None or people == truth[village] >= 5
    whole = added_up(atoms)
    assert all(people_in(whole, union) >= 5 for union in shown.unions)


YEAR = [PaidList("apbd_regency", 0, 11)]


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"a": 10, "b": 5}, {"a": 10, "b": 5}),
        ({"a": 10, "b": 4, "c": 7}, {"a": 10, "b": None, "c": None}),
        ({"a": 10, "b": 4, "c": 4}, {"a": 10, "b": None, "c": None}),
        ({"a": 10, "b": 1, "c": 1, "d": 6}, {"a": 10, "b": None, "c": None, "d": None}),
        ({"a": 40, "b": 3, "c": 3}, {"a": None, "b": None, "c": None}),
        ({"a": 40}, {"a": 40}),
    ],
)
def test_a_small_village_is_hidden_with_the_next_smallest(
    people: dict[str, int], shown: dict[str, int | None]
) -> None:
    found = protect({village: {1: number} for village, number in people.items()}, kept_columns(YEAR))
    assert found.cells == (shown,)
    assert found.unions == {1}


@pytest.mark.parametrize("people", [{"a": 3}, {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, {"a": 4, "b": 2}])
def test_where_nothing_else_is_left_to_hide_the_total_goes(people: dict[str, int]) -> None:
    found = protect({village: {1: number} for village, number in people.items()}, kept_columns(YEAR))
    assert found.unions == set()
    assert set(found.cells[0].values()) == {None}


def test_a_region_of_many_villages_keeps_most_of_its_numbers() -> None:
    atoms = {f"desa {place}": {1: 20 + place % 30} for place in range(400)} | {"kecil": {1: 2}}
    (cells,) = protect(atoms, kept_columns(YEAR)).cells
    assert sum(people is None for people in cells.values()) == 2
