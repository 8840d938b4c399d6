"""From the rows of a table to people: which are taken, and which are rejected for what reason.

A row is never guessed at or altered: what is not plainly a NIK and a name is rejected.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from typing import Final, NamedTuple

from portal.registry import nik as niks
from portal.registry.lists.foot import list_person_rows, numbers_columns
from portal.registry.lists.header import KINDS, Choice, Columns
from portal.registry.lists.heading import TOP_ROWS, NumberedRow, find_header
from portal.registry.lists.held import FileHeld
from portal.registry.lists.masking import column_letter, show_heading
from portal.registry.lists.merges import Above, MergedRow
from portal.registry.lists.opening import Table
from portal.registry.names import has_letters
from portal.registry.shapes import Finding, FoundColumn

MOST_ROWS: Final = 2_000_000
# A batch of NIKs that a spreadsheet rounded ends in 0; of whole ones about one in ten does.
DAMAGED_SHARE: Final = 0.5
DAMAGED_FROM: Final = 5
# The same of part of a longer list: chance does not make one in four of a hundred.
ROUNDED_SHARE: Final = 0.25
ROUNDED_FROM: Final = 100

# What people share, and a list may therefore write once for all of them.
CARRIED: Final = frozenset(("village", "village_code", "district", "occupation"))

Pick = Callable[[Sequence[str]], tuple[str, ...]]

_SYNTHETIC: Final = "DATA SINTETIS"
# How a CSV keeps a spreadsheet program from making a number of it: ="6403…".
_GUARDED: Final = re.compile(r"\s*=\s*\"([^\"]*)\"\s*")
_ERROR: Final = re.compile(
    r"\s*(#(n/a|ref!|value!|name\?|div/0!|null!|num!|spill!|calc!)|err:\d+)\s*", re.IGNORECASE
)


class Person(NamedTuple):
    """An accepted row, still in plain text: it lives only until its digests are taken."""

    row: int
    nik: str
    name: str
    village: str
    village_code: str
    district: str
    occupation: str


# Half of what Person(…) takes, a million times.
_person: Final[Callable[[tuple[int | str, ...]], Person]] = partial(tuple.__new__, Person)


@dataclass(slots=True)
class Reading:
    """Reads one table once; the counts are complete when `people` is exhausted."""

    table: Table
    # Confirmed columns; without them the header row is looked for.
    choice: Choice | None = None
    rejected: list[Finding] = field(default_factory=list)
    accepted: int = 0
    damaged: int = 0
    rounded: int = 0
    synthetic: bool = False
    # What the columns were taken from: the header's last row (0 for none) and its cells.
    columns: Columns | None = None
    header_row: int = 0
    headings: Sequence[str] = ()

    @property
    def rows(self) -> int:
        """How many rows were about a person."""
        return self.accepted + len(self.rejected)

    def found_columns(self) -> tuple[FoundColumn, ...]:
        """Which columns were read, for the report to confirm; none before the header was found."""
        columns, first = self.columns, self.table.first_column
        places = {kind: getattr(columns, kind) for kind in KINDS} if columns else {}
        return tuple(
            FoundColumn(
                kind,
                column_letter(at + first),
                show_heading(self.headings[at]) if at < len(self.headings) else "",
            )
            for kind, at in places.items()
            if at >= 0
        )

    def people(self) -> Iterator[Person]:
        """Every accepted row; raises FileHeld where the file as a whole can't be taken."""
        numbered = self.table.rows()
        columns, first = self._header(numbered)
        pick = picker(columns, self.header_row)
        for number, cells in list_person_rows(chain(first, numbered), columns):
            person = self._read(number, cells, pick)
            if person is not None:
                self.accepted += 1
                yield person
            if number > MOST_ROWS and self.rows > MOST_ROWS:
                raise FileHeld("too_large")
        self._judge()

    def _judge(self) -> None:
        """Hold what only the whole list shows."""
        if not self.rows:
            raise FileHeld("no_rows")
        mostly = self.damaged >= DAMAGED_FROM and self.damaged > self.rows * DAMAGED_SHARE
        partly = self.accepted >= ROUNDED_FROM and self.rounded > self.accepted * ROUNDED_SHARE
        if mostly or partly:
            raise FileHeld("damaged_nik_column")

    def _header(self, numbered: Iterator[NumberedRow]) -> tuple[Columns, list[NumberedRow]]:
        """The columns, and what was read below the header meanwhile, without a row that only numbers them."""
        if self.choice is not None:
            top = _read_to(numbered, self.choice.header_row)
            self.columns, self.header_row = self.choice.columns, self.choice.header_row
            self.headings = next((cells for number, cells in top if number == self.header_row), ())
        else:
            top = list(islice(numbered, TOP_ROWS))
            header = find_header(top, self.table.hidden_columns)
            if header is None:
                raise FileHeld("no_header" if any(any(cells) for _number, cells in top) else "no_rows")
            self.columns, self.header_row, self.headings = header.columns, header.last_row, header.headings
        above = [cells for number, cells in top if number <= self.header_row]
        self.synthetic = any(_SYNTHETIC in cell for cells in above for cell in cells)
        below = [row for row in top if row[0] > self.header_row]
        if below and numbers_columns(below[0][1], self.columns):
            del below[0]
        return self.columns, below

    def _read(self, number: int, cells: Sequence[str], pick: Pick) -> Person | None:
        picked = pick(cells)
        written = picked[0]
        reason, nik = judge_nik(written)
        if reason is None:
            if nik[-1] == "0":
                self.damaged += 1
                self.rounded += 1
            if is_name(picked[1]):
                return _person((number, nik, *picked[1:]))
            reason = "name_missing"
        elif reason == "nik_not_text":
            self.damaged += 1
        # A million bad rows have no more than ten thousand endings.
        self.rejected.append(Finding(number, reason, sys.intern(niks.last_four(written))))
        return None


