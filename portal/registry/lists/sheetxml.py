"""What calamine does not tell of an .xlsx: which rows are hidden, and how large a sheet pretends to be.

A sheet with one cell at its far corner would be given memory for every cell before it, so corners are looked for here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from portal.registry.lists.archive import Archive
from portal.registry.lists.held import FileHeld

MOST_CELLS: Final = 40_000_000
MOST_ROWS: Final = 1_048_576
LONGEST_TAG: Final = 1024 * 1024

_ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER: Final = re.compile(rb"\br=[\"'](\d{1,9})[\"']")
_HIDDEN: Final = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
# Columns A to Z need no look.
_FAR: Final = re.compile(rb"\br=[\"']([A-Za-z]{2,})\d+[\"']")
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_RELATION_ID: Final = re.compile(rb"\b\w+:id=[\"']([^\"']*)[\"']")
_ID: Final = re.compile(rb"\bId=[\"']([^\"']*)[\"']")
_TARGET: Final = re.compile(rb"\bTarget=[\"']([^\"']*)[\"']")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Rows of one sheet that are not shown, by number."""

    hidden_rows: frozenset[int] = frozenset()


def list_sheet_parts(archive: Archive) -> list[str]:
    """The member of each sheet, in the order of the workbook; empty where it is named nowhere."""
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        key, target = _ID.search(tag), _TARGET.search(tag)
        if key and target:
            relations[key[1]] = _part_name(target[1])
    keys = [_RELATION_ID.search(tag) for tag in _SHEET.findall(archive.read("xl/workbook.xml"))]
    return [relations.get(key[1], "") if key else "" for key in keys]


def _part_name(target: bytes) -> str:
    name = target.decode("utf-8", "replace")
    return name.lstrip("/") if name.startswith("/") else f"xl/{name}"


def read_sheet_facts(archive: Archive, part: str) -> SheetFacts:
    """Scan one sheet's XML; raises FileHeld where it pretends to hold more cells than a list can."""
    if part not in archive:
        return SheetFacts()
    hidden: set[int] = set()
    row, widest, rest = 0, 26, b""
    for piece in archive.pieces(part):
        text = rest + piece
        cut = text.rfind(b"<")
        whole, rest = (text[:cut], text[cut:]) if cut >= 0 else (b"", text)
        rest = rest[-LONGEST_TAG:]
        row = _scan_rows(whole, row, hidden)
        widest = max([widest, *map(_column, set(_FAR.findall(whole)))])
        if row > MOST_ROWS or row * widest > MOST_CELLS:
            raise FileHeld("too_large")
    return SheetFacts(frozenset(hidden))


def _scan_rows(text: bytes, row: int, hidden: set[int]) -> int:
    """Add the hidden rows of this piece; the number of its last row."""
    last = row
    for attributes in _ROW.findall(text):
        number = _NUMBER.search(attributes)
        row = int(number[1]) if number else row + 1
        last = max(last, row)
        if _HIDDEN.search(attributes):
            hidden.add(row)
    return last


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number
