"""Which numbers are hidden so that none below five can be read or worked out (docs/registry.md, Counts).

A village is shown with all its numbers or with none. Hidden villages are so many that their people could live in any of
them: whoever knows all totals and all other villages knows of each hidden number only that it lies in a wide range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portal.registry.counts.groups import Group, groups_of
from portal.registry.counts.swaps import Swaps
from portal.registry.counts.unions import (
    ANY_PAYER,
    SMALLEST_CELL,
    Atoms,
    Column,
    Sieve,
    added_up,
    is_small,
    people_in,
    showable,
    tables_of,
)

# From the least to the most that a hidden number can be.
NARROWEST: Final = SMALLEST_CELL
# Sets of columns that are tried for one table.
MOST_CHOICES: Final = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be published: people by column and village (None: hidden), and the unions that may be told.

    A column without any village has no numbers by village at all.
    """

    cells: tuple[dict[str, int | None], ...]
    unions: frozenset[int]

    @property
    def worth(self) -> tuple[int, int]:
        """How much is told: totals first, then numbers of villages."""
        return len(self.unions), sum(people is not None for cells in self.cells for people in cells.values())


def protect(atoms: Atoms, columns: tuple[Column, ...], further: frozenset[int] = frozenset()) -> Shown:
    """What may be shown of these columns and of `further` unions, which have no villages.

    Lists whose months hang together are one table. Its columns with many small villages may be told as totals alone; the
    choice that tells most is taken.
    """
    people = added_up(atoms)
    unions = {one.members for one in columns} | further
    whole = {members: people_in(people, members) for members in unions}
    safe = showable(whole)
    cells: list[dict[str, int | None]] = [{} for _column in columns]
    closed = unions - safe
    for lists in tables_of(column.members for column in columns):
        places = [place for place, column in enumerate(columns) if column.members & lists]
        own = {members for members in unions if members & lists == members}
        shown = _protect_table(_projected(atoms, lists), [columns[place] for place in places], own & safe)
        closed |= own - shown.unions
        for place, found in zip(places, shown.cells, strict=True):
            cells[place] = found
    left = {one for one in unions if not any(members & one == members for members in closed)}
    return Shown(tuple(cells), frozenset(one for one in left if not _betrays(one, atoms, columns, whole)))


def _protect_table(atoms: Atoms, columns: Sequence[Column], safe: set[int]) -> Shown:
    found = [_Telling(atoms, columns, safe, told).shown() for told in _choices(atoms, columns)]
    return max(found, key=lambda shown: shown.worth)


def _projected(atoms: Atoms, lists: int) -> Atoms:
    """People by the lists of one table alone."""
    found: dict[str, dict[int, int]] = {}
    for village, own in atoms.items():
        for mask, people in own.items():
            if kept := mask & lists:
                table = found.setdefault(village, {})
                table[kept] = table.get(kept, 0) + people
    return found


def _betrays(union: int, atoms: Atoms, columns: Sequence[Column], whole: Mapping[int, int]) -> bool:
    """Whether people over several tables are about as few as villages allow, and that tells of few who changed."""
    inside = {one.members for one in columns if one.members & union == one.members}
    if len(tables_of(inside)) < 2:
        return False
    least = sum(max(people_in(own, members) for members in inside) for own in atoms.values())
    groups = [group for group in groups_of({union, *inside}) if union in group.factors]
    return whole[union] - least < NARROWEST and any(
        is_small(sum(people for mask, people in own.items() if group.has(mask)))
        for group in groups
        for own in atoms.values()
    )


def _choices(atoms: Atoms, columns: Sequence[Column]) -> Iterator[frozenset[int]]:
    """Sets of columns that could be told by village: all, then without those that would hide most villages."""
    everything = frozenset(range(len(columns)))
    yield everything
    sieve, hiding = Sieve({column.members for column in columns}), Counter[int]()
    for own in atoms.values():
        counts = {column.members: people_in(own, column.members) for column in columns}
        hiding.update(members for members in counts.keys() - sieve.showable(counts) if counts[members])
    worst = sorted(
        (place for place in everything if hiding[columns[place].members]),
        key=lambda place: (-hiding[columns[place].members], columns[place].payer != ANY_PAYER, place),
    )
    step = max(1, -(-len(worst) // MOST_CHOICES))
    for end in range(step, len(worst) + step, step):
        yield everything.difference(worst[:end])


class _Telling:
    """One choice of columns told by village: which villages are hidden, and which totals."""

    def __init__(
        self,
        atoms: Atoms,
        columns: Sequence[Column],
        safe: set[int],
        told: frozenset[int],
    ) -> None:
        self._atoms, self._columns, self._told = atoms, columns, told
        self._open = set(safe)
        self._readable = {columns[place].members for place in told}
        self._listed = 0
        for members in self._readable:
            self._listed |= members
        self._people = {
            village: {members: people_in(own, members) for members in self._readable}
            for village, own in atoms.items()
            if people_in(own, self._listed)
        }
        sieve = Sieve(self._readable)
        self._hidden = {
            village
            for village, counts in self._people.items()
            if any(counts[one] for one in self._readable - sieve.showable(counts))
        }

    def shown(self) -> Shown:
        """What this choice tells."""
        while self._hidden and (group := self._narrow_group()):
            self._widen(group)
        while group := self._narrow_besides():
            self._close(group.largest)
        cells = tuple(
            self._cells(column.members) if place in self._told else {}
            for place, column in enumerate(self._columns)
        )
        return Shown(cells, frozenset(self._open))

    def _cells(self, members: int) -> dict[str, int | None]:
        """A column's numbers; hidden villages stand in it unless its total tells that they have nobody."""
        nobody = members in self._open and not self._together(Group({members: 1}))
        cells: dict[str, int | None] = {}
        for village, counts in self._people.items():
            if village in self._hidden:
                if not nobody:
                    cells[village] = None
            elif counts[members]:
                cells[village] = counts[members]
        return cells

    def _together(self, group: Group) -> int:
        """A group's people in all hidden villages."""
        return sum(group.people(self._people[village]) for village in self._hidden)

    def _narrow_group(self) -> Group | None:
        """The first group whose people in a hidden village can be narrowed down."""
        known = {members for members in self._readable if members in self._open}
        listed = sum(people_in(self._atoms[village], self._listed) for village in self._hidden)
        others = len(self._hidden) - 1
        for group in groups_of(known):
            people = self._together(group)
            # All of them in one village, but for those whom the other villages need to have anybody; or all elsewhere.
            most = people - max(0, others - (listed - people))
            least = int(people == listed) if others else people
            if people and most - least < NARROWEST:
                return group
        return None

    def _widen(self, group: Group) -> None:
        """Hide the smallest village that has people of the group as well, else the group's largest total."""
        beside = [
            village
            for village, counts in self._people.items()
            if village not in self._hidden and group.people(counts)
        ]
        if beside:
            self._hidden.add(min(beside, key=lambda one: (people_in(self._atoms[one], self._listed), one)))
        else:
            self._close(group.largest)

    def _close(self, members: int) -> None:
        """Hide a union's total, and those of all that contain it."""
        self._open = {union for union in self._open if union & members != members}

    def _narrow_besides(self) -> Group | None:
        """The first group that follows from a total without villages, and is small and narrow in one of them."""
        swaps = Swaps(self._atoms, self._listed, frozenset(self._hidden))
        for group in groups_of(self._open):
            if group.factors.keys() <= self._readable:
                continue
            for village, own in self._atoms.items():
                people = sum(number for mask, number in own.items() if group.has(mask))
                if is_small(people) and swaps.width(group, village) < NARROWEST:
                    return group
        return None
