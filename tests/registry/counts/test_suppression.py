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
    told = {column.members for column, own in zip(columns, shown.cells, strict=True) if own}
    cells = {
        (column.members, village): people
        for column, own in zip(columns, shown.cells, strict=True)
        for village, people in own.items()
    }
    whole = added_up(atoms)
    totals = {union: people_in(whole, union) for union in shown.unions}
    return columns, shown, Attacker(len(lists), sorted(atoms), told, cells, totals)


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
    """Lists in any months: of one payer where they follow one another, else of several."""
    one = st.tuples(st.integers(0, 7), st.integers(0, 4))
    return st.lists(one, min_size=number, max_size=number).map(_paid)


def _paid(periods: list[tuple[int, int]]) -> list[PaidList]:
    lists: list[PaidList] = []
    for payer, (first, more) in zip(PAYERS, periods, strict=False):
        apart = all(first > one.last_month or first + more < one.first_month for one in lists)
        lists.append(PaidList(PAYERS[0] if apart else payer, first, first + more))
    return lists


SITUATIONS = st.integers(1, 3).flatmap(lambda number: st.tuples(people_of(number), lists_of(number)))


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_no_small_number_can_be_narrowed_to_fewer_than_six(situation: tuple[Atoms, list[PaidList]]) -> None:
    atoms, lists = situation
    columns, _shown, attacker = publish(atoms, lists)
    for column in columns:
        for village, people in atoms.items():
            number = people_in(people, column.members)
            if 0 < number < 5:
                least, most = attacker.range_of(village, column.members)
                assert least <= number <= most
                assert most - least >= 5


@settings(max_examples=150, deadline=None)
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
def test_nobody_who_is_missing_from_some_months_follows_from_the_sum_of_all(
    situation: tuple[Atoms, list[PaidList]],
) -> None:
    atoms, lists = situation
    columns, shown, attacker = publish(atoms, lists)
    everybody = (1 << len(lists)) - 1
    if everybody not in shown.unions:
        return
    for column in columns:
        for village, people in atoms.items():
            if 0 < people_in(people, everybody) - people_in(people, column.members) < 5:
                inner = attacker.people(village, column.members)
                outer = attacker.people(village, everybody)
                least, most = attacker.range_of_terms({place: 1 for place in outer if place not in inner})
                assert most - least >= 5


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_what_is_shown_is_true_and_never_small(situation: tuple[Atoms, list[PaidList]]) -> None:
    atoms, lists = situation
    columns, shown, _attacker = publish(atoms, lists)
    for column, own in zip(columns, shown.cells, strict=True):
        truth = {village: people_in(people, column.members) for village, people in atoms.items()}
        assert not own or own.keys() >= {village for village, people in truth.items() if people}
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


@pytest.mark.parametrize("people", [{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, {"a": 4, "b": 2}])
def test_where_nothing_else_is_left_to_hide_the_villages_go(people: dict[str, int]) -> None:
    found = protect({village: {1: number} for village, number in people.items()}, kept_columns(YEAR))
    assert found == Shown(({},), frozenset({1}))


def test_a_small_total_is_not_told() -> None:
    assert protect({"a": {1: 3}}, kept_columns(YEAR)).unions == set()


def test_a_payer_of_few_people_everywhere_takes_nothing_from_the_others() -> None:
    """Two people of the oil palm fund in each of thirty villages are told as sixty."""
    atoms = {f"desa {place}": {1: 40 + place, 2: 2} for place in range(30)}
    lists = [PaidList("apbd_regency", 0, 11), PaidList("dbh_sawit", 0, 11)]
    shown = protect(atoms, kept_columns(lists))
    assert shown.cells == ({village: own[1] for village, own in atoms.items()}, {}, {})
    assert shown.unions == {1, 2, 3}


def test_months_with_few_people_of_a_payer_do_not_take_the_others_with_them() -> None:
    """Two people in each village until June, twenty from July: the second half is told village by village."""
    atoms = {f"desa {place}": {1: 40 + place, 3: 2, 5: 20} for place in range(30)}
    lists = [PaidList("apbd_regency", 0, 11), PaidList("csr", 0, 5), PaidList("csr", 6, 11)]
    columns = kept_columns(lists)
    shown = protect(atoms, columns)
    told = {
        (column.payer, column.first_month)
        for column, cells in zip(columns, shown.cells, strict=True)
        if cells
    }
    assert told == {("apbd_regency", 0), ("csr", 6), ("", 6)}
    assert all(people is not None for cells in shown.cells for people in cells.values())


def test_a_village_is_told_with_all_its_numbers_or_with_none() -> None:
    atoms = {f"desa {place}": {1: 40, 2: 20} for place in range(30)} | {"kecil": {1: 300, 2: 1}}
    lists = [PaidList("apbd_regency", 0, 11), PaidList("csr", 0, 11)]
    shown = protect(atoms, kept_columns(lists))
    hidden = [{village for village, people in cells.items() if people is None} for cells in shown.cells]
    assert hidden[0] == hidden[1] == hidden[2] == {"desa 0", "kecil"}


def test_a_region_of_many_villages_keeps_most_of_its_numbers() -> None:
    atoms = {f"desa {place}": {1: 20 + place % 30} for place in range(400)} | {"kecil": {1: 2}}
    (cells,) = protect(atoms, kept_columns(YEAR)).cells
    assert sum(people is None for people in cells.values()) == 2
