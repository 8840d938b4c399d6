"""CSV in the dialects spreadsheet programs write: comma, semicolon or tab, in any of four encodings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final, TextIO

from portal.registry.lists.header import HEADER_WITHIN, MOST_COLUMNS, count_columns
from portal.registry.lists.held import FileHeld
from portal.registry.lists.sources import Source

DELIMITERS: Final = (",", ";", "\t", "|")
# A cell may hold a line break; a quote mark that is not closed swallows the people of the next lines.
MOST_LINES_IN_A_ROW: Final = 5
# What a cell of a spreadsheet holds at most.
LONGEST_CELL: Final = 32_767
# A longer line has a longer cell or more columns than a list can have, and is never read whole.
LONGEST_LINE: Final = (LONGEST_CELL + 1) * MOST_COLUMNS
# A file of more than one encoding: bytes that are no UTF-8 are what Windows wrote.
MIXED: Final = "portal-windows-1252"
_SWALLOWED: Final = re.compile(r"[\r\n].*\d{13}", re.DOTALL)


class CsvTable:
    """The rows of a CSV file; numbers count records, as a spreadsheet program shows them.

    Text that is not UTF-8 is taken for Windows-1252 where it is not, so a file put together from both is read.
    """

    hidden_sheets = 0
    hidden_rows = 0
    unread_sheets = 0
    first_column = 0
    hidden_columns: frozenset[int] = frozenset()

    def __init__(self, source: Source, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self.bytes_read = 0

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """See Table; raises FileHeld where the text stops being a table."""
        delimiter = self._delimiter()
        # The limit is one for the whole process, and other readers of CSV set their own.
        csv.field_size_limit(LONGEST_CELL)
        with self._open() as file:
            # Excel does not show its hint as a row, so the next line is the first.
            self._skip_hint(file)
            lines_read: Iterator[str] = iter(partial(file.readline, LONGEST_LINE), "")
            reader, before = csv.reader(lines_read, delimiter=delimiter), 0
            try:
                for number, cells in enumerate(reader, start=1):
                    lines = reader.line_num - before
                    if lines > 1 and (lines > MOST_LINES_IN_A_ROW or _has_swallowed(cells, delimiter)):
                        raise FileHeld("unreadable", row=number)
                    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                        raise FileHeld("too_large")
                    before = reader.line_num
                    if not number % 10_000:
                        self.bytes_read = file.buffer.tell()
                    yield number, cells
            except (csv.Error, UnicodeError) as error:
                raise FileHeld("unreadable") from error

    def _open(self) -> TextIO:
        errors = MIXED if self._encoding.startswith("utf-8") else "strict"
        return io.TextIOWrapper(self._source.open(), encoding=self._encoding, errors=errors, newline="")

    def _skip_hint(self, file: TextIO) -> str | None:
        """Step over Excel's `sep=;` line; the delimiter it names, or None."""
        line = file.readline(80)
        if line.lower().startswith("sep=") and len(line.rstrip("\r\n")) == 5:
            return line[4]
        file.seek(0)
        return None

    def _delimiter(self) -> str:
        """The delimiter by which the header has most known columns."""
        try:
            with self._open() as file:
                hint = self._skip_hint(file)
                lines = list(islice(_lines(file), HEADER_WITHIN))
        except UnicodeError as error:
            raise FileHeld("unreadable") from error
        if hint:
            return hint
        return max(DELIMITERS, key=lambda delimiter: _best_header(lines, delimiter))


def _has_swallowed(cells: Sequence[str], delimiter: str) -> bool:
    """Whether a cell holds other people's rows, behind a quote mark that was not closed."""
    return any(delimiter in cell and _SWALLOWED.search(cell) for cell in cells)


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_CELL):
        yield line


def _best_header(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many known columns a row names with this delimiter; of equals, the one with more cells."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0, 0
    return max(map(count_columns, rows), default=0), sum(map(len, rows)) - len(rows)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _as_windows)
