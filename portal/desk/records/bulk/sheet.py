"""Rows of a spreadsheet, pasted or uploaded as .csv or .xlsx, each with the number its author sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _

LARGEST_FILE = 2 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 100
LONGEST_CELL = 20_000

Row = tuple[int, list[str]]


class SheetRefused(PortalError):
    """The file or text can't be read as rows; the message says what to do."""


def read_text(text: str) -> list[Row]:
    """Rows of pasted or decoded text; columns are parted by tabs, semicolons or commas. Raises SheetRefused."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = next((sign for sign in "\t;," if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        return _limited(enumerate(reader, 1))
    except csv.Error as error:
        raise SheetRefused(
            _("The quotes of the rows do not pair: copy the cells again, or save the sheet as .xlsx.")
        ) from error


def read_file(data: bytes) -> list[Row]:
    """Rows of an uploaded file, told by its bytes; raises SheetRefused."""
    if len(data) > LARGEST_FILE:
        raise SheetRefused(
            _("The file is larger than %(size)s MB: split it.", size=LARGEST_FILE // 1024 // 1024)
        )
    if data.startswith(b"PK\x03\x04"):
        return _read_workbook(data)
    return read_text(_decode(data))


def written(rows: Iterable[Row]) -> str:
    """The rows as text that `read_text` reads again with the same numbers."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    done = 0
    for number, cells in rows:
        for _blank in range(number - done - 1):
            out.write("\n")
        writer.writerow(cells)
        done = number
    return out.getvalue()


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise SheetRefused(_("This is neither a .csv nor an .xlsx file; save the sheet as one of these."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _read_workbook(data: bytes) -> list[Row]:
    # The reader of workbooks comes with the first one, not with every worker.
    from portal.desk.records.bulk.workbooks import WorkbookTooLarge, WorkbookUnreadable, read_rows

    try:
        return _limited(read_rows(data))
    except WorkbookTooLarge as error:
        raise SheetRefused(
            _("The workbook is too large for this page: copy the rows into a new one.")
        ) from error
    except WorkbookUnreadable as error:
        raise SheetRefused(
            _("The workbook can't be read: it is damaged or locked. Save it anew without a password.")
        ) from error


def _limited(rows: Iterable[Row]) -> list[Row]:
    """The rows that hold anything; raises SheetRefused where there are too many or none."""
    found = list(_filled(rows))
    if not found:
        raise SheetRefused(_("There are no rows: paste the header and the rows below it, or choose a file."))
    return found


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    count = 0
    for number, cells in rows:
        clean = [cell.strip() for cell in cells[:MOST_COLUMNS]]
        if not any(clean):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise SheetRefused(
                _("There are more than %(most)s rows: bring them in several parts.", most=MOST_ROWS)
            )
        if any(len(cell) > LONGEST_CELL for cell in clean):
            raise SheetRefused(_("A cell of row %(row)s is too long to be one.", row=number))
        yield number, clean
