"""From the rows of a table to people: which rows count, and which are rejected for what reason.

A row is never guessed at or altered: what is not plainly a NIK and a name is rejected.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from portal.registry import nik as niks
from portal.registry.lists.header import HEADER_WITHIN, Choice, Columns, column_kind, find_columns
from portal.registry.lists.held import FileHeld
from portal.registry.lists.opening import Table
from portal.registry.names import has_letters
from portal.registry.shapes import Finding

MOST_ROWS: Final = 2_000_000
# A batch of NIKs that a spreadsheet rounded ends in 0; of whole ones about one in ten does.
DAMAGED_SHARE: Final = 0.5
DAMAGED_FROM: Final = 20

LONGEST_FOOT: Final = 200
# A sum below the NIK column has fewer characters than any NIK.
LONGEST_SUM: Final = 11

NumberedRow = tuple[int, Sequence[str]]

_SUM: Final = re.compile(r"\W*(jumlah|total|sub ?total|grand ?total)\b", re.IGNORECASE)
_FOOT: Final = re.compile(
    r"\W*(keterangan|catatan|mengetahui|disetujui|dibuat|diperiksa|ttd|nip)\b", re.IGNORECASE
)
_COLUMN_NUMBER: Final = re.compile(r"\(?\d{1,2}\)?")
_SYNTHETIC: Final = "DATA SINTETIS"


class Person(NamedTuple):
    """An accepted row, still in plain text: it lives only until its digests are taken."""

    row: int
    nik: str
    name: str
    village: str
    village_code: str
    district: str
    occupation: str


@dataclass(slots=True)
class Reading:
    """Reads one table once; the counts are complete when `people` is exhausted."""

    table: Table
    # Confirmed columns; without them the header row is looked for.
    choice: Choice | None = None
    rejected: list[Finding] = field(default_factory=list)
    accepted: int = 0
    damaged: int = 0
    synthetic: bool = False

    @property
    def rows(self) -> int:
        """How many rows were about a person."""
        return self.accepted + len(self.rejected)

    def people(self) -> Iterator[Person]:
        """Every accepted row; raises FileHeld where the file as a whole can't be taken."""
        numbered = self.table.rows()
        columns, first = self._header(numbered)
        for number, cells in _data_rows(chain(first, numbered), columns):
            person = self._read(number, cells, columns)
            if person is not None:
                self.accepted += 1
                yield person
            if self.rows > MOST_ROWS:
                raise FileHeld("too_large")
        if not self.rows:
            raise FileHeld("no_rows")
        if self.rows >= DAMAGED_FROM and self.damaged > self.rows * DAMAGED_SHARE:
            raise FileHeld("damaged_nik_column")

    def _header(self, numbered: Iterator[NumberedRow]) -> tuple[Columns, list[NumberedRow]]:
        """The columns, and the row below the header unless it only numbers them."""
        if self.choice is not None:
            return self._confirmed(numbered, self.choice)
        is_empty = True
        for number, cells in numbered:
            columns = find_columns(cells)
            if columns is not None:
                below = next(numbered, None)
                return columns, [below] if below and not _numbers_columns(below[1], columns) else []
            is_empty = is_empty and not any(cells)
            self.synthetic = self.synthetic or any(_SYNTHETIC in cell for cell in cells)
            if number > HEADER_WITHIN:
                break
        raise FileHeld("no_rows" if is_empty else "no_header")

    def _confirmed(
        self, numbered: Iterator[NumberedRow], choice: Choice
    ) -> tuple[Columns, list[NumberedRow]]:
        """The confirmed columns, once the rows above them are passed."""
        for number, cells in numbered if choice.header_row else ():
            self.synthetic = self.synthetic or any(_SYNTHETIC in cell for cell in cells)
            if number >= choice.header_row:
                break
        below = next(numbered, None)
        return choice.columns, [below] if below and not _numbers_columns(below[1], choice.columns) else []

    def _read(self, number: int, cells: Sequence[str], columns: Columns) -> Person | None:
        written = cells[columns.nik] if columns.nik < len(cells) else ""
        name = cells[columns.name] if columns.name < len(cells) else ""
        reason, nik = _judge_nik(written)
        if nik.endswith("0") or reason == "nik_not_text":
            self.damaged += 1
        if (
            reason is None
            and not (name.isascii() and name.replace(" ", "").isalpha())
            and not has_letters(name)
        ):
            reason = "name_missing"
        if reason is not None:
            self.rejected.append(Finding(number, reason, niks.last_four(written)))
            return None
        width = len(cells)
        return Person(
            number,
            nik,
            name,
            cells[columns.village] if -1 < columns.village < width else "",
            cells[columns.village_code] if -1 < columns.village_code < width else "",
            cells[columns.district] if -1 < columns.district < width else "",
            cells[columns.occupation] if -1 < columns.occupation < width else "",
        )


def _judge_nik(written: str) -> tuple[str | None, str]:
    """The reason to reject this cell (None for a good one) and its digits."""
    digits = written
    if not (len(written) == niks.NIK_LENGTH and written.isascii() and written.isdigit()):
        if niks.is_spoilt_number(written):
            return "nik_not_text", ""
        mistake = niks.find_nik_mistake(written)
        if mistake:
            return mistake, ""
        digits = niks.read_digits(written)
    return niks.find_impossible_number(digits), digits


def _numbers_columns(cells: Sequence[str], columns: Columns) -> bool:
    """Whether this is the (1) (2) (3) row official tables have below their header."""
    width = len(cells)
    return all(
        index < width and _COLUMN_NUMBER.fullmatch(cells[index].strip())
        for index in (columns.nik, columns.name)
    )


def _data_rows(numbered: Iterator[NumberedRow], columns: Columns) -> Iterator[NumberedRow]:
    """The rows about people: without blank rows, repeated headers, totals and what stands below the last person.

    A row without a NIK is somebody's, unless a gap or a total came before it and nobody follows.
    """
    waiting: deque[NumberedRow] = deque()
    is_below = False
    for number, cells in numbered:
        written = cells[columns.nik] if columns.nik < len(cells) else ""
        if any(map(str.isdigit, written[:8])) and (
            len(written) > LONGEST_SUM or not _SUM.match(_first(cells))
        ):
            yield from waiting
            waiting.clear()
            is_below = False
            yield number, cells
        elif _is_gap(cells):
            is_below = True
        elif column_kind(written) == "nik":
            continue
        elif is_below and len(waiting) < LONGEST_FOOT:
            waiting.append((number, cells))
        else:
            yield number, cells


def _is_gap(cells: Sequence[str]) -> bool:
    first = _first(cells)
    return not first or bool(_SUM.match(first) or _FOOT.match(first))


def _first(cells: Sequence[str]) -> str:
    """The first cell with something in it."""
    return next((cell for cell in cells if cell and not cell.isspace()), "")
