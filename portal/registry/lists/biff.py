"""What calamine does not tell of an .xls: hidden rows, a password, macros and how large a sheet pretends to be.

The workbook is a stream of records (type, length, body; [MS-XLS] 2.1.4) inside a compound file.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from struct import error as StructError  # noqa: N812  (an exception's name)
from typing import BinaryIO, Final

from portal.registry.lists.biffstrings import read_text_lengths
from portal.registry.lists.held import FileHeld
from portal.registry.lists.merges import MOST_MERGES
from portal.registry.lists.sheetxml import MOST_CELLS, SheetFacts
from portal.registry.lists.xlsxparts import LARGEST_COPIES

BOF: Final = 0x0809
EOF: Final = 0x000A
SHEET: Final = 0x0085
PASSWORD: Final = 0x002F
ROW: Final = 0x0208
TEXTS: Final = 0x00FC
CONTINUED: Final = 0x003C
NAMES_TEXT: Final = 0x00FD
MERGES: Final = 0x00E5
COLUMNS: Final = 0x007D
LAST_COLUMN: Final = 255
MERGE_SIZE: Final = 8
# Records that hold a cell: they begin with its row and column.
CELLS: Final = frozenset((0x00FD, 0x0203, 0x027E, 0x0006, 0x0204, 0x00BD, 0x0205, 0x00D6, 0x0406, 0x0206))
IS_HIDDEN: Final = 0x20
_HEAD: Final = Struct("<HH")
_OFFSET: Final = Struct("<I")
_FLAGS: Final = Struct("<H")
# Columns: first, last, width, format, flags.
_SPAN: Final = Struct("<HHHHH")


def read_book_facts(file: BinaryIO) -> list[SheetFacts]:
    """Hidden rows of each sheet, in the order of the workbook; raises FileHeld for what is no list."""
    stream = _workbook_stream(file)
    offsets, texts, before = [], [], 0
    for kind, at, length in _records(stream, 0):
        if kind == PASSWORD:
            raise FileHeld("encrypted")
        if kind == SHEET and length >= _OFFSET.size:
            offsets.append(_OFFSET.unpack_from(stream, at)[0])
        # A record that continues another counts as part of what it continues.
        before = before if kind == CONTINUED else kind
        if before == TEXTS:
            texts.append(stream[at : at + length])
    try:
        lengths = read_text_lengths(texts) if texts else []
    except (ValueError, StructError) as error:
        raise FileHeld("unreadable") from error
    facts, copies = [], 0
    for offset in offsets:
        found, more = _sheet_facts(stream, offset, lengths)
        facts.append(found)
        copies += more
    if copies > LARGEST_COPIES:
        raise FileHeld("too_large")
    return facts


def _workbook_stream(file: BinaryIO) -> bytes:
    # The reader of compound files comes with the first one.
    import olefile

    try:
        with olefile.OleFileIO(file) as compound:
            if compound.exists("EncryptedPackage"):
                raise FileHeld("encrypted")
            name = next((name for name in ("Workbook", "Book") if compound.exists(name)), None)
            if name is None or compound.exists("_VBA_PROJECT_CUR"):
                raise FileHeld("unsupported")
            return bytes(compound.openstream(name).read())
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise FileHeld("unreadable") from error


def _sheet_facts(stream: bytes, start: int, lengths: list[int]) -> tuple[SheetFacts, int]:
    """Facts of one sheet, and how many characters its cells have of the shared texts."""
    hidden: set[int] = set()
    columns: set[tuple[int, int]] = set()
    last_row, last_column, copies, texts, merges = 0, 0, 0, len(lengths), 0
    for kind, at, length in _records(stream, start):
        if kind in CELLS and length >= _HEAD.size:
            row, column = _HEAD.unpack_from(stream, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
            if kind == NAMES_TEXT and length >= 10:
                text = _OFFSET.unpack_from(stream, at + 6)[0]
                copies += lengths[text] if text < texts else 0
        elif kind == ROW and length >= 14 and _FLAGS.unpack_from(stream, at + 12)[0] & IS_HIDDEN:
            hidden.add(_FLAGS.unpack_from(stream, at)[0] + 1)
        elif kind == MERGES:
            merges += length // MERGE_SIZE
        elif kind == COLUMNS and length >= _SPAN.size:
            columns.add(_unseen(*_SPAN.unpack_from(stream, at)))
    if (last_row + 1) * (last_column + 1) > MOST_CELLS or merges > MOST_MERGES:
        raise FileHeld("too_large")
    unseen = frozenset(column for first, last in columns for column in range(first, last + 1))
    return SheetFacts(frozenset(hidden), hidden_columns=unseen), copies


def _unseen(first: int, last: int, width: int, _format: int, flags: int) -> tuple[int, int]:
    """First and last of a span of columns, (0, -1) where it is shown."""
    return (first, min(last, LAST_COLUMN)) if flags & 1 or not width else (0, -1)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record of the substream at `start`, without those of charts inside it."""
    at, depth, end = start, 0, len(stream) - _HEAD.size
    while 0 <= at <= end:
        kind, length = _HEAD.unpack_from(stream, at)
        at += _HEAD.size
        if at + length > len(stream):
            return
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at, length
        at += length
