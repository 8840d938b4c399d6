"""Which numbers are hidden so that none below five can be read or worked out (docs/registry.md, Counts).

Hidden first is what is small itself; then, the smallest first, what would give a hidden number away: every hidden
number keeps a range of more than five, given all totals and all other numbers of the programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.registry.counts.bounds import Bound, Grid, Outlook, Relation, work_out
from portal.registry.counts.unions import (
    ANY_PAYER,
    SMALLEST_CELL,
    Atoms,
    Column,
    added_up,
    is_small,
    people_in,
    showable,
)

# From the least to the most that a hidden number can be.
NARROWEST: Final = SMALLEST_CELL


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be published: people by column and village (None: hidden), and the unions that may be told."""

    cells: tuple[dict[str, int | None], ...]
    unions: frozenset[int]


def protect(atoms: Atoms, columns: tuple[Column, ...], further: frozenset[int] = frozenset()) -> Shown:
    """What may be shown of these columns and of `further` unions, which have no villages."""
    whole = added_up(atoms)
    unions = {column.members for column in columns} | further
    safe = showable({members: people_in(whole, members) for members in unions})
    grid = _grid(atoms, columns, safe)
    while _widen_once(grid):
        pass
    closed = {members for members, is_open in zip(grid.members, grid.open, strict=True) if not is_open}
    cells = tuple(
        {village: None if grid.is_hidden(place, village) else people for village, people in values.items()}
        for place, values in enumerate(grid.values)
    )
    left = {union for union in safe if not any(members & union == members for members in closed)}
    return Shown(cells, frozenset(left))


def _grid(atoms: Atoms, columns: tuple[Column, ...], safe: set[int]) -> Grid:
    values = [
        {village: people for village, own in atoms.items() if (people := people_in(own, column.members))}
        for column in columns
    ]
    grid = Grid([column.members for column in columns], values, tuple(_relations(columns)))
    grid.hidden = [set() for _column in columns]
    grid.open = [column.members in safe for column in columns]
    members = set(grid.members)
    for village, own in atoms.items():
        shown = showable({one: people_in(own, one) for one in members})
        for place, column in enumerate(columns):
            if village in values[place] and column.members not in shown:
                grid.hidden[place].add(village)
    return grid


def _relations(columns: tuple[Column, ...]) -> Iterator[Relation]:
    """People that one payer of several pays alone, that two pay for, and that came with one more payer."""
    whole = [place for place, column in enumerate(columns) if column.payer == ANY_PAYER]
    for union in whole:
        parts = [
            place
            for place, column in enumerate(columns)
            if column.payer != ANY_PAYER and column.shares_months(columns[union])
        ]
        yield from (Relation((union,), (part,)) for part in parts)
        if len(parts) > 1:
            yield Relation(tuple(parts), (union,))
        members = columns[union].members
        for other in whole:
            inner = columns[other].members
            if inner != members and inner & members == inner:
                yield Relation((union,), (other,))


def _widen_once(grid: Grid) -> bool:
    """Hide one more number for each column in which a hidden one can be narrowed down; whether there was any."""
    outlook = work_out(grid)
    narrow: dict[int, str] = {}
    for (column, village), bound in sorted(outlook.cells.items()):
        if _is_narrow(bound):
            narrow.setdefault(column, village)
    changed = [_hide_for_cell(grid, column, village) for column, village in narrow.items()]
    if not narrow:
        changed = [_hide_for_difference(grid, relation) for relation in _narrow_relations(grid, outlook)]
    return any(changed)


def _is_narrow(bound: Bound) -> bool:
    return bound[1] - bound[0] < NARROWEST


def _narrow_relations(grid: Grid, outlook: Outlook) -> list[Relation]:
    """Relations by which a small group of a village can be narrowed down."""
    found = {
        number
        for (number, village), bound in outlook.differences.items()
        if _is_narrow(bound) and is_small(grid.difference(grid.relations[number], village))
    }
    return [grid.relations[number] for number in sorted(found)]


def _hide_for_cell(grid: Grid, column: int, village: str) -> bool:
    """Hide the smallest neighbour of its column, or what narrows it down within its village, or the total."""
    names = grid.hidden[column]
    rest = sum(grid.values[column][name] for name in names)
    if grid.open[column] and (len(names) < 2 or rest - len(names) < NARROWEST):
        return _hide_smallest(grid, column) or _close(grid, column)
    related = [relation for relation in grid.relations if column in relation.columns]
    beside = sorted(
        {other for relation in related for other in relation.columns if other != column},
        key=lambda other: -grid.members[other].bit_count(),
    )
    for other in beside:
        if village in grid.values[other] and not grid.is_hidden(other, village):
            grid.hidden[other].add(village)
            return True
    return any(_hide_smallest(grid, one) or _close(grid, one) for one in (column, *beside))


def _hide_for_difference(grid: Grid, relation: Relation) -> bool:
    """Hide a number of another village, so that the small difference can lie there as well."""
    union = max(relation.columns, key=lambda column: grid.members[column].bit_count())
    known = grid.values[union].keys() - grid.villages_hidden(relation)
    telling = [village for village in known if grid.difference(relation, village)]
    if telling or known:
        chosen = min(telling or known, key=lambda name: (grid.values[union][name], name))
        grid.hidden[union].add(chosen)
        return True
    return any(_hide_smallest(grid, one) or _close(grid, one) for one in (union, *relation.columns))


def _hide_smallest(grid: Grid, column: int) -> bool:
    left = grid.values[column].keys() - grid.hidden[column]
    if not left:
        return False
    grid.hidden[column].add(min(left, key=lambda name: (grid.values[column][name], name)))
    return True


def _close(grid: Grid, column: int) -> bool:
    """Hide a column's total, and those of all columns that contain it."""
    own = grid.members[column]
    around = [
        place for place, members in enumerate(grid.members) if members & own == own and grid.open[place]
    ]
    for place in around:
        grid.open[place] = False
    return bool(around)
