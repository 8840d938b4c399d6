"""A column that the office does not see is not taken for the NIK, the name or anything else."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from portal.registry.lists import FileHeld, open_list
from portal.registry.lists.rows import Person, Reading
from portal.registry.uploads.preview import make_preview
from tests.registry.books import ods
from tests.registry.dirty.outcome import A, B
from tests.registry.dirty.workbooks import changed

Rows = Sequence[Sequence[str]]
LIST = (("NIK", "Nama", "Desa"), (A, "Budi", "Merabu"))
TWO = (("NIK", "Nama", "NIK"), (B, "Budi", A))
HEIRS = (
    ("", "Ahli Waris", "", "Peserta", ""),
    ("", "Nama", "NIK", "NIK", "Nama"),
    ("1", "Siti", B, A, "Budi"),
)
SHEET = "xl/worksheets/sheet1.xml"


def new(rows: Rows, *hidden: int, right: int = 0) -> bytes:
    """An .xlsx, `right` columns from the edge."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column + right, cell)
        for column in hidden:
            sheet.set_column(column + right, column + right, None, None, {"hidden": True})
    return out.getvalue()


def old(rows: Rows, *hidden: int) -> bytes:
    """An .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Daftar")
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell)
    for column in hidden:
        sheet.col(column).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(
    rows: Rows, *hidden: int, column: str = '<table:table-column table:visibility="collapse"/>'
) -> bytes:
    """An .ods; `column` is how it hides one."""
    columns = "".join(column if at in hidden else "<table:table-column/>" for at in range(5))
    lines = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        + "</table:table-row>"
        for cells in rows
    )
    return ods(content=f"<table:table>{columns}{lines}</table:table>")


def closed(rows: Rows, *hidden: int) -> bytes:
    """An .ods that hides columns in closed groups."""
    group = '<table:table-column-group table:display="false"><table:table-column/></table:table-column-group>'
    return opened(rows, *hidden, column=group)


def people(data: bytes, folder: Path) -> list[Person]:
    """Those on a list."""
    path = folder / "list"
    path.write_bytes(data)
    return list(Reading(open_list(path).table).people())


Make = Callable[..., bytes]
every = pytest.mark.parametrize("make", [new, old, opened, closed])


@every
@pytest.mark.parametrize("column", [0, 1])
def test_a_list_whose_nik_or_name_nobody_sees_is_held(make: Make, column: int, tmp_path: Path) -> None:
    with pytest.raises(FileHeld) as held:
        people(make(LIST, column), tmp_path)
    assert held.value.reason == "no_header"


@every
def test_of_two_nik_columns_the_one_that_is_seen_counts(make: Make, tmp_path: Path) -> None:
    assert [one.nik for one in people(make(TWO, 0), tmp_path)] == [A]


@every
def test_a_village_nobody_sees_is_not_read(make: Make, tmp_path: Path) -> None:
    assert [(one.nik, one.village) for one in people(make(LIST, 2), tmp_path)] == [(A, "")]


@every
def test_a_group_of_columns_keeps_its_title_where_the_first_of_them_is_hidden(
    make: Make, tmp_path: Path
) -> None:
    assert [(one.nik, one.name) for one in people(make(HEIRS, 1), tmp_path)] == [(A, "Budi")]


def test_columns_are_counted_from_the_edge_of_the_sheet(tmp_path: Path) -> None:
    assert [one.nik for one in people(new(TWO, 0, right=3), tmp_path)] == [A]
    assert [one.nik for one in people(new(LIST, -1, right=2), tmp_path)] == [A]


@pytest.mark.parametrize("seen", [b'width="0" customWidth="1"', b"hidden='true'", b'width="0.00"'])
def test_a_column_without_width_is_not_seen(seen: bytes, tmp_path: Path) -> None:
    columns = b'<cols><col min="1" max="1" ' + seen + b"/></cols><sheetData>"
    data = changed(new(TWO), SHEET, b"<sheetData>", columns)
    assert [one.nik for one in people(data, tmp_path)] == [A]


@pytest.mark.parametrize("seen", [b'width="0.71" customWidth="1"', b'width="9" hidden="0"', b'width="09"'])
def test_a_narrow_column_is_seen(seen: bytes, tmp_path: Path) -> None:
    columns = b'<cols><col min="1" max="3" ' + seen + b"/></cols><sheetData>"
    data = changed(new(LIST), SHEET, b"<sheetData>", columns)
    assert [one.nik for one in people(data, tmp_path)] == [A]


def test_all_columns_right_of_a_list_may_be_hidden(tmp_path: Path) -> None:
    columns = b'<cols><col min="4" max="16384" hidden="1"/></cols><sheetData>'
    data = changed(new(LIST), SHEET, b"<sheetData>", columns)
    assert [one.village for one in people(data, tmp_path)] == ["Merabu"]


def test_columns_hidden_over_and_over_are_no_list(tmp_path: Path) -> None:
    columns = b"<cols>" + b'<col min="4" max="16384" hidden="1"/>' * 9 + b"</cols><sheetData>"
    with pytest.raises(FileHeld) as held:
        people(changed(new(LIST), SHEET, b"<sheetData>", columns), tmp_path)
    assert held.value.reason == "unreadable"


@every
def test_the_desk_guesses_no_hidden_column(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(make(LIST, 0))
    preview = make_preview(open_list(path).table, ())
    assert "nik" not in [column.guess for column in preview.columns]
