"""What an .xlsx holds, looked at before calamine reads it: macros, texts that multiply, hidden rows, far corners."""

from __future__ import annotations

import re
from typing import Final

from portal.registry.lists.archive import Archive
from portal.registry.lists.held import FileHeld
from portal.registry.lists.sheetxml import SheetFacts, list_sheet_parts, read_sheet_facts

WORKBOOK: Final = "xl/workbook.xml"
TEXTS: Final = "xl/sharedStrings.xml"
LARGEST_TEXTS: Final = 256 * 1024 * 1024
# Every cell gets a copy of its text: one long text named by a million cells is more than any memory.
LARGEST_COPIES: Final = 512 * 1024 * 1024
LONGEST_TEXT: Final = 1024 * 1024

_MACROS: Final = re.compile(r"(xl/)?(vbaProject\.bin|macrosheets/.*)", re.IGNORECASE)
_TEXT: Final = re.compile(rb"si>(.*?)</(?:\w+:)?si>|si/>", re.DOTALL)
_NUMBER: Final = re.compile(rb"v[^<>]{0,200}>\s*(\d{1,9})\s*<")
_DISGUISED: Final = re.compile(rb"v[^<>]{0,200}>[^<]{0,20}&#")


def read_archive_facts(archive: Archive) -> list[SheetFacts]:
    """Facts of each sheet, in the order of the workbook; raises FileHeld for what is no list or would do harm."""
    if WORKBOOK not in archive or any(map(_MACROS.fullmatch, archive.names)):
        raise FileHeld("unsupported")
    parts = list_sheet_parts(archive)
    facts = [read_sheet_facts(archive, part) for part in parts]
    # Texts, styles, pictures, and sheets that the workbook may name in a way of its own.
    others = [read_sheet_facts(archive, name) for name in set(archive.names) - set(parts)]
    longest = _longest_text(archive) if TEXTS in archive else 0
    if longest * sum(one.cells for one in facts + others) > LARGEST_COPIES:
        _weigh_copies(archive)
    return facts


def _longest_text(archive: Archive) -> int:
    """The bytes of the longest of the texts that cells share."""
    size, longest, rest = 0, 0, b""
    for piece in archive.pieces(TEXTS):
        size += len(piece)
        *whole, rest = (rest + piece).split(b"si>")
        longest = max([longest, len(rest), *map(len, whole)])
        if longest > LONGEST_TEXT or size > LARGEST_TEXTS:
            raise FileHeld("too_large")
    return longest


def _weigh_copies(archive: Archive) -> None:
    """Raise FileHeld where the cells' copies of shared texts would not fit into memory; a number counts as a text's."""
    texts = [len(found) for found in _TEXT.findall(b"".join(archive.pieces(TEXTS)))]
    total = 0
    for name in archive.names:
        rest = b""
        for piece in archive.pieces(name) if name != TEXTS else ():
            cut = (rest + piece).rfind(b"<") + 1
            whole, rest = (rest + piece)[:cut], (rest + piece)[cut - 1 :][-LONGEST_TEXT:] if cut else b""
            total += sum(texts[at] for found in _NUMBER.findall(whole) if (at := int(found)) < len(texts))
            if total > LARGEST_COPIES or _DISGUISED.search(whole):
                raise FileHeld("too_large")
