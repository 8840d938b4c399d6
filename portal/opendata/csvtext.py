"""CSV as it lies in the file: records with their physical lines, and a writer that gives the same bytes again.

A table's dialect is how most of its rows are written. A row written otherwise is kept as it was and comes out so as
long as its values stand.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

LARGEST_CELL = 1024 * 1024
SPECIAL = re.compile('[",\r\n]')
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on (first line: 1), its text with line end, its cells."""

    line: int
    raw: str
    cells: list[str]


@dataclass(frozen=True)
class Dialect:
    """How a table is written: mark at the start, line end, quotes around all cells, line end at the end."""

    columns: tuple[str, ...]
    header: str
    bom: bool = False
    newline: str = "\r\n"
    quote_all: bool = False
    last_newline: bool = True

    def write(self, cells: Sequence[str]) -> str:
        """One record with its line end."""
        return ",".join(map(self._cell, cells)) + self.newline

    def _cell(self, cell: str) -> str:
        if self.quote_all or SPECIAL.search(cell):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def as_json(self) -> dict[str, Any]:
        """For keeping beside the descriptor."""
        return asdict(self)


class BrokenRecord(Exception):
    """Quotes do not pair, or a cell is beyond all measure; `line` is where the record begins."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def records(text: str) -> Iterator[Record]:
    """Every record of `text`, the header first; raises BrokenRecord where the text stops making sense."""
    lines = _lines(text.removeprefix(BOM))
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(lines, strict=True)
    done = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenRecord(done + 1, str(error)) from error
        yield Record(done + 1, "".join(lines[done : reader.line_num]), cells)
        done = reader.line_num


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends a line, as in an editor."""
    parts = text.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def detect(text: str, header: Record) -> Dialect:
    """The dialect of a file, read off its header and its last character."""
    bare = without_end(header.raw)
    return Dialect(
        columns=tuple(header.cells),
        header=bare,
        bom=text.startswith(BOM),
        newline=header.raw[len(bare) :] or "\n",
        quote_all=_all_quoted(bare, header.cells),
        last_newline=text.endswith("\n"),
    )


def without_end(raw: str) -> str:
    """A record's text without its line end."""
    return raw.removesuffix("\n").removesuffix("\r")


def _all_quoted(bare: str, cells: Sequence[str]) -> bool:
    return bare == ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
