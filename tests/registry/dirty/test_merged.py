"""A village merged over its people is the village of each of them, and of nobody else; a NIK or name never is."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from portal.registry.lists import FileHeld, open_list
from portal.registry.lists.rows import Reading
from tests.registry.books import ods
from tests.registry.dirty.outcome import A, B, C, D
from tests.registry.dirty.workbooks import changed

HEAD = ("NIK", "Nama", "Desa", "Kecamatan", "Pekerjaan")
# First and last row, first and last column of a merged cell, counted from 0, and its text.
Merged = tuple[int, int, int, int, str]
PEOPLE = {
    (at, column): text
    for at, cells in enumerate((HEAD, (A, "Budi"), (B, "Siti"), (C, "Ani"), (D, "Tono")))
    for column, text in enumerate(cells)
}
VILLAGE: Merged = (1, 2, 2, 2, "Merabu")
ALL = ("Merabu", "Merabu", "", "")


def new(cells: dict[tuple[int, int], str], *merged: Merged, hide: int = 0, right: int = 0) -> bytes:
    """An .xlsx; `hide` is a row to hide, `right` the columns left empty before the list."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for (row, column), text in cells.items():
            sheet.write_string(row, column + right, text)
        for first, last, left, end, text in merged:
            sheet.merge_range(first, left + right, last, end + right, text)
        if hide:
            sheet.set_row(hide, None, None, {"hidden": True})
    return out.getvalue()


def old(cells: dict[tuple[int, int], str], *merged: Merged, right: int = 0) -> bytes:
    """The same as an .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Daftar")
    for (row, column), text in cells.items():
        sheet.write(row, column + right, text)
    for first, last, left, end, text in merged:
        sheet.write_merge(first, last, left + right, end + right, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(cells: dict[tuple[int, int], str], *merged: Merged, hide: int = 0) -> bytes:
    """The same as an .ods."""
    starts = {(first, left): (last - first + 1, text) for first, last, left, _end, text in merged}

    def row(at: int) -> str:
        shown = ' table:visibility="collapse"' if hide and at == hide else ""
        return f"<table:table-row{shown}>{''.join(cell(at, column) for column in range(5))}</table:table-row>"

    def cell(at: int, column: int) -> str:
        spanned, text = starts.get((at, column), (0, cells.get((at, column), "")))
        spans = f' table:number-rows-spanned="{spanned}"' if spanned else ""
        return f"<table:table-cell{spans}><text:p>{text}</text:p></table:table-cell>"

    return ods(content=f"<table:table>{''.join(map(row, range(5)))}</table:table>")


def villages(data: bytes, folder: Path) -> tuple[str, ...]:
    """The village of each person, in their order."""
    return tuple(person.village for person in read(data, folder)[0])


def read(data: bytes, folder: Path) -> tuple[list[Any], Reading]:
    """The people of a list, and its reading."""
    path = folder / "list"
    path.write_bytes(data)
    reading = Reading(open_list(path).table)
    return list(reading.people()), reading


@pytest.mark.parametrize("make", [new, old, opened])
def test_a_merged_village_is_that_of_the_rows_it_covers_and_of_no_other(
    make: Callable[..., bytes], tmp_path: Path
) -> None:
    assert villages(make(PEOPLE, VILLAGE), tmp_path) == ALL


@pytest.mark.parametrize("make", [new, old, opened])
def test_district_and_occupation_are_carried_as_well_each_over_its_own_rows(
    make: Callable[..., bytes], tmp_path: Path
) -> None:
    data = make(PEOPLE, VILLAGE, (3, 4, 2, 2, "Tumbit"), (1, 4, 3, 3, "Kelay"), (2, 3, 4, 4, "Nelayan"))
    people, _reading = read(data, tmp_path)
    assert [(one.village, one.district, one.occupation) for one in people] == [
        ("Merabu", "Kelay", ""),
        ("Merabu", "Kelay", "Nelayan"),
        ("Tumbit", "Kelay", "Nelayan"),
        ("Tumbit", "Kelay", ""),
    ]


@pytest.mark.parametrize("make", [new, old, opened])
def test_a_merged_nik_or_name_is_nobody_elses(make: Callable[..., bytes], tmp_path: Path) -> None:
    cells = {place: text for place, text in PEOPLE.items() if place not in ((1, 0), (2, 0), (3, 1), (4, 1))}
    people, reading = read(make(cells, (1, 2, 0, 0, A), (3, 4, 1, 1, "Ani")), tmp_path)
    assert [(one.nik, one.name) for one in people] == [(A, "Budi"), (C, "Ani")]
    assert [(one.row, one.reason) for one in reading.rejected] == [(3, "nik_missing"), (5, "name_missing")]


@pytest.mark.parametrize("make", [new, old])
def test_columns_are_counted_from_the_first_that_is_used(make: Callable[..., bytes], tmp_path: Path) -> None:
    assert villages(make(PEOPLE, VILLAGE, right=3), tmp_path) == ALL


@pytest.mark.parametrize("make", [new, opened])
@pytest.mark.parametrize(("hidden", "left"), [(1, ("Merabu", "", "")), (2, ("Merabu", "", ""))])
def test_hidden_rows_of_a_merged_cell_are_left_out_and_the_others_keep_its_text(
    make: Callable[..., bytes], hidden: int, left: tuple[str, ...], tmp_path: Path
) -> None:
    assert villages(make(PEOPLE, VILLAGE, hide=hidden), tmp_path) == left


@pytest.mark.parametrize("make", [new, old, opened])
def test_a_heading_merged_over_people_is_nobodys_village(make: Callable[..., bytes], tmp_path: Path) -> None:
    cells = {place: text for place, text in PEOPLE.items() if place != (0, 2)}
    assert villages(make(cells, (0, 2, 2, 2, "Desa")), tmp_path) == ("", "", "", "")


def test_a_village_beside_another_one_merged_over_it_stays(tmp_path: Path) -> None:
    assert villages(opened(PEOPLE | {(2, 2): "Tumbit"}, (1, 3, 2, 2, "Merabu")), tmp_path) == (
        "Merabu",
        "Tumbit",
        "Merabu",
        "",
    )


@pytest.mark.parametrize("reach", ["C2:C3000000", "C2:ZZZ3000000", "C2:C1048576"])
def test_a_merged_cell_that_reaches_too_far_is_read_as_far_as_there_are_people(
    reach: str, tmp_path: Path
) -> None:
    data = changed(new(PEOPLE, VILLAGE), "xl/worksheets/sheet1.xml", b'"C2:C3"', f'"{reach}"'.encode())
    assert villages(data, tmp_path) == ("Merabu",) * 4


@pytest.mark.parametrize("reach", ["C3:C2", "C2:A3"])
def test_a_merged_cell_that_ends_before_it_begins_covers_nothing_more_than_it_says(
    reach: str, tmp_path: Path
) -> None:
    data = changed(new(PEOPLE, VILLAGE), "xl/worksheets/sheet1.xml", b'"C2:C3"', f'"{reach}"'.encode())
    assert villages(data, tmp_path)[2:] == ("", "")


@pytest.mark.parametrize("make", [new, old])
def test_a_sheet_of_more_merged_cells_than_a_list_has_is_held(
    make: Callable[..., bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sheetxml", "biff"):
        monkeypatch.setattr(f"portal.registry.lists.{module}.MOST_MERGES", 1)
    with pytest.raises(FileHeld) as held:
        read(make(PEOPLE, VILLAGE, (3, 4, 2, 2, "Tumbit")), tmp_path)
    assert held.value.reason == "too_large"