def picker(columns: Columns, header_row: int) -> Pick:
    """What takes the known cells from a row, in the order of the columns; empty where there is none.

    A village, district or occupation is also taken from a cell merged from above, but not from the header's.
    """
    places = astuple(columns)
    width, take = max(places) + 1, itemgetter(*places)

    def pick(cells: Sequence[str]) -> tuple[str, ...]:
        # A column that the list does not have is -1: the cell behind the last.
        found: tuple[str, ...] = take(
            [*cells, ""] if len(cells) >= width else [*cells, *[""] * (width + 1 - len(cells))]
        )
        return _filled(found, cells.above) if type(cells) is MergedRow else found

    def _filled(found: tuple[str, ...], above: Mapping[int, Above]) -> tuple[str, ...]:
        """Never a NIK or a name: nobody is made out of the row above."""
        filled = list(found)
        for index, column in enumerate(places):
            merged = above.get(column)
            if KINDS[index] in CARRIED and merged and merged.row > header_row and not found[index].strip():
                filled[index] = merged.text
        return tuple(filled)

    return pick


def _read_to(numbered: Iterator[NumberedRow], header_row: int) -> list[NumberedRow]:
    """The rows up to a header, and the one below it."""
    top = []
    for row in numbered:
        top.append(row)
        if row[0] > header_row:
            break
    return top


def is_name(text: str) -> bool:
    """Whether a cell has a letter and is not what a formula left behind."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return True
    return has_letters(text) and not _ERROR.fullmatch(text)


def judge_nik(written: str) -> tuple[str | None, str]:
    """The reason to reject this cell (None for a good one) and its digits."""
    digits = written
    if len(written) == niks.NIK_LENGTH and written.isascii() and written.isdigit():
        if written[-1] != "0" and written[0] != written[-1]:
            return None, written
    else:
        guarded = _GUARDED.fullmatch(written)
        plain = guarded[1] if guarded else written
        if niks.is_spoilt_number(plain):
            return "nik_not_text", ""
        if _ERROR.fullmatch(plain):
            return "nik_missing", ""
        mistake = niks.find_nik_mistake(plain)
        if mistake:
            return mistake, ""
        digits = niks.read_digits(plain)
    return niks.find_impossible_number(digits), digits
