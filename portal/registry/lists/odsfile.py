"""OpenDocument spreadsheets, read as a stream: the visible rows of the visible sheet that has the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from xml.parsers import expat

from portal.registry.lists.archive import Archive
from portal.registry.lists.header import MOST_COLUMNS
from portal.registry.lists.heading import TOP_ROWS, NumberedRow, find_header
from portal.registry.lists.held import FileHeld
from portal.registry.lists.merges import Merges
from portal.registry.lists.numbers import ROUNDED_FROM, number_text
from portal.registry.lists.sources import Source

CONTENT: Final = "content.xml"
ENCRYPTED: Final = "encrypted-package"
# Macros: whoever sends a list needs none.
MACRO: Final = re.compile(r"(Basic|Scripts)/.+/.+\.(xml|py|js|bsh)$")
# Sheets end in a row that stands for a million empty ones; no office repeats a person.
MOST_REPEATED: Final = 100
_URN: Final = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, ROW = f"{_URN}table:1.0 table", f"{_URN}table:1.0 table-row"
CELLS: Final = (f"{_URN}table:1.0 table-cell", f"{_URN}table:1.0 covered-table-cell")
# A space, a tab and a line break are elements of their own.
BLANKS: Final = (f"{_URN}text:1.0 s", f"{_URN}text:1.0 tab", f"{_URN}text:1.0 line-break")
COLUMN: Final = f"{_URN}table:1.0 table-column"
GROUPS: Final = (f"{_URN}table:1.0 table-row-group", f"{_URN}table:1.0 table-column-group")
PARAGRAPH, NOTE = f"{_URN}text:1.0 p", f"{_URN}office:1.0 annotation"
STYLE, LOOK = f"{_URN}style:1.0 style", f"{_URN}style:1.0 table-properties"


@dataclass(slots=True)
class OdsRow:
    """A row that holds something, or stands for a gap: sheet, number, cells, and whether it is shown."""

    sheet: int
    number: int
    cells: list[str]
    is_shown: bool


@dataclass(slots=True)
class Content:
    """Takes content.xml apart; finished rows wait in `rows`."""

    rows: list[OdsRow] = field(default_factory=list)
    # Whether each sheet is shown, in order.
    shown: list[bool] = field(default_factory=list)
    # Columns that are not shown, of each sheet.
    hidden_columns: list[set[int]] = field(default_factory=list)
    _column: int = 0
    _hidden_styles: set[str] = field(default_factory=set)
    _style: str = ""
    _next: int = 1
    _row: OdsRow | None = None
    _row_repeats: int = 1
    _cell: list[str] | None = None
    _cell_repeats: int = 1
    _value: str | None = None
    _in_note: int = 0
    # How many groups of rows or columns are open, from the outermost that is not shown.
    _in_closed: int = 0
    _merges: Merges = field(default_factory=Merges)

    def start(self, name: str, found: dict[str, str]) -> None:
        """An element begins."""
        if name in CELLS:
            self._start_cell(found)
        elif name == ROW:
            shown = found.get(f"{_URN}table:1.0 visibility", "visible") == "visible"
            self._row = OdsRow(len(self.shown) - 1, self._next, [], shown and not self._in_closed)
            self._row_repeats = _count(found, f"{_URN}table:1.0 number-rows-repeated")
        elif name == COLUMN:
            self._start_column(found)
        elif name in GROUPS:
            is_closed = self._in_closed or found.get(f"{_URN}table:1.0 display") == "false"
            self._in_closed += bool(is_closed)
        elif name == NOTE:
            self._in_note += 1
        elif name == PARAGRAPH and self._cell:
            self.text("\n")
        elif name in BLANKS:
            self.text(" ")
        elif name == TABLE:
            self.shown.append(found.get(f"{_URN}table:1.0 style-name", "") not in self._hidden_styles)
            self._next, self._merges = 1, Merges()
            self._column = 0
            self.hidden_columns.append(set())
        elif name in (STYLE, LOOK):
            self._start_style(name, found)

    def text(self, text: str) -> None:
        """Characters, kept where they are a cell's own."""
        if self._cell is not None and not self._in_note:
            self._cell.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in CELLS:
            self._end_cell()
        elif name == ROW:
            self._end_row()
        elif name in GROUPS:
            self._in_closed -= bool(self._in_closed)
        elif name == NOTE:
            self._in_note -= 1

    def _start_style(self, name: str, found: dict[str, str]) -> None:
        if name == STYLE:
            self._style = found.get(f"{_URN}style:1.0 name", "")
        elif found.get(f"{_URN}table:1.0 display") == "false":
            self._hidden_styles.add(self._style)

    def _start_column(self, found: dict[str, str]) -> None:
        first, repeats = self._column, _count(found, f"{_URN}table:1.0 number-columns-repeated")
        self._column += repeats
        shown = found.get(f"{_URN}table:1.0 visibility", "visible") == "visible"
        if self.hidden_columns and (self._in_closed or not shown):
            self.hidden_columns[-1].update(range(first, min(self._column, MOST_COLUMNS)))

    def _start_cell(self, found: dict[str, str]) -> None:
        kind = found.get(f"{_URN}office:1.0 value-type", "")
        self._value = None
        if kind in ("float", "currency", "percentage"):
            self._value = _number(found.get(f"{_URN}office:1.0 value", ""))
        elif kind == "string":
            self._value = found.get(f"{_URN}office:1.0 string-value")
        self._cell = []
        self._cell_repeats = _count(found, f"{_URN}table:1.0 number-columns-repeated")
        spanned = _count(found, f"{_URN}table:1.0 number-rows-spanned")
        if spanned > 1 and self._row is not None:
            self._merges.begin(self._row.number, len(self._row.cells), self._row.number + spanned - 1)

    def _end_cell(self) -> None:
        if self._row is None or self._cell is None:
            return
        text = self._value if self._value is not None else "".join(self._cell)
        # One more than a list can have, so that the header is seen to be too wide.
        room = MOST_COLUMNS + 1 - len(self._row.cells)
        self._row.cells += [text] * min(self._cell_repeats, room)
        self._cell = None

    def _end_row(self) -> None:
        row, repeats = self._row, self._row_repeats
        if row is None:
            return
        self._row = None
        self._next += repeats
        cells = self._merges.carry(row.number, row.cells)
        if not any(row.cells):
            self.rows.append(OdsRow(row.sheet, row.number, [], row.is_shown))
            return
        if repeats > MOST_REPEATED:
            raise FileHeld("unreadable")
        self.rows.append(OdsRow(row.sheet, row.number, cells, row.is_shown))
        for number in range(row.number + 1, row.number + repeats):
            cells = self._merges.carry(number, row.cells)
            self.rows.append(OdsRow(row.sheet, number, cells, row.is_shown))


