"""A stated number: its value as the source gave it and its qualifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

LOWER = frozenset({"more_than", "at_least"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated; `qualifier` is one of vocabulary.QUALIFIERS, or None where none was given.

    `unit` is `idr` for rupiah (integers), `percent`, or what is counted (`person`, `village`, `case`).
    """

    value: Decimal | int
    qualifier: str | None = "exact"
    unit: str = "person"

    @property
    def is_exact(self) -> bool:
        """Whether the source gave the number without rounding words."""
        return self.qualifier == "exact"


def stated(value: Decimal | int | None, qualifier: str | None, unit: str) -> Quantity | None:
    """A Quantity, or None where the source published no number (never zero)."""
    return None if value is None else Quantity(value, qualifier, unit)


def joint_qualifier(qualifiers: Iterable[str | None]) -> str:
    """How a sum may be stated: never more certain than its vaguest part."""
    met = {qualifier or "exact" for qualifier in qualifiers}
    above, below = met & LOWER, "up_to" in met
    if "about" in met or (above and below):
        return "about"
    if below:
        return "up_to"
    if above:
        return "more_than" if "more_than" in above else "at_least"
    return "exact"
