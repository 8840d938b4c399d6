"""An .xlsx read by calamine, after a look at how large it pretends to be."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from portal.registry.lists.archive import Archive
from portal.registry.lists.held import FileHeld

LARGEST_UNPACKED: Final = 24 * 1024 * 1024
MOST_MEMBERS: Final = 500
# A sheet with one cell at its far corner is given memory for every cell before it.
MOST_CELLS: Final = 2_000_000

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER: Final = re.compile(rb"[^<>]*?\br=[\"'](\d{1,9})[\"']")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_COLUMN: Final = re.compile(rb"\br=[\"']([A-Za-z]{1,6})\d+[\"']")


class WorkbookTooLarge(Exception):
    """More unpacked bytes or cells than a sheet of statements can have."""


class WorkbookUnreadable(Exception):
    """Damaged, locked, or no workbook."""


def read_rows(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first visible sheet, numbered as on it; formulas give the results kept with them.

    Raises WorkbookTooLarge, WorkbookUnreadable.
    """
    try:
        _check_size(data)
        sheet = _first_sheet(CalamineWorkbook.from_filelike(io.BytesIO(data)))
        rows = sheet.to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, FileHeld, CalamineError, ValueError, OSError, IndexError, KeyError) as error:
        raise WorkbookUnreadable from error
    except BaseException as error:
        # The reader gives up on some damaged files with a panic of its own kind.
        if type(error).__name__ == "PanicException":
            raise WorkbookUnreadable from None
        raise
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]


def _first_sheet(book: CalamineWorkbook) -> Any:
    shown = [
        index
        for index, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    return book.get_sheet_by_index(shown[0])


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise WorkbookTooLarge
    # What an archive says of its sizes is not believed: this unpacks every member and holds it to them.
    members = Archive(io.BytesIO(data))
    members.check()
    for name in members.names:
        if _SHEET.fullmatch(name):
            _check_corner(b"".join(members.pieces(name)))


def _check_corner(xml: bytes) -> None:
    height = width = 0
    for row in _rows(xml):
        number = _ROW_NUMBER.match(row)
        height = max(height + 1, int(number[1]) if number else 0)
        cells = _CELL.findall(row)
        named = [found[1] for cell in cells if (found := _COLUMN.search(cell))]
        width = max([width, len(cells), *map(_column, named)])
        if height * width > MOST_CELLS:
            raise WorkbookTooLarge


def _rows(xml: bytes) -> Iterator[bytes]:
    return iter(_ROW.split(xml)[1:])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
