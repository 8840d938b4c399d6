"""Adding up lead figures."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.quantities import Quantity, joint_qualifier
from portal.core.vocabulary import QUALIFIERS
from portal.funding.shapes import CommitmentShape
from portal.funding.totals import list_totals, payer_totals, total
from tests.evidence.builders import line, money, people, statement
from tests.evidence.test_check_properties import LINES, STATEMENTS


def _line(value: Quantity | None, **values: object) -> CommitmentShape:
    return line(statement("budgeted", workers=value), **values)  # type: ignore[arg-type]


def test_lines_of_one_stage_and_year_are_added_once_each() -> None:
    first = _line(people(100))
    lines = [
        first,
        _line(people(20)),
        _line(people(5), year=2024),
        line(statement("planned", workers=people(9))),
    ]
    found = total([*lines, first], "budgeted", 2025)
    assert found is not None
    assert (found.workers, found.lines, found.is_rounded) == (people(120), 2, False)


def test_an_unknown_is_counted_as_unknown_and_never_as_zero() -> None:
    found = total([_line(people(100)), _line(None)], "budgeted", 2025)
    assert found is not None
    assert (found.workers, found.lines, found.lines_without_workers) == (people(100), 2, 1)
    assert (found.amount, found.amount_idr, found.lines_without_amount) == (None, None, 2)
    assert found.lines_without_figure == 1


def test_where_no_line_has_a_figure_the_total_is_unknown() -> None:
    found = total([_line(None), _line(None)], "budgeted", 2025)
    assert found is not None
    assert (found.workers, found.lines_without_figure) == (None, 2)


def test_a_published_zero_is_a_figure() -> None:
    found = total([_line(people(0))], "budgeted", 2025)
    assert found is not None
    assert (found.workers, found.lines_without_workers) == (people(0), 0)


def test_without_a_line_there_is_no_total() -> None:
    assert total([_line(people(1))], "enrolled", 2025) is None
    assert list_totals([]) == ()


def test_lines_without_a_year_are_added_by_themselves_and_come_last() -> None:
    lines = [_line(people(1), year=None), _line(people(2), year=2024), _line(people(4))]
    assert [(t.fiscal_year, t.workers) for t in list_totals(lines)] == [
        (2025, people(4)),
        (2024, people(2)),
        (None, people(1)),
    ]


@pytest.mark.parametrize(
    ("qualifiers", "joint"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "about"], "about"),
        (["exact", "more_than"], "more_than"),
        (["at_least", "exact"], "at_least"),
        (["at_least", "more_than"], "more_than"),
        (["up_to", "exact"], "up_to"),
        (["up_to", "more_than"], "about"),
        (["about", "more_than"], "about"),
        ([None], "exact"),
    ],
)
def test_a_sum_is_never_more_certain_than_its_vaguest_part(qualifiers: list[str | None], joint: str) -> None:
    assert joint_qualifier(qualifiers) == joint


def test_mixed_and_unknown_funds_are_categories_of_their_own() -> None:
    funds = ("dbh_sawit", "apbd_regency", "mixed", "unknown")
    lines = [_line(people(10 + place), fund=fund) for place, fund in enumerate(funds)]
    assert [(part.funding_source, part.total.workers) for part in payer_totals(lines, "budgeted", 2025)] == [
        ("apbd_regency", people(11)),
        ("dbh_sawit", people(10)),
        ("mixed", people(12)),
        ("unknown", people(13)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("64.03", "64.03", True), ("64", "64.03", True), ("64.03", "64.09", False), ("64", "61.07", False)],
)
def test_the_total_says_where_two_lines_may_cover_the_same_people(
    one: str, other: str, expected: bool
) -> None:
    lines = [_line(people(10), region=one), _line(people(20), region=other, fund="apbd_province")]
    found = total(lines, "budgeted", 2025)
    assert found is not None
    assert found.may_overlap is expected


def test_a_line_without_workers_overlaps_with_nobody() -> None:
    found = total([_line(people(10)), line(statement("budgeted", amount=money(5)))], "budgeted", 2025)
    assert found is not None
    assert not found.may_overlap


@given(st.lists(STATEMENTS, min_size=1, max_size=5), st.data())
def test_repeating_a_statement_never_changes_a_total(said: list, data: st.DataObject) -> None:
    again = replace(data.draw(st.sampled_from(said)), id="zzz-repeated")
    once, twice = line(*said, name="one"), line(*said, again, name="one")
    assert list_totals([once]) == list_totals([twice])


@given(st.lists(LINES, max_size=6), st.randoms(use_true_random=False))
def test_order_and_repetition_of_lines_never_matter(lines: list[CommitmentShape], random: Random) -> None:
    mixed = [*lines, *lines]
    random.shuffle(mixed)
    assert list_totals(mixed) == list_totals(lines)


@given(st.lists(LINES, max_size=6))
def test_an_unknown_never_counts(lines: list[CommitmentShape]) -> None:
    for found in list_totals(lines):
        here = [one.figure(found.stage) for one in lines if one.fiscal_year == found.fiscal_year]
        known = [figure.workers.value for figure in here if figure.workers is not None]
        assert (found.workers is None) == (not known)
        assert found.workers is None or found.workers.value == sum(known)
        assert found.lines_without_workers == sum(f.lead is not None and f.workers is None for f in here)


@given(st.lists(st.sampled_from(QUALIFIERS), min_size=1))
def test_a_sum_is_exact_only_where_every_part_is(qualifiers: list[str]) -> None:
    assert (joint_qualifier(qualifiers) == "exact") == (set(qualifiers) == {"exact"})
