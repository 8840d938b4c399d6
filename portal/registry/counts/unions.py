"""People by the set of lists they are in, and what is counted of them: each person once in every union of lists.

A set of lists is a whole number with one bit for each list. A person has one village, whatever lists say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from portal.registry.counts.groups import groups_of

# A count below this could show who it is.
SMALLEST_CELL: Final = 5
ANY_PAYER: Final = ""

# People by village ('' unknown) and set of lists.
Atoms = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class PaidList:
    """Who pays a published list, and its first and last month."""

    payer: str
    first_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Column:
    """Months in which a payer (or any) has the same lists: those of the set `members`."""

    payer: str
    first_month: int
    last_month: int
    members: int

    @property
    def months(self) -> int:
        """How many months."""
        return self.last_month - self.first_month + 1

    def shares_months(self, other: Column) -> bool:
        """Whether a month lies in both."""
        return self.first_month <= other.last_month and other.first_month <= self.last_month


def columns_of(lists: Sequence[PaidList]) -> tuple[Column, ...]:
    """The columns of each payer, then those of any payer, in order of time."""
    payers = sorted({one.payer for one in lists})
    own = [
        column
        for payer in payers
        for column in _stretches(payer, {place: one for place, one in enumerate(lists) if one.payer == payer})
    ]
    return (*own, *_stretches(ANY_PAYER, dict(enumerate(lists))))


def _stretches(payer: str, lists: Mapping[int, PaidList]) -> Iterable[Column]:
    """The time of these lists, cut where one begins or ends; months without a list are left out."""
    starts = {one.first_month for one in lists.values()} | {one.last_month + 1 for one in lists.values()}
    cuts = sorted(starts)
    for first, following in pairwise(cuts):
        members = sum(
            1 << place for place, one in lists.items() if one.first_month <= first <= one.last_month
        )
        if members:
            yield Column(payer, first, following - 1, members)


def tables_of(unions: Iterable[int]) -> list[int]:
    """Sets of lists that hang together: no union has lists of two of them."""
    tables: list[int] = []
    for union in unions:
        apart = [table for table in tables if not table & union]
        for table in tables:
            if table & union:
                union |= table
        tables = [*apart, union]
    return tables


def people_in(atoms: Mapping[int, int], members: int) -> int:
    """People in at least one list of the set."""
    return sum(number for mask, number in atoms.items() if mask & members)


def added_up(atoms: Atoms) -> dict[int, int]:
    """People by set of lists, of all villages together."""
    whole: dict[int, int] = defaultdict(int)
    for village in atoms.values():
        for mask, number in village.items():
            whole[mask] += number
    return dict(whole)


def is_small(number: int) -> bool:
    """Whether a count is of somebody, but of too few to show."""
    return 0 < number < SMALLEST_CELL


def showable(counts: Mapping[int, int]) -> set[int]:
    """See Sieve, for one set of numbers."""
    return Sieve(counts).showable(counts)


class Sieve:
    """Which of these unions can stand side by side without giving a small group away."""

    def __init__(self, unions: Collection[int]) -> None:
        self._rules = []
        for union in sorted(unions, key=lambda members: (members.bit_count(), members)):
            parts = [part for part in unions if part & union == part and part != union]
            groups = [group for group in groups_of({union, *parts}) if union in group.factors]
            self._rules.append((union, parts, groups))

    def showable(self, counts: Mapping[int, int]) -> set[int]:
        """The unions to show of these people by union (set of lists).

        Smaller unions come first. A union is left out where it is small, contains one left out, or makes a small
        group known: those in it and not in a part of it, or those in several of its parts.
        """
        shown: set[int] = set()
        for union, parts, groups in self._rules:
            if not counts[union] or any(counts[part] and part not in shown for part in parts):
                continue
            if not any(is_small(group.people(counts)) for group in groups):
                shown.add(union)
        return shown
