"""A report as a file of its own: a workbook, or CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, Final

from portal.core.i18n import gettext as _
from portal.core.tabular import csv_bytes
from portal.registry.reports.contents import Mending

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Of the 1048576 rows of a sheet, with room for the heading.
ROWS_ON_A_SHEET: Final = 1_000_000
WIDTHS: Final = (10, 16, 60, 70, 20)
# Text stays text: nothing a cell says is run, followed or turned into a number.
PLAIN: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def headings() -> tuple[str, ...]:
    """The headings of the findings."""
    return (_("Row"), _("Result"), _("Problem"), _("What to do"), _("Last four digits of the NIK"))


def write_csv(report: Mending) -> bytes:
    """The findings as CSV that spreadsheet programs open as UTF-8; the facts stand on the desk and the terminal."""
    return b"\xef\xbb\xbf" + csv_bytes(headings(), report.rows())


def write_workbook(report: Mending, out: BinaryIO) -> None:
    """The facts on one sheet and the findings on another, row by row. Raises OSError."""
    # Only who asks for a workbook pays for its writer.
    import xlsxwriter

    with xlsxwriter.Workbook(out, PLAIN) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        summary = book.add_worksheet(_("Summary"))
        summary.set_column(0, 0, 60, wrapped)
        summary.set_column(1, 1, 90, wrapped)
        for number, (label, value) in enumerate(report.facts):
            summary.write_string(number, 0, label, bold)
            if isinstance(value, int):
                summary.write_number(number, 1, value)
            else:
                summary.write_string(number, 1, value, wrapped)
        rows, number = report.rows(), 1
        waiting = list(islice(rows, 1))
        while waiting or number == 1:
            sheet = book.add_worksheet(_("Rows") if number == 1 else f"{_('Rows')} {number}")
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            sheet.write_row(0, 0, headings(), bold)
            sheet.freeze_panes(1, 0)
            written = _write_rows(sheet, islice(chain(waiting, rows), ROWS_ON_A_SHEET))
            sheet.autofilter(0, 0, max(written, 1), len(WIDTHS) - 1)
            waiting, number = list(islice(rows, 1)), number + 1


def _write_rows(sheet: Worksheet, rows: Iterator[tuple[int, str, str, str, str]]) -> int:
    """How many rows there were."""
    number = 0
    for number, (row, *texts) in enumerate(rows, start=1):
        sheet.write_number(number, 0, row)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(number, column, text)
    return number
