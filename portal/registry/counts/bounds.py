"""What a reader can work out: the least and the most that each hidden number can be, given all that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

# More people than any list has.
UNKNOWN: Final = 10**9
# Bounds that still move after so many rounds move by ones between far ends.
MOST_ROUNDS: Final = 60

# Least and most, changed in place; shared by all equations that a number is in.
Bound = list[int]
Equation = list[tuple[int, Bound]]


@dataclass(frozen=True, slots=True)
class Relation:
    """Columns whose sum less that of others is a number of people of each village, never below zero."""

    plus: tuple[int, ...]
    minus: tuple[int, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """All columns it is about."""
        return self.plus + self.minus


@dataclass(slots=True)
class Grid:
    """Columns of people by village, how they hang together, and what is hidden of them.

    `members` are the columns' sets of lists, `values` their people by village (never zero: such a village is not
    listed), `hidden` villages by column, `open` whether the column's total is shown.
    """

    members: Sequence[int]
    values: Sequence[dict[str, int]]
    relations: Sequence[Relation]
    hidden: list[set[str]] = field(default_factory=list)
    open: list[bool] = field(default_factory=list)

    def is_hidden(self, column: int, village: str) -> bool:
        """Whether the number is not shown."""
        return village in self.hidden[column]

    def difference(self, relation: Relation, village: str) -> int:
        """What a relation comes to in a village."""
        plus = sum(self.values[column].get(village, 0) for column in relation.plus)
        return plus - sum(self.values[column].get(village, 0) for column in relation.minus)

    def villages_hidden(self, relation: Relation) -> set[str]:
        """Villages where the relation is not known because one of its numbers is hidden."""
        return set().union(*(self.hidden[column] for column in relation.columns))


@dataclass(frozen=True, slots=True)
class Outlook:
    """Bounds of the hidden numbers by (column, village), and of differences by (relation, village)."""

    cells: dict[tuple[int, str], Bound]
    differences: dict[tuple[int, str], Bound]


def work_out(grid: Grid) -> Outlook:
    """The bounds that follow from totals, relations and from each village listed having somebody."""
    outlook = Outlook(
        {(column, village): [1, UNKNOWN] for column, names in enumerate(grid.hidden) for village in names}, {}
    )
    equations = [*_of_columns(grid, outlook), *_of_relations(grid, outlook)]
    for _round in range(MOST_ROUNDS):
        moved = [_balance(equation) for equation in equations]
        if not any(moved):
            break
    return outlook


def _of_columns(grid: Grid, outlook: Outlook) -> list[Equation]:
    """The hidden numbers of a column make what its total leaves."""
    found = []
    for column, names in enumerate(grid.hidden):
        if names and grid.open[column]:
            rest = sum(grid.values[column][village] for village in names)
            found.append(_sum_to(rest, [outlook.cells[column, village] for village in names]))
    return found


def _of_relations(grid: Grid, outlook: Outlook) -> list[Equation]:
    """In each village the difference of columns is a number; all of them make the difference of the totals."""
    found = []
    for number, relation in enumerate(grid.relations):
        names = grid.villages_hidden(relation)
        for village in names:
            bound = outlook.differences[number, village] = [0, UNKNOWN]
            terms = [(1, _bound(grid, outlook, column, village)) for column in relation.plus]
            terms += [(-1, _bound(grid, outlook, column, village)) for column in relation.minus]
            found.append([*terms, (-1, bound)])
        if names and all(grid.open[column] for column in relation.columns):
            rest = sum(grid.difference(relation, village) for village in names)
            found.append(_sum_to(rest, [outlook.differences[number, village] for village in names]))
    return found


def _bound(grid: Grid, outlook: Outlook, column: int, village: str) -> Bound:
    if grid.is_hidden(column, village):
        return outlook.cells[column, village]
    value = grid.values[column].get(village, 0)
    return [value, value]


def _sum_to(rest: int, parts: Sequence[Bound]) -> Equation:
    return [*((1, part) for part in parts), (-1, [rest, rest])]


def _balance(equation: Equation) -> bool:
    """Narrow the bounds of numbers that, each with its sign, add up to zero; says whether any moved."""
    ends = [(low, high) if sign > 0 else (-high, -low) for sign, (low, high) in equation]
    least, most = sum(low for low, _high in ends), sum(high for _low, high in ends)
    moved = False
    for (sign, bound), (low, high) in zip(equation, ends, strict=True):
        if low == high:
            continue
        low, high = max(low, high - most), min(high, low - least)
        narrowed = [low, high] if sign > 0 else [-high, -low]
        if narrowed != bound:
            bound[:] = narrowed
            moved = True
    return moved
