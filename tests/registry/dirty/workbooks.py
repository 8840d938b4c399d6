"""Dirty workbooks, by kind: made by the writers that offices' programs resemble, or by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import xlsxwriter
import xlwt

from tests.registry.books import Sheet, ods, xlsx
from tests.registry.dirty.outcome import CARD, A, B, C, D, Dirty, Outcome

HEAD = ("No", "NIK", "Nama")


def written(fill: Callable[[Any, Any], None]) -> bytes:
    """An .xlsx as xlsxwriter writes it; `fill` gets the workbook and its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        fill(book, sheet)
    return out.getvalue()


def old(
    *sheets: list[tuple[Any, ...]], hidden_rows: tuple[int, ...] = (), hidden: tuple[int, ...] = ()
) -> bytes:
    """An .xls; rows are hidden on the first sheet."""
    book = xlwt.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.add_sheet(f"Lembar {number}")
        sheet.visibility = int(number in hidden)
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(at, column, cell)
            if number == 0 and at + 1 in hidden_rows:
                sheet.row(at).hidden = True
                sheet.row(at).height_mismatch = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _merged(book: Any, sheet: Any) -> None:
    title = book.add_format({"align": "center"})
    sheet.merge_range(0, 0, 0, 5, "DAFTAR PEKERJA RENTAN", title)
    sheet.merge_range(2, 0, 3, 0, "No", title)
    sheet.merge_range(2, 1, 2, 2, "Identitas", title)
    sheet.write_row(3, 1, ("No. KK", "NIK"))
    sheet.merge_range(2, 3, 3, 3, "Nama Lengkap", title)
    sheet.merge_range(2, 4, 2, 5, "Alamat", title)
    sheet.write_row(3, 4, ("Desa", "Kecamatan"))
    sheet.write_row(4, 0, ("1", CARD, A, "Budi", "Merabu", "Kelay"))
    sheet.write_row(5, 0, ("2", CARD, B, "Siti", "Merabu", "Kelay"))


def _numbers(book: Any, sheet: Any) -> None:
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, number in enumerate((int(A), int(B) - 2, -int(A), 640399250585.9001, 31000), start=1):
        sheet.write_number(at, 1, number, as_date if number == 31000 else None)
        sheet.write_string(at, 2, "Budi")
    sheet.write_number(6, 1, int(C), as_date)
    sheet.write_string(6, 2, "Siti")


def _formulas(book: Any, sheet: Any) -> None:
    sheet.write_formula(1, 1, f'="{A}"', None, A)
    sheet.write_formula(1, 2, '=PROPER("budi")', None, "Budi")
    sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    sheet.write_string(2, 2, "Siti")
    sheet.write_string(3, 1, B)
    sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")
    sheet.write_string(4, 1, f"{C}.0")
    sheet.write_string(4, 2, "Ani")


