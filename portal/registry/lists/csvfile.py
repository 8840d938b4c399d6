"""CSV in the dialects spreadsheet programs write: comma, semicolon or tab, in any of four encodings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, TextIO

from portal.registry.lists.header import HEADER_WITHIN, count_columns
from portal.registry.lists.held import FileHeld
from portal.registry.lists.sources import Source

DELIMITERS: Final = (",", ";", "\t", "|")
# A cell may hold a line break; a quote mark that is not closed swallows the people of the next lines.
MOST_LINES_IN_A_ROW: Final = 5
LONGEST_CELL: Final = 128 * 1024
_SWALLOWED: Final = re.compile(r"[\r\n].*\d{13}", re.DOTALL)


class CsvTable:
    """The rows of a CSV file; numbers count records, as a spreadsheet program shows them."""

    hidden_sheets = 0
    hidden_rows = 0
    unread_sheets = 0
    first_column = 0

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
            first = 2 if self._skip_hint(file) else 1
            reader, before = csv.reader(file, delimiter=delimiter), 0
            try:
                for number, cells in enumerate(reader, start=first):
                    lines = reader.line_num - before
                    if lines > 1 and (lines > MOST_LINES_IN_A_ROW or any(map(_SWALLOWED.search, cells))):
                        raise FileHeld("unreadable")
                    before = reader.line_num
                    if not number % 10_000:
                        self.bytes_read = file.buffer.tell()
                    yield number, cells
            except (csv.Error, UnicodeError) as error:
                raise FileHeld("unreadable") from error

    def _open(self) -> TextIO:
        errors = "replace" if self._encoding == "cp1252" else "strict"
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


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(100_000):
        yield line


def _best_header(lines: list[str], delimiter: str) -> int:
    try:
        return max((count_columns(cells) for cells in csv.reader(lines, delimiter=delimiter)), default=0)
    except csv.Error:
        return 0
