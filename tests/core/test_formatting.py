"""Numbers, money and dates in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from portal.core.formatting import (
    date_long,
    decimal,
    integer,
    month_year,
    percent,
    quantity,
    rounded,
    rupiah,
    rupiah_words,
)
from portal.core.i18n import use_language
from portal.core.quantities import Quantity


@given(st.integers(-(10**15), 10**15), st.sampled_from(["id", "en"]))
def test_integers_are_grouped_as_babel_groups_them(value: int, code: str) -> None:
    with use_language(code):
        assert integer(value) == format_decimal(value, locale=code)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["id", "en"]))
def test_decimals_keep_their_digits_and_are_written_as_babel_writes_them(value: Decimal, code: str) -> None:
    with use_language(code):
        assert decimal(value) == format_decimal(value, format="#,##0.00", locale=code)


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("id", 3_024_000_000, "Rp3,02 miliar"),
        ("en", 3_024_000_000, "Rp3.02 billion"),
        ("id", 4_300_000_000, "Rp4,3 miliar"),
        ("id", 10_000_000_000, "Rp10 miliar"),
        ("id", 403_000_000, "Rp403 juta"),
        ("id", 1_500_000_000_000, "Rp1,5 triliun"),
        ("id", 16_800, "Rp16.800"),
        ("en", 999_999, "Rp999,999"),
        ("id", 0, "Rp0"),
        ("id", -2_000_000, "−Rp2 juta"),
    ],
)
def test_large_amounts_read_in_words(code: str, value: int, words: str) -> None:
    with use_language(code):
        assert rupiah_words(value) == words


@pytest.mark.parametrize(
    ("code", "stated", "text"),
    [
        ("id", Quantity(20000, "more_than"), "lebih dari 20.000"),
        ("en", Quantity(20000, "more_than"), "more than 20,000"),
        ("id", Quantity(22121, "about"), "± 22.121"),
        ("id", Quantity(4465, "exact"), "4.465"),
        ("id", Quantity(4465, None), "4.465"),
        ("id", Quantity(2_000_000_000, "at_least", "idr"), "sedikitnya Rp2.000.000.000"),
        ("en", Quantity(100, "up_to"), "up to 100"),
        ("id", Quantity(Decimal("86.40"), "exact", "percent"), "86,40%"),
        ("id", None, "Belum dipublikasikan"),
        ("en", None, "Not published"),
    ],
)
def test_a_figure_is_written_with_its_qualifier(code: str, stated: Quantity | None, text: str) -> None:
    with use_language(code):
        assert quantity(stated) == text


def test_zero_is_a_figure_and_not_the_same_as_unpublished() -> None:
    with use_language("id"):
        assert quantity(Quantity(0, "exact")) == "0"


def test_money_dates_and_results_follow_the_language() -> None:
    with use_language("id"):
        assert rupiah(2_429_520_000) == "Rp2.429.520.000"
        assert rupiah(-5) == "−Rp5"
        assert (date_long(date(2025, 8, 5)), month_year(date(2025, 8, 1))) == (
            "5 Agustus 2025",
            "Agustus 2025",
        )
        assert rounded(Decimal("150.871")) == "150,9"
        assert percent(Decimal("150.9")) == "150,9%"
    with use_language("en"):
        assert rupiah(2_429_520_000) == "Rp2,429,520,000"
        assert date_long(date(2025, 8, 5)) == "5 August 2025"