def _rich(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string(1, 1, A[:6], bold, A[6:])
    sheet.write_rich_string(1, 2, "Bu", bold, "di")
    sheet.write_comment(1, 1, f"dahulu {B}")


def _filtered(book: Any, sheet: Any) -> None:
    for at, nik in enumerate((A, B, C), start=1):
        sheet.write_row(at, 1, (nik, "Budi"))
    sheet.autofilter(0, 0, 3, 2)
    sheet.set_row(2, None, None, {"hidden": True})


def changed(data: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """An .xlsx of one sheet with something else in one of its parts."""
    with ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert before in members[part]
    return xlsx(parts=members | {part: members[part].replace(before, after)})


def _without_height() -> bytes:
    data = xlsx(Sheet([*LIST, ("3", C, "Ani")]))
    return changed(data, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="3" ht="0" customHeight="1"')


def _other_case() -> bytes:
    data = xlsx(Sheet(LIST, hidden_rows=frozenset({2})))
    return changed(data, "xl/_rels/workbook.xml.rels", b"worksheets/sheet", b"Worksheets/SHEET")


def _hidden_sheet(book: Any, sheet: Any) -> None:
    sheet.write_row(1, 1, (A, "Budi"))
    other = book.add_worksheet("Lama")
    other.write_row(0, 0, HEAD)
    other.write_row(1, 1, (B, "Siti"))
    other.very_hidden()


def _since_1904() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Tanggal Lahir", "NIK", "Nama"))
        sheet.write_number(1, 0, 31000, book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(1, 1, (A, "Budi"))
    return out.getvalue()


def _styled_far_out(book: Any, sheet: Any) -> None:
    sheet.write_row(1, 1, (A, "Budi"))
    sheet.write_blank(1, 16_000, None, book.add_format({"bold": True}))


def xls(rows: list[tuple[Any, ...]], *people: tuple[int, str], **rest: Any) -> Dirty:
    """An .xls of one sheet."""
    return Dirty(lambda: old([HEAD, *rows]), Outcome(people, **rest))


def book(fill: Callable[[Any, Any], None], *people: tuple[int, str], **rest: Any) -> Dirty:
    """An .xlsx of one sheet."""
    return Dirty(lambda: written(fill), Outcome(people, **rest))


LIST = [HEAD, ("1", A, "Budi"), ("2", B, "Siti")]
NOTE = (
    '<table:table-cell office:value-type="string"><office:annotation><text:p>640399</text:p></office:annotation>'
    f"<text:p>{A}</text:p></table:table-cell>"
)
ODS_HEAD = "".join(
    f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in ("NIK", "Nama")
)
ODS_NAME = (
    '<table:table-cell table:number-columns-spanned="2"><text:p>Siti<text:s/><text:span>Ani</text:span></text:p>'
    "</table:table-cell><table:covered-table-cell/>"
)
ODS_NOTES = (
    f"<table:table><table:table-row>{ODS_HEAD}</table:table-row>"
    f"<table:table-row>{NOTE}{ODS_NAME}</table:table-row></table:table>"
)


def _ods_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_texts(*texts: str) -> str:
    return _ods_row(*(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts))


ODS_FRACTION = (
    f"<table:table>{_ods_row(ODS_HEAD)}"
    + _ods_row(
        f'<table:table-cell office:value-type="float" office:value="{A}.5"><text:p>{A}</text:p></table:table-cell>',
        "<table:table-cell><text:p>Budi</text:p></table:table-cell>",
    )
    + f"{_ods_texts(B, 'Siti')}</table:table>"
)
ODS_GROUPS = (
    f"<table:table>{_ods_row(ODS_HEAD)}<table:table-row-group>{_ods_texts(A, 'Budi')}</table:table-row-group>"
    f'<table:table-row-group table:display="false"><table:table-row-group>{_ods_texts(B, "Siti")}'
    f"</table:table-row-group>{_ods_texts(C, 'Ani')}</table:table-row-group>{_ods_texts(D, 'Ani')}</table:table>"
)

WORKBOOKS: dict[str, Dirty] = {
    "xlsx: merged headers of two rows and a family card": book(_merged, (5, A), (6, B)),
    "xlsx: number cells, a negative one, a fraction, a date": book(
        _numbers,
        (2, A),
        (7, C),
        rejected=((3, "nik_not_text"), (4, "nik_not_text"), (5, "nik_not_text"), (6, "nik_length")),
    ),
    "xlsx: formulas and error cells": book(
        _formulas, (2, A), rejected=((3, "nik_missing"), (4, "name_missing"), (5, "nik_not_text"))
    ),
    "xlsx: rich text and comments": book(_rich, (2, A)),
    "xlsx: filtered rows": book(_filtered, (2, A), (4, C), hidden=(1, 0)),
    "xlsx: a row without height": Dirty(_without_height, Outcome(((2, A), (4, C)), hidden=(1, 0))),
    "xlsx: hidden rows of a sheet named in other letters": Dirty(
        _other_case, Outcome(((3, B),), hidden=(1, 0))
    ),
    "xlsx: hidden rows of a sheet named with other slashes": Dirty(
        lambda: xlsx(Sheet(LIST, hidden_rows=frozenset({2}))).replace(
            b"xl/worksheets/sheet1.xml", b"xl\\worksheets\\sheet1.xml"
        ),
        Outcome(((3, B),), hidden=(1, 0)),
    ),
    "xlsx: a very hidden sheet": book(_hidden_sheet, (2, A), hidden=(0, 1)),
    "xlsx: dates since 1904": Dirty(_since_1904, Outcome(((2, A),))),
    "xlsx: a format far to the right": book(_styled_far_out, (2, A)),
    "xlsx: cover sheet first, hidden rows": Dirty(
        lambda: xlsx(Sheet([("Sampul",)], name="Sampul"), Sheet(LIST, hidden_rows=frozenset({2}))),
        Outcome(((3, B),), hidden=(1, 0)),
    ),
    "xls: text cells": xls([("1", A, "Budi")], (2, A)),
    "xls: number cells": xls(
        [(1, int(A), "Budi"), (2, int(B) - 2, "Siti")], (2, A), rejected=((3, "nik_not_text"),)
    ),
    "xls: an error cell": Dirty(
        lambda: old([HEAD, ("1", A, "Budi"), ("2", xlwt.Formula("1/0"), "Siti")]),
        Outcome(((2, A),), ((3, "nik_missing"),)),
    ),
    "xls: hidden rows": Dirty(
        lambda: old([*LIST, ("3", C, "Ani")], hidden_rows=(3,)), Outcome(((2, A), (4, C)), hidden=(1, 0))
    ),
    "xls: a hidden sheet before the list": Dirty(
        lambda: old([("Catatan",)], [("Lama",)], LIST, hidden=(1,)), Outcome(((2, A), (3, B)), hidden=(0, 1))
    ),
    "xls: a total and a signature": xls(
        [("1", A, "Budi"), ("Jumlah", "1", ""), ("", "", ""), ("", "", "NIP. 197001011990031001")], (2, A)
    ),
    "ods: number cells": Dirty(
        lambda: ods(Sheet([HEAD, (1, int(A), "Budi"), (2, 6403992505859000, "Siti")])),
        Outcome(((2, A),), ((3, "nik_not_text"),)),
    ),
    "ods: hidden rows and sheets": Dirty(
        lambda: ods(Sheet(LIST, name="Lama", hidden=True), Sheet(LIST, hidden_rows=frozenset({3}))),
        Outcome(((2, A),), hidden=(1, 1)),
    ),
    "ods: a number that no computer keeps": Dirty(
        lambda: ods(content=ODS_FRACTION), Outcome(((3, B),), ((2, "nik_not_text"),))
    ),
    "ods: closed groups of rows": Dirty(
        lambda: ods(content=ODS_GROUPS), Outcome(((2, A), (5, D)), hidden=(2, 0))
    ),
    "ods: comments, merged cells and spaces": Dirty(lambda: ods(content=ODS_NOTES), Outcome(((2, A),))),
}
