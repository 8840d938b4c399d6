"""Spreadsheets are read as their office sees them; bombs and damaged ones are held before they do harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.registry.lists import FileHeld
from portal.registry.lists.rows import Reading
from tests.registry.books import Sheet, ods, xlsx

Read = Callable[[bytes], Reading]
Write = Callable[..., bytes]
NIK, OTHER, THIRD = "6403992505859001", "6403992505859002", "6403992505859003"
HEAD = ("No", "NIK", "Nama")
both = pytest.mark.parametrize("write", [xlsx, ods], ids=["xlsx", "ods"])


def found(reading: Reading) -> list[tuple[int, str, str]]:
    return [(person.row, person.nik, person.name) for person in reading.people()]


@both
def test_a_sheet_gives_its_people_with_the_numbers_of_its_rows(read: Read, write: Write) -> None:
    rows = [("DAFTAR PENERIMA",), (), HEAD, (1, NIK, "Rusdi"), (), (2, OTHER, "Siti & Nur"), ("Jumlah", 2)]
    assert found(read(write(Sheet(rows)))) == [(4, NIK, "Rusdi"), (6, OTHER, "Siti & Nur")]


@both
def test_a_nik_in_a_number_cell_counts_only_where_no_digit_can_be_lost(read: Read, write: Write) -> None:
    rows = [HEAD, (1, int(NIK), "Rusdi"), (2, int(OTHER) - 2, "Siti"), (3, 9203992505859007, "Budi")]
    reading = read(write(Sheet(rows)))
    assert found(reading) == [(2, NIK, "Rusdi")]
    assert [finding[:2] for finding in reading.rejected] == [(3, "nik_not_text"), (4, "nik_not_text")]


@both
def test_a_column_of_rounded_numbers_holds_the_file(read: Read, write: Write) -> None:
    rows = [HEAD, *((number, 6403992505850000 + number * 10, "Budi") for number in range(1, 30))]
    with pytest.raises(FileHeld) as held:
        found(read(write(Sheet(rows))))
    assert held.value.reason == "damaged_nik_column"


@both
def test_only_the_visible_sheet_and_visible_rows_are_read_and_the_rest_is_told(
    read: Read, write: Write
) -> None:
    hidden = Sheet([HEAD, (1, OTHER, "Siti")], name="Lama", hidden=True)
    shown = Sheet([HEAD, (1, NIK, "Rusdi"), (2, THIRD, "Budi"), ()], hidden_rows=frozenset({3, 4}))
    reading = read(write(hidden, Sheet([("Catatan",)], name="Sampul"), shown))
    assert found(reading) == [(2, NIK, "Rusdi")]
    table = reading.table
    assert (table.hidden_sheets, table.hidden_rows, table.unread_sheets) == (1, 1, 0)


@both
def test_a_second_sheet_with_a_list_is_told_and_not_read(read: Read, write: Write) -> None:
    reading = read(write(Sheet([HEAD, (1, NIK, "Rusdi")]), Sheet([HEAD, (1, OTHER, "Siti")], name="Kedua")))
    assert found(reading) == [(2, NIK, "Rusdi")]
    assert reading.table.unread_sheets == 1


@both
def test_a_list_that_starts_in_another_column_is_read(read: Read, write: Write) -> None:
    rows = [(), (None, None, *HEAD), (None, None, 1, NIK, "Rusdi")]
    assert found(read(write(Sheet(rows)))) == [(3, NIK, "Rusdi")]


@both
@pytest.mark.parametrize(
    ("rows", "reason"),
    [([], "no_rows"), ([("Alamat", "Kota"), ("x", "y")], "no_header"), ([HEAD], "no_rows")],
)
def test_a_workbook_without_a_list_is_held(
    read: Read, write: Write, rows: list[tuple[str, ...]], reason: str
) -> None:
    with pytest.raises(FileHeld) as held:
        found(read(write(Sheet(rows))))
    assert held.value.reason == reason


def test_a_workbook_that_holds_something_else_is_told(read: Read) -> None:
    with pytest.raises(FileHeld) as held:
        read(xlsx(parts={"xl/workbook.xml": b""}).replace(b"xl/workbook.xml", b"word/documt.xml"))
    assert held.value.reason == "unsupported"


FAR = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
ENTITIES = '<table:table table:name="a"><table:table-row><table:table-cell><text:p>&lol;</text:p></table:table-cell></table:table-row></table:table>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (xlsx(Sheet([HEAD]), parts={"xl/worksheets/sheet1.xml": FAR}), "too_large"),
        (xlsx(Sheet([HEAD]), parts={"xl/media/far.bin": FAR}), "too_large"),
        (xlsx(Sheet([HEAD]), parts={"xl/big.xml": bytes(1100 * 1024 * 1024)}), "too_large"),
        (xlsx(Sheet([HEAD, (1, NIK, "Rusdi")]))[:-60], "unreadable"),
        (
            xlsx(Sheet([HEAD]), parts={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}),
            "unreadable",
        ),
        (ods(content=ENTITIES), "unreadable"),
        (ods(content="<table:table>"), "unreadable"),
        (ods().replace(b"content.xml", b"contant.xml"), "unreadable"),
    ],
    ids="far-corner hidden-corner unpacked-size cut-off broken-sheet entity broken-xml no-content".split(),
)
def test_bombs_and_damaged_workbooks_are_held(read: Read, data: bytes, reason: str) -> None:
    with pytest.raises(FileHeld) as held:
        found(read(data))
    assert held.value.reason == reason


def test_an_archive_that_lies_about_a_size_is_held(read: Read) -> None:
    size = 3_000_000
    data = xlsx(Sheet([HEAD]), parts={"xl/styles.xml": bytes(size)})
    lied = data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lied != data
    with pytest.raises(FileHeld) as held:
        read(lied)
    assert held.value.reason == "unreadable"


def test_a_person_repeated_by_the_spreadsheet_is_not_multiplied_without_end(read: Read) -> None:
    row = f'<table:table-cell office:value-type="string"><text:p>{NIK}</text:p></table:table-cell>'
    content = f'<table:table><table:table-row table:number-rows-repeated="1000000">{row}</table:table-row></table:table>'
    with pytest.raises(FileHeld) as held:
        found(read(ods(content=content)))
    assert held.value.reason == "unreadable"
