"""Workbooks of Excel, .xlsx and .xls, read by calamine: the visible rows of the visible sheet that has the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from portal.registry.lists.archive import Archive
from portal.registry.lists.header import HEADER_WITHIN, find_columns
from portal.registry.lists.held import FileHeld
from portal.registry.lists.numbers import cell_text
from portal.registry.lists.sheetxml import SheetFacts, list_sheet_parts, read_sheet_facts
from portal.registry.lists.sources import Source

T = TypeVar("T")


class SheetTable:
    """One sheet's rows, with the numbers its office sees."""

    def __init__(self, sheet: CalamineSheet, facts: SheetFacts, size: int) -> None:
        self._sheet = sheet
        self._facts = facts
        self._size = size
        self.hidden_sheets = 0
        self.hidden_rows = 0
        self.unread_sheets = 0
        self.bytes_read = 0
        self.first_column = sheet.start[1] if sheet.start else 0

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """See Table."""
        end = self._sheet.end
        hidden, height = self._facts.hidden_rows, end[0] + 1 if end else 1
        self.hidden_rows = 0
        # Calamine gives empty rows for those above the first used one; it leaves out columns before the first used.
        for number, row in enumerate(_reading(self._sheet.iter_rows), start=1):
            cells = [cell_text(cell) for cell in row]
            if number in hidden:
                self.hidden_rows += any(cells)
                continue
            if not number % 10_000:
                self.bytes_read = self._size * number // height
            yield number, cells

    def has_header(self) -> bool:
        """Whether a row near the top names a NIK and a name column."""
        return any(find_columns(cells) for _number, cells in islice(self.rows(), HEADER_WITHIN))

    def has_cells(self) -> bool:
        """Whether anything is on the sheet."""
        return self._sheet.start is not None


def open_xlsx(source: Source) -> SheetTable:
    """An .xlsx or .xlsm, once its sizes have been looked at; raises FileHeld."""
    with source.open() as file:
        archive = Archive(file)
        if "xl/workbook.xml" not in archive:
            raise FileHeld("unsupported")
        parts = list_sheet_parts(archive)
        facts = [read_sheet_facts(archive, part) for part in parts]
        # Texts, styles, pictures, and sheets that the workbook may name in a way of its own.
        for name in set(archive.names) - set(parts):
            read_sheet_facts(archive, name)
    return _open(source, facts)


def open_xls(source: Source) -> SheetTable:
    """An .xls, whose sheets cannot be large; raises FileHeld. Which of its rows are hidden is not told."""
    return _open(source, [])


def _open(source: Source, facts: list[SheetFacts]) -> SheetTable:
    with source.open() as file:
        book = _reading(lambda: CalamineWorkbook.from_filelike(file))
        sheets = book.sheets_metadata
        shown = [
            index
            for index, sheet in enumerate(sheets)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        tables = [
            SheetTable(
                _reading(lambda at=index: book.get_sheet_by_index(at)),  # type: ignore[misc]
                facts[index] if index < len(facts) else SheetFacts(),
                source.size,
            )
            for index in shown
        ]
    with_list = [table for table in tables if table.has_header()]
    chosen = next(iter([*with_list, *(table for table in tables if table.has_cells()), *tables]), None)
    if chosen is None:
        raise FileHeld("no_rows")
    chosen.hidden_sheets = len(sheets) - len(shown)
    chosen.unread_sheets = max(len(with_list) - 1, 0)
    return chosen


def _reading(call: Callable[[], T]) -> T:
    """Read with calamine; a damaged workbook is an outcome, even where the reader gives up with a panic."""
    try:
        return call()
    except PasswordError as error:
        raise FileHeld("encrypted") from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileHeld("unreadable") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise FileHeld("unreadable") from None
        raise
