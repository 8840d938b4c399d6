"""What a stated number allows: the rounding behind "about", the open side of "more than".

"about 604 million" is what people say of 603.5 (rounded) up to 604.9 (cut off): half a unit of the last digit that
is not a zero below the number, one unit above it, and never more than a tenth of it. A percentage is always taken
as rounded to its last digit. Numbers that go into a calculation take half a unit on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portal.core.quantities import Quantity

CAP = Fraction(1, 10)
# "More than 6,000" is not said of 52,000: rivals read one-sided figures as at most twice (or half) the number.
FAR = 2


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` (None: no end), with or without its ends."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def contains(self, value: Fraction | int) -> bool:
        """Whether the value lies in the range."""
        point = Fraction(value)
        return self.overlaps(Range(point, point))

    def overlaps(self, other: Range) -> bool:
        """Whether some number lies in both ranges."""
        return not self.below(other) and not other.below(self)

    def below(self, other: Range) -> bool:
        """Whether every number of this range is smaller than every one of the other."""
        if self.high is None or other.low is None:
            return False
        if self.high == other.low:
            return self.high_open or other.low_open
        return self.high < other.low


def exactly(value: Fraction | int) -> Range:
    """The range of one number."""
    return Range(Fraction(value), Fraction(value))


def last_place(value: Decimal | int) -> Fraction:
    """The size of the last digit that counts: 100 for 12,200, 0.01 for 8.43; 1 for zero."""
    if isinstance(value, Decimal) and int(value.as_tuple().exponent) < 0:
        return Fraction(1, 10 ** -int(value.as_tuple().exponent))
    digits = str(int(value))
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0")))) if int(value) else Fraction(1)


def significant_digits(value: Decimal | int) -> int:
    """How many digits count: 3 for 12,200."""
    return len(str(int(Fraction(value) / last_place(value))))


def stated_range(stated: Quantity) -> Range:
    """What may be behind a stated number to which a result is compared."""
    value = Fraction(stated.value)
    match stated.qualifier:
        case "more_than":
            return Range(value, None, low_open=True)
        case "at_least":
            return Range(value, None)
        case "up_to":
            return Range(None, value)
        case "about":
            unit = last_place(stated.value)
            below, above = min(unit / 2, value * CAP), min(unit, value * CAP)
            return Range(value - below, value + above, high_open=above > 0)
    if stated.unit == "percent":
        unit = _decimal_place(stated.value)
        return Range(value - unit / 2, value + unit, high_open=True)
    return exactly(value)


def input_range(stated: Quantity) -> Range:
    """What may be behind a number that goes into a calculation."""
    if stated.qualifier != "about":
        return stated_range(stated) if stated.unit != "percent" else exactly(Fraction(stated.value))
    value = Fraction(stated.value)
    margin = min(last_place(stated.value) / 2, value * CAP)
    return Range(value - margin, value + margin)


def near_range(stated: Quantity) -> Range:
    """As stated_range, with the open side ended at twice or half the number, for figures set side by side."""
    found, value = stated_range(stated), Fraction(stated.value)
    if found.high is None:
        return Range(found.low, value * FAR, found.low_open)
    if found.low is None:
        return Range(value / FAR, found.high)
    return found


def fits(value: Fraction | int, stated: Quantity) -> bool:
    """Whether a computed value may be what is stated."""
    return stated_range(stated).contains(value)


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two stated figures may mean the same number."""
    return one.value == other.value or near_range(one).overlaps(near_range(other))


def is_slip(one: int, other: int) -> bool:
    """Whether two different numbers are one wrong digit or two swapped neighbours apart."""
    left, right = str(one), str(other)
    if len(left) != len(right):
        return False
    apart = [place for place in range(len(left)) if left[place] != right[place]]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        first, second = apart
        return left[first] == right[second] and left[second] == right[first]
    return len(apart) == 1


def _decimal_place(value: Decimal | int) -> Fraction:
    return last_place(value) if isinstance(value, Decimal) and value != value.to_integral() else Fraction(1)
