"""The top of an uploaded file as an officer sees it before it is read: what each column is, and never who is in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Final

from portal.registry.lists.header import KINDS, Columns, column_kind
from portal.registry.lists.heading import TOP_ROWS, find_header, looks_like_nik
from portal.registry.lists.held import FileHeld
from portal.registry.lists.masking import column_letter, mask, show_heading
from portal.registry.lists.opening import Table
from portal.registry.uploads.shapes import Preview, PreviewColumn

SAMPLES: Final = 4
MOST_COLUMNS: Final = 60

_LONG_NUMBER: Final = re.compile(r"\d{3,}")


def make_preview(table: Table, places: Collection[str]) -> Preview:
    """Header, guesses and masked samples of a table; `places` are match keys of names that may be shown.

    Raises FileHeld for a table without rows.
    """
    top = list(islice(table.rows(), TOP_ROWS))
    found = find_header(top, table.hidden_columns)
    header = found.last_row if found else _header_row(top)
    heading = found.headings if found else next((cells for number, cells in top if number == header), ())
    below = [(number, cells) for number, cells in top if number > header and any(cells)]
    if len(below) < SAMPLES:
        below += [row for row in islice(table.rows(), len(top), len(top) + 20) if any(row[1])]
    sample = below[:SAMPLES]
    if not sample:
        raise FileHeld("no_rows")
    width = min(max(len(cells) for _number, cells in [(0, heading), *sample]), MOST_COLUMNS)
    guesses = _kinds(found.columns) if found else _guess(heading, [cells for _number, cells in sample], width)
    # An officer may name a column that is not shown; nobody does it for them.
    guesses = {index: kind for index, kind in guesses.items() if index not in table.hidden_columns}
    columns = tuple(
        PreviewColumn(
            index,
            column_letter(index + table.first_column),
            show_heading(_cell(heading, index)),
            guesses.get(index, ""),
            tuple(mask(_cell(cells, index), guesses.get(index, ""), places) for _number, cells in sample),
        )
        for index in range(width)
    )
    return Preview(
        header,
        columns,
        tuple(number for number, _cells in sample),
        table.hidden_sheets,
        table.unread_sheets,
    )


def _header_row(top: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The number of the row above the first long number that has words in it, or 0."""
    before = 0
    for number, cells in top:
        if any(looks_like_nik(cell) for cell in cells):
            return before
        words = [cell for cell in cells if cell.strip()]
        before = number if len(words) > 1 and not any(map(_LONG_NUMBER.search, words)) else before
    return 0


def _kinds(columns: Columns) -> dict[int, str]:
    """Kind by column."""
    return {at: kind for kind in KINDS if (at := getattr(columns, kind)) >= 0}


def _guess(heading: Sequence[str], rows: list[Sequence[str]], width: int) -> dict[int, str]:
    """What each column seems to hold, where only one says so: by its heading, and a NIK column also by its digits."""
    named = {index: kind for index in range(width) if (kind := column_kind(_cell(heading, index)))}
    kinds = list(named.values())
    found = {index: kind for index, kind in named.items() if kinds.count(kind) == 1}
    if "nik" not in kinds:
        numbers = [index for index in range(width) if any(looks_like_nik(_cell(row, index)) for row in rows)]
        # Of two such columns one is the number of the family card, and nobody can tell which.
        if len(numbers) == 1:
            found[numbers[0]] = "nik"
    return found


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""
