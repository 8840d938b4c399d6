"""Cells merged downwards: a village written once beside all its people is the village of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from portal.registry.lists.header import MOST_COLUMNS

# Two for each person of a full sheet of the old .xls, and more than their table takes a tenth of the memory there is.
MOST_MERGES: Final = 300_000

Range = tuple[tuple[int, int], tuple[int, int]]


class Above(NamedTuple):
    """The text of a merged cell, the row it is written in, and the last row it covers."""

    text: str
    row: int
    last: int


class MergedRow(list[str]):
    """A row that cells merged from above reach into; `above` tells them by column, whatever the row holds itself."""

    __slots__ = ("above",)

    def __init__(self, cells: Sequence[str], above: Mapping[int, Above]) -> None:
        super().__init__(cells)
        self.above = above


class Merges:
    """The merged cells of a sheet, as its rows pass by in their order."""

    def __init__(self, ranges: Iterable[Range] = (), first_column: int = 0) -> None:
        """`ranges` are the first and last cell, counted from 0; `first_column` is the one that rows begin with."""
        self._beginning: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, Above] = {}
        # The last row that all open ones reach.
        self._until = 0
        for (first, column), (last, _column) in ranges:
            self.begin(first + 1, column - first_column, last + 1)

    def begin(self, row: int, column: int, last: int) -> None:
        """A cell of a row to come reaches down to row `last`; one of a single row, or too far out, is passed over."""
        if last > row and 0 <= column < MOST_COLUMNS:
            self._beginning.setdefault(row, []).append((column, last))

    def carry(self, number: int, cells: list[str]) -> list[str]:
        """The row, with what merged cells above it hold."""
        if not (self._beginning or self._open):
            return cells
        if self._open and number > self._until:
            self._hold({column: above for column, above in self._open.items() if above.last >= number})
        row = MergedRow(cells, self._open) if self._open else cells
        begun = {
            column: Above(cells[column], number, last)
            for column, last in self._beginning.pop(number, ())
            if column < len(cells) and cells[column].strip()
        }
        if begun:
            self._hold(self._open | begun)
        return row

    def _hold(self, held: dict[int, Above]) -> None:
        self._open = held
        self._until = min((above.last for above in held.values()), default=0)
