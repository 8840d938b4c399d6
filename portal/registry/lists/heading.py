"""Finding the header under a title block: one row of names, or several whose cells are merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from portal.registry import nik as niks
from portal.registry.lists.header import (
    HEADER_WITHIN,
    MOST_COLUMNS,
    Columns,
    column_kind,
    column_rank,
    is_heading,
)
from portal.registry.lists.held import FileHeld

NumberedRow = tuple[int, Sequence[str]]

# Enough rows below the header to tell a filled column from an empty one of the same name.
TOP_ROWS: Final = HEADER_WITHIN + 40
# What stands below a merged title such as NIK, and says nothing by itself.
_GENERIC: Final = frozenset("no nomor nomer number angka isi".split())
# A group of columns about somebody else than the person covered.
_SOMEBODY_ELSE: Final = re.compile(
    r"\b(ibu|ayah|orang ?tua|suami|istri|anak|waris|kepala keluarga|kk|kartu keluarga|bank|rekening|perusahaan|pengurus|"
    r"petugas|pendamping|badan usaha|pemberi kerja)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns found, the number of the header's last row, and the heading of each column."""

    columns: Columns
    last_row: int
    headings: tuple[str, ...]


def find_header(top: Sequence[NumberedRow], hidden: Collection[int] = ()) -> Header | None:
    """The header among the first rows, None without one; raises FileHeld for more columns than a list can have.

    `hidden` are columns that nobody sees and that are therefore not taken.
    """
    for at, (number, cells) in enumerate(top):
        if number > HEADER_WITHIN:
            break
        rows, last = _header_rows(top, at)
        if rows:
            if sum(1 for cell in cells if cell) > MOST_COLUMNS:
                raise FileHeld("too_large")
            headings = _join(rows)
            sample = [cells for number, cells in top if number > last]
            columns = choose_columns(headings, sample, hidden)
            if columns is not None:
                return Header(columns, last, tuple(heading for heading, _group in headings))
    return None


def _header_rows(top: Sequence[NumberedRow], at: int) -> tuple[list[Sequence[str]], int]:
    """The rows that together are a header whose main row is `at`, and the number of the last; none for another row."""
    number, cells = top[at]
    below_number, below = top[at + 1] if at + 1 < len(top) else (number, ())
    above = top[at - 1][1] if at else ()
    if _names_both(cells):
        # What stands above counts only where this row leaves its column empty.
        rows = [above if _is_group_row(above, cells) else (), cells]
        return ([*rows, below], below_number) if _is_heading_row(below) else (rows, number)
    if _names_both(below) or not (_is_heading_row(cells) and _is_heading_row(below)):
        return [], number
    headings = [heading for heading, _group in _join([cells, below])]
    return ([cells, below], below_number) if _names_both(headings) else ([], number)


def _names_both(cells: Sequence[str]) -> bool:
    return {"nik", "name"} <= {column_kind(cell) for cell in cells[:MOST_COLUMNS] if cell}


def _is_heading_row(cells: Sequence[str]) -> bool:
    """Whether every cell that holds something could be a heading."""
    held = [cell for cell in cells if cell.strip()]
    return bool(held) and len(held) <= MOST_COLUMNS and all(map(is_heading, held))


def _is_group_row(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row holds titles of groups of columns, not the title of the list."""
    held = [index for index, cell in enumerate(above) if cell.strip()]
    first = next((index for index, cell in enumerate(cells) if cell.strip()), 0)
    return _is_heading_row(above) and (len(held) > 1 or held[0] > first)


def _join(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Each column's own heading, the lowest cell, and the title of its group: the cell above, merged to the right."""
    width = min(max(map(len, rows)), MOST_COLUMNS)
    joined = []
    group = ""
    for index in range(width):
        *above, lowest = (_cell(row, index) for row in rows)
        title = next((cell for cell in reversed(above) if cell), "")
        # A cell merged downwards stands for itself and ends the group to its left.
        group = (title or group) if lowest else ""
        joined.append((_named_by_group(lowest, group) or title, group))
    return joined


def _named_by_group(own: str, group: str) -> str:
    """`Nomor` below `NIK` or `KTP` is what its group says; anything else speaks for itself."""
    if not group or " ".join(re.findall(r"[a-z]+", own.lower())) not in _GENERIC:
        return own
    return next((words for words in (f"{own} {group}", group) if column_kind(words)), own)


def choose_columns(
    headings: Sequence[tuple[str, str]], sample: Sequence[Sequence[str]], hidden: Collection[int]
) -> Columns | None:
    """One column for each kind; None where NIK or name is missing or two columns claim different NIKs."""
    found: dict[str, int] = {}
    candidates: dict[str, list[int]] = {}
    for index, (heading, group) in enumerate(headings):
        kind = column_kind(heading) if index not in hidden else None
        if kind and not (kind in ("nik", "name") and _SOMEBODY_ELSE.search(group)):
            candidates.setdefault(kind, []).append(index)
    for kind, columns in candidates.items():
        best = _best(kind, columns, [heading for heading, _group in headings], sample)
        if best is not None:
            found[kind] = best
    return Columns(**found) if {"nik", "name"} <= found.keys() else None


def _best(
    kind: str, columns: list[int], headings: Sequence[str], sample: Sequence[Sequence[str]]
) -> int | None:
    """The plainest named of the columns that hold something; None where two that could be the NIK differ."""
    filled = [at for at in columns if any(_holds(kind, _cell(row, at)) for row in sample)] or columns
    filled.sort(key=lambda at: (column_rank(headings[at]), at))
    first, *rivals = filled
    if kind == "nik" and column_rank(headings[first]) == 0:
        # A column that is plainly called NIK has only its namesakes as rivals.
        rivals = [at for at in rivals if column_rank(headings[at]) == 0]
    if kind == "nik" and any(_differ(_cell(row, first), _cell(row, at)) for row in sample for at in rivals):
        return None
    return first


def _holds(kind: str, text: str) -> bool:
    return looks_like_nik(text) if kind == "nik" else bool(text.strip())


def _differ(one: str, other: str) -> bool:
    return looks_like_nik(one) and looks_like_nik(other) and niks.read_digits(one) != niks.read_digits(other)


def looks_like_nik(text: str) -> bool:
    """Whether a cell holds about as many digits as a NIK."""
    digits = niks.read_digits(text)
    return niks.NIK_LENGTH - 3 <= len(digits) <= niks.NIK_LENGTH + 3 and digits.isdigit()


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""
