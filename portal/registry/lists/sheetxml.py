"""What calamine does not tell of an .xlsx: which rows are hidden, and how large a sheet pretends to be.

A sheet with one cell at its far corner would be given memory for every cell before it, so corners are looked for here.
Every piece of a sheet is looked at, and few of them closely: most have nothing hidden and nothing far out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from portal.registry.lists.archive import Archive
from portal.registry.lists.held import FileHeld
from portal.registry.lists.merges import MOST_MERGES

# A full sheet of twenty-six columns has fewer.
MOST_CELLS: Final = 28_000_000
# An area larger than this, of whose cells hardly one in fifty holds something, is no list.
SPARSE_FROM: Final = 8_000_000
MOST_SPARSE: Final = 50
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST_TAG: Final = 1024 * 1024
RELATIONS: Final = "xl/_rels/workbook.xml.rels"

_ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER: Final = re.compile(rb"\br\s*=\s*[\"'](\d{1,9})[\"']")
# A row without height is not seen either.
_HIDDEN: Final = re.compile(rb"\b(?:hidden\s*=\s*[\"'](?:1|true)|ht\s*=\s*[\"']0(?:\.0*)?)[\"']")
_COLUMNS: Final = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_FIRST: Final = re.compile(rb"\bmin\s*=\s*[\"'](\d{1,9})[\"']")
_LAST: Final = re.compile(rb"\bmax\s*=\s*[\"'](\d{1,9})[\"']")
_UNSEEN: Final = re.compile(rb"\b(?:hidden\s*=\s*[\"'](?:1|true)|width\s*=\s*[\"']0(?:\.0*)?[\"'])")
# Cells as spreadsheet programs write them; those in columns further out than any before or in rows near the end of
# the sheet. Others are looked at one by one.
_CELL: Final = b'<c r="'
_FURTHER: Final = tuple(
    re.compile(rb'<c r="(?:([A-Za-z]{2,}|[%c-Za-z])(\d+)|[A-Z](\d{7,}))' % min(64 + after + 1, 90))
    for after in range(27)
)
_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)(\d{1,9})[\"']")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_RELATION_ID: Final = re.compile(rb"\b\w+:id=[\"']([^\"']*)[\"']")
_ID: Final = re.compile(rb"\bId=[\"']([^\"']*)[\"']")
_TARGET: Final = re.compile(rb"\bTarget=[\"']([^\"']*)[\"']")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Rows of one sheet that are not shown, by number, at most how many cells it has, and columns not shown, from 0."""

    hidden_rows: frozenset[int] = frozenset()
    cells: int = 0
    hidden_columns: frozenset[int] = frozenset()


def list_sheet_parts(archive: Archive) -> list[str]:
    """The member of each sheet, in the order of the workbook; empty where it is named nowhere."""
    relations = {}
    members = {name.casefold().replace("\\", "/"): name for name in archive.names}
    for tag in _RELATION.findall(archive.read(members.get(RELATIONS, RELATIONS))):
        key, target = _ID.search(tag), _TARGET.search(tag)
        if key and target:
            part = _part_name(target[1])
            # Readers mind neither case nor slashes of a name, nor may the look at hidden rows.
            relations[key[1]] = part if part in archive else members.get(part.casefold(), part)
    keys = [_RELATION_ID.search(tag) for tag in _SHEET.findall(archive.read("xl/workbook.xml"))]
    return [relations.get(key[1], "") if key else "" for key in keys]


def _part_name(target: bytes) -> str:
    name = target.decode("utf-8", "replace")
    return name.lstrip("/") if name.startswith("/") else f"xl/{name}"


def read_sheet_facts(archive: Archive, part: str) -> SheetFacts:
    """Scan one member's XML; raises FileHeld where it pretends to hold more cells than a list can, or declares entities."""
    if part not in archive:
        return SheetFacts()
    scan, rest = _Scan(), b""
    for piece in archive.pieces(part):
        text = rest + piece
        cut = text.rfind(b"<")
        whole, rest = (text[:cut], text[cut:]) if cut >= 0 else (b"", text)
        rest = rest[-LONGEST_TAG:]
        scan.look(whole)
    scan.look(rest)
    scan.judge()
    return SheetFacts(frozenset(scan.hidden), scan.cells, frozenset(scan.hidden_columns))


@dataclass(slots=True)
class _Scan:
    """What has been seen of one sheet: its last row and column, and the rows that are hidden."""

    hidden: set[int] = field(default_factory=set)
    row: int = 0
    last_row: int = 0
    last_column: int = 1
    cells: int = 0
    merges: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    _spanned: int = 0

    def look(self, text: bytes) -> None:
        if not self.row and b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
            # No spreadsheet program declares a document type: whoever does means harm. It stands before everything else,
            # and calamine knows no entities of a file's own, wherever they are declared.
            raise FileHeld("unreadable")
        self._look_for_columns(text)
        self._look_for_rows(text)
        self._look_for_corners(text)
        self.merges += text.count(b"mergeCell")
        if self.row > MOST_ROWS or self._area > MOST_CELLS or self.merges > MOST_MERGES:
            raise FileHeld("too_large")

    def judge(self) -> None:
        """Hold a sheet whose few cells lie far apart."""
        if self._area > max(SPARSE_FROM, self.cells * MOST_SPARSE):
            raise FileHeld("too_large")

    @property
    def _area(self) -> int:
        return max(self.row, self.last_row) * self.last_column

    def _look_for_columns(self, text: bytes) -> None:
        """Columns stand before the rows."""
        if self.row or not (b"hidden" in text or b'width="0' in text):
            return
        for attributes in _COLUMNS.findall(text):
            first, last = _FIRST.search(attributes), _LAST.search(attributes)
            if first and last and _UNSEEN.search(attributes):
                hidden = range(max(int(first[1]), 1) - 1, min(int(last[1]), MOST_COLUMNS))
                self._spanned += len(hidden)
                if self._spanned > MOST_COLUMNS:
                    # Each column is told once.
                    raise FileHeld("unreadable")
                self.hidden_columns.update(hidden)

    def _look_for_rows(self, text: bytes) -> None:
        last = text.rfind(b"<row ")
        if last >= 0 and b"hidden" not in text and b'ht="0' not in text:
            # Rows that say their number need no counting.
            number = _NUMBER.search(text, last, text.find(b">", last))
            if number:
                self.row = int(number[1])
                return
        for attributes in _ROW.findall(text) if b"row" in text else ():
            number = _NUMBER.search(attributes)
            self.row = int(number[1]) if number else self.row + 1
            if _HIDDEN.search(attributes):
                self.hidden.add(self.row)

    def _look_for_corners(self, text: bytes) -> None:
        # One byte is looked for several times faster than two, and few pieces have it.
        cells, named = text.count(b"<c"), b":" in text and b":c" in text
        self.cells += cells + (text.count(b":c") if named else 0)
        if named or cells != text.count(_CELL):
            self._measure(text)
            return
        # Of all others the last one tells how far down they go: cells stand in the order of their rows.
        self._measure(text[max(text.rfind(_CELL), 0) :])
        for letters, number, far in _FURTHER[min(self.last_column, 26)].findall(text):
            self.last_column = max(self.last_column, _column(letters))
            self.last_row = max(self.last_row, int(number or far))

    def _measure(self, text: bytes) -> None:
        """Look at every cell's place."""
        for letters, number in _PLACE.findall(text):
            self.last_column = max(self.last_column, _column(letters))
            self.last_row = max(self.last_row, int(number))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number
