"""Synthetic people look right, are always the same, and can be nobody."""

from __future__ import annotations

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.registry.nik import find_impossible_number, find_nik_mistake, has_possible_birth_date
from portal.registry.queries import list_lists
from portal.registry.samples import MOST_ROWS, sample_person
from portal.registry.services.checking import check_cover
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import withdraw_list
from portal.registry.services.sampling import ensure_sample_list
from tests.registry.people import BERAU


@given(st.integers(0, MOST_ROWS - 1))
def test_a_synthetic_nik_is_well_formed_and_never_issued(row: int) -> None:
    nik = sample_person("64.03", row).nik
    assert (find_nik_mistake(nik), find_impossible_number(nik), has_possible_birth_date(nik)) == (
        None,
        None,
        True,
    )
    assert (nik[:6], int(nik[12:]) >= 9000) == ("640399", True)


def test_every_row_has_a_nik_of_its_own() -> None:
    assert len({sample_person("64.03", row).nik for row in range(50_000)}) == 50_000


def test_setting_up_publishes_one_synthetic_list_and_finds_the_same_people_again(registry: Flask) -> None:
    first = ensure_sample_list(BERAU)
    again = ensure_sample_list(BERAU)
    assert first == again
    assert [bool(check_cover(person.nik, person.name, "")) for person in first] == [True, True]
    with registry_engine().connect() as connection:
        assert [(one.state, one.synthetic) for one in list_lists(connection)] == [("published", True)]


def test_a_synthetic_list_that_was_withdrawn_stays_away(registry: Flask) -> None:
    ensure_sample_list(BERAU)
    withdraw_list(1, actor="test")
    assert ensure_sample_list(BERAU) == ()