class OdsTable:
    """The rows of one sheet; made by `open_ods`."""

    first_column = 0

    def __init__(self, source: Source, sheet: int, content: Content, unread_sheets: int) -> None:
        self._source = source
        self._sheet = sheet
        self.hidden_columns = frozenset(content.hidden_columns[sheet])
        self.hidden_sheets = content.shown.count(False)
        self.unread_sheets = unread_sheets
        self.hidden_rows = 0
        self.bytes_read = 0

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """See Table."""
        self.hidden_rows = 0
        for row in _rows(self._source, Content()):
            if row.sheet != self._sheet:
                continue
            if not row.is_shown:
                self.hidden_rows += any(row.cells)
                continue
            yield row.number, row.cells


def open_ods(source: Source) -> OdsTable:
    """Look through the sheets and choose the one with the list; raises FileHeld."""
    content = Content()
    tops: dict[int, list[NumberedRow]] = {}
    for row in _rows(source, content):
        if row.is_shown and content.shown[row.sheet]:
            top = tops.setdefault(row.sheet, [])
            if len(top) < TOP_ROWS:
                top.append((row.number, row.cells))
    with_list = [sheet for sheet, top in tops.items() if find_header(top, content.hidden_columns[sheet])]
    with_rows = [sheet for sheet, top in tops.items() if any(any(cells) for _number, cells in top)]
    chosen = next(iter([*with_list, *with_rows]), None)
    if chosen is None:
        raise FileHeld("no_rows")
    return OdsTable(source, chosen, content, max(len(with_list) - 1, 0))


def _rows(source: Source, content: Content) -> Iterator[OdsRow]:
    """Every row of every sheet, as the stream is read."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.text
    # No spreadsheet program declares a document type: whoever does means harm.
    parser.StartDoctypeDeclHandler = _refuse
    with source.open() as file:
        archive = Archive(file)
        if b"encryption-data" in archive.read("META-INF/manifest.xml") or ENCRYPTED in archive:
            raise FileHeld("encrypted")
        if any(map(MACRO.match, archive.names)):
            raise FileHeld("unsupported")
        try:
            for piece in archive.pieces(CONTENT):
                parser.Parse(piece, False)
                yield from content.rows
                content.rows.clear()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise FileHeld("unreadable") from error
    yield from content.rows


def _refuse(*declared: object) -> None:
    raise FileHeld("unreadable")


def _count(found: dict[str, str], name: str) -> int:
    text = found.get(name, "1")
    return max(int(text[:9]), 1) if text.isdecimal() else 1


def _number(text: str) -> str:
    try:
        number = float(text)
        if abs(number) >= ROUNDED_FROM and Decimal(text) != Decimal(number):
            # No number of a computer is what is written here, so it is not the NIK that somebody wrote.
            return f"{int(number)}.0"
        return number_text(number)
    except (ValueError, OverflowError):
        return text
