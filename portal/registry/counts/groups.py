"""Groups of people that can be worked out from numbers of unions standing side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Group:
    """Unions with the factor by which each counts; together they come to people of one group."""

    factors: Mapping[int, int]

    def people(self, counts: Mapping[int, int]) -> int:
        """How many these numbers by union tell that there are."""
        return sum(factor * counts[members] for members, factor in self.factors.items())

    def has(self, mask: int) -> bool:
        """Whether somebody on these lists belongs to it."""
        return sum(factor for members, factor in self.factors.items() if members & mask) > 0

    @property
    def largest(self) -> int:
        """The union of most lists."""
        return max(self.factors, key=lambda members: (members.bit_count(), members))


def groups_of(unions: Collection[int]) -> Iterator[Group]:
    """All groups that follow from up to four unions: those in one, in one but not in a part of it, and in two at once."""
    ordered = sorted(unions, key=lambda members: (members.bit_count(), members))
    yield from (Group({members: 1}) for members in ordered)
    for one, other in combinations(ordered, 2):
        common, both = one & other, one | other
        if both == other:
            yield Group({other: 1, one: -1})
        elif both in unions:
            yield Group({one: 1, other: 1, both: -1})
            if common in unions:
                yield Group({one: 1, other: 1, both: -1, common: -1})
    yield from _of_parts(ordered)


def _of_parts(ordered: Collection[int]) -> Iterator[Group]:
    """People counted more than once by the smallest parts that make up a union."""
    for union in ordered:
        parts = [part for part in ordered if part & union == part and part != union]
        singles = [
            part for part in parts if not any(inner & part == inner and inner != part for inner in parts)
        ]
        covered = 0
        for part in singles:
            covered |= part
        if covered == union and len(singles) > 2:
            yield Group({**dict.fromkeys(singles, 1), union: -1})
