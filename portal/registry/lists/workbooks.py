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
from portal.registry.lists.biff import read_book_facts
from portal.registry.lists.heading import TOP_ROWS, find_header
from portal.registry.lists.held import FileHeld
from portal.registry.lists.merges import Merges
from portal.registry.lists.numbers import cell_text
from portal.registry.lists.sheetxml import SheetFacts
from portal.registry.lists.sources import Source
from portal.registry.lists.xlsxparts import read_archive_facts

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
        self.first_column = first = sheet.start[1] if sheet.start else 0
        self.hidden_columns = frozenset(column - first for column in facts.hidden_columns if column >= first)

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """See Table."""
        end = self._sheet.end
        hidden, height = self._facts.hidden_rows, end[0] + 1 if end else 1
        self.hidden_rows = 0
        ranges = _reading(lambda: self._sheet.merged_cell_ranges)
        merges = Merges(ranges or (), self.first_column)
        is_plain = not (ranges or hidden)
        # Calamine gives empty rows for those above the first used one; it leaves out columns before the first used.
        for number, row in enumerate(_reading(self._sheet.iter_rows), start=1):
            cells = [cell if type(cell) is str else cell_text(cell) for cell in row]
            if not is_plain:
                cells = merges.carry(number, cells)
                if number in hidden:
                    self.hidden_rows += any(cells)
                    continue
            if not number % 10_000:
                self.bytes_read = self._size * number // height
            yield number, cells

    def has_header(self) -> bool:
        """Whether a row near the top names a NIK and a name column."""
        return find_header(list(islice(self.rows(), TOP_ROWS)), self.hidden_columns) is not None

    def has_cells(self) -> bool:
        """Whether anything is on the sheet."""
        return self._sheet.start is not None


def open_xlsx(source: Source) -> SheetTable:
    """An .xlsx, once its sizes have been looked at; raises FileHeld, also for one with macros."""
    with source.open() as file:
        facts = read_archive_facts(Archive(file))
    return _open(source, facts)


def open_xls(source: Source) -> SheetTable:
    """An .xls; raises FileHeld, also for one with macros."""
    with source.open() as file:
        facts = read_book_facts(file)
    return _open(source, facts)


def _open(source: Source, facts: list[SheetFacts]) -> SheetTable:
    with source.open() as file:
        book = _reading(lambda: CalamineWorkbook.from_filelike(file))
        sheets = book.sheets_metadata
        shown = [
            index
            for index, sheet in enumerate(sheets)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        chosen, lists = _choose(book, shown, facts, source.size)
    if chosen is None:
        raise FileHeld("no_rows")
    chosen.hidden_sheets = len(sheets) - len(shown)
    chosen.unread_sheets = max(lists - 1, 0)
    return chosen


def _choose(
    book: CalamineWorkbook, shown: list[int], facts: list[SheetFacts], size: int
) -> tuple[SheetTable | None, int]:
    """The first sheet with a list, else the first with cells, and how many have a list; one is kept in memory."""
    chosen, lists = None, 0
    for index in shown:
        sheet = _reading(lambda at=index: book.get_sheet_by_index(at))  # type: ignore[misc]
        table = SheetTable(sheet, facts[index] if index < len(facts) else SheetFacts(), size)
        if table.has_header():
            lists += 1
            chosen = table if lists == 1 else chosen
        elif chosen is None or not (lists or chosen.has_cells()):
            chosen = table
    return chosen, lists


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
