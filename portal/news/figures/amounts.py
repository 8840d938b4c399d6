"""A quantity as one short text, so that what a post was published with can be compared and shown later."""

from __future__ import annotations

from decimal import Decimal

from portal.core.quantities import Quantity

NO_QUALIFIER = "-"


def write_amount(amount: Quantity | None) -> str | None:
    """Value, qualifier and unit: `15000 about person`; None for no figure."""
    if amount is None:
        return None
    return f"{amount.value} {amount.qualifier or NO_QUALIFIER} {amount.unit}"


def read_amount(text: str | None) -> Quantity | None:
    """The quantity that `write_amount` wrote."""
    if text is None:
        return None
    value, qualifier, unit = text.split(" ", 2)
    return Quantity(number_of(value), None if qualifier == NO_QUALIFIER else qualifier, unit)


def number_of(digits: str) -> Decimal | int:
    """Digits as stored; whole ones as an integer, others with the places their source gave."""
    return int(digits) if digits.isascii() and digits.isdigit() else Decimal(digits)
