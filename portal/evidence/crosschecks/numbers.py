"""Fractions as the decimals that pages show."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded_to(value: Fraction, places: int) -> Decimal:
    """The value rounded half up to so many decimals: 150.9."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
