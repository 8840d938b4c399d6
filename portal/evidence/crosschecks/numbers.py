"""Fractions as the decimals that pages show."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

# More than any stated figure and its hundredfold have.
DIGITS = 100


def rounded_to(value: Fraction, places: int) -> Decimal:
    """The value rounded half up to so many decimals: 150.9."""
    with localcontext(prec=DIGITS):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
