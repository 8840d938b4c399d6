"""What a stated number allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.quantities import Quantity
from portal.core.vocabulary import QUALIFIERS
from portal.evidence.crosschecks.ranges import compatible, fits, is_slip, last_place, significant_digits

FIGURES = st.builds(
    Quantity,
    st.integers(0, 10**13),
    st.sampled_from([*QUALIFIERS, None]),
    st.sampled_from(["person", "idr", "percent"]),
)


@pytest.mark.parametrize(
    ("value", "stated", "qualifier", "expected"),
    [
        (3_024_000_000, 3_024_000_000, "exact", True),
        (3_024_000_001, 3_024_000_000, "exact", False),
        (604_800_000, 604_000_000, "about", True),
        (605_000_000, 604_000_000, "about", False),
        (603_500_000, 604_000_000, "about", True),
        (603_499_999, 604_000_000, "about", False),
        (4_999_680_000, 4_990_000_000, "about", True),
        (7_414_243_200, 7_000_000_000, "about", True),
        (7_800_000_000, 7_000_000_000, "about", False),
        (7_212_643_200, 7_400_000_000, "about", False),
        (20_614, 20_000, "more_than", True),
        (20_000, 20_000, "more_than", False),
        (20_000, 20_000, "at_least", True),
        (19_999, 20_000, "at_least", False),
        (20_000, 20_000, "up_to", True),
        (20_001, 20_000, "up_to", False),
    ],
)
def test_a_result_fits_what_the_rounding_of_the_stated_figure_allows(
    value: int, stated: int, qualifier: str, expected: bool
) -> None:
    assert fits(value, Quantity(stated, qualifier)) is expected


@pytest.mark.parametrize(
    ("share", "stated", "expected"),
    [
        (Decimal("150.87"), Decimal(150), True),
        (Decimal("151.0"), Decimal(150), False),
        (Decimal("8.431"), Decimal("8.43"), True),
        (Decimal("8.44"), Decimal("8.43"), False),
        (Decimal("86.4"), Decimal("86.40"), True),
        (Decimal("86.42"), Decimal("86.40"), False),
    ],
)
def test_a_percentage_is_rounded_to_its_last_digit(share: Decimal, stated: Decimal, expected: bool) -> None:
    from fractions import Fraction

    assert fits(Fraction(share), Quantity(stated, "exact", "percent")) is expected


@pytest.mark.parametrize(
    ("value", "place", "digits"),
    [(12_200, 100, 3), (12_345, 1, 5), (0, 1, 1), (3_000_000_000, 10**9, 1), (10, 10, 1)],
)
def test_zeros_at_the_end_do_not_count(value: int, place: int, digits: int) -> None:
    assert (last_place(value), significant_digits(value)) == (place, digits)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("exact", 5614), ("about", 5614), True),
        (("exact", 5614), ("about", 5600), True),
        (("exact", 15_000), ("about", 10_000), False),
        (("more_than", 3_000_000_000), ("exact", 3_024_000_000), True),
        (("more_than", 52_000), ("more_than", 56_000), True),
        (("more_than", 52_000), ("more_than", 6_000), False),
        (("up_to", 1_000), ("exact", 900), True),
        (("up_to", 1_000), ("exact", 100), False),
        (("exact", 837), ("exact", 873), False),
    ],
)
def test_figures_side_by_side_may_mean_the_same_number_or_not(
    one: tuple[str, int], other: tuple[str, int], expected: bool
) -> None:
    left, right = Quantity(one[1], one[0]), Quantity(other[1], other[0])
    assert compatible(left, right) is compatible(right, left) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (2_459_520_000, 2_429_520_000, True),
        (837, 873, True),
        (36_777, 35_777, True),
        (837, 738, False),
        (837, 837, False),
        (1_000, 100, False),
        (12, 34, False),
    ],
)
def test_a_slip_is_one_digit_or_two_swapped_neighbours(one: int, other: int, expected: bool) -> None:
    assert is_slip(one, other) is expected


@given(FIGURES)
def test_every_figure_is_compatible_with_itself(figure: Quantity) -> None:
    assert compatible(figure, figure)


@given(FIGURES, FIGURES)
def test_compatibility_has_no_direction(one: Quantity, other: Quantity) -> None:
    assert compatible(one, other) == compatible(other, one)


@given(st.integers(0, 10**13), st.sampled_from(["exact", "about", "at_least", "up_to"]))
def test_a_number_fits_its_own_statement(value: int, qualifier: str) -> None:
    assert fits(value, Quantity(value, qualifier))
