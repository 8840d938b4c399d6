"""Many statements from a sheet: read by their headings, all kept or none, every fault told by row and column."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.typed_numbers import Unclear
from portal.desk.records.bulk.days import understand_day
from portal.desk.records.bulk.header import find_columns
from portal.desk.records.bulk.sheet import MOST_ROWS, SheetRefused, read_file, read_text, written
from portal.extensions import db
from portal.publishing.models import Draft, Item
from tests.desk.records.looking import look
from tests.registry.books import Sheet, xlsx
from tests.support.pages import Page
from tests.support.staff import Cast

ADDRESS = "/meja/pernyataan-banyak"
HEADER = "Baris\tTahap\tJumlah pekerja\tIuran\tBulan\tJumlah (rupiah)\tPer tanggal\tSumber"
GOOD = (
    "berau-2025-apbd\tDianggarkan\t15.000\t16.800\t12\tRp 3.024.000.000\t17 Agustus 2025\tfokusborneo-berau-2025",
    "berau-2025-apbd\tdisbursed\t14 ribu\t16800\t12\t2.822.400.000\t2025-12-31\tfokusborneo-berau-2025",
)


def send(cast: Cast, *lines: str, status: int = 200, **fields: Any) -> Page:
    """The page after pasting the lines."""
    data = {"baris": "\n".join(lines), "langkah": "lihat", **fields}
    return look(cast.berau_editor.client.post(ADDRESS, data=data), status=status)


def kept(app: Flask) -> list[dict[str, str]]:
    """The cells of every draft of a statement."""
    with app.app_context():
        query = (
            select(Draft.cells)
            .join(Item, Item.id == Draft.item_id)
            .where(Item.kind == "statements")
            .order_by(Item.id)
        )
        found = [dict(cells) for cells in db.session.execute(query).scalars()]
        db.session.remove()
    return found


def test_the_empty_page_offers_a_template(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    assert "pernyataan" in look(client.get(ADDRESS)).text
    assert look(client.get("/en" + ADDRESS), "/en/meja").status == 200
    template = client.get(f"{ADDRESS}/templat.csv")
    assert template.mimetype == "text/csv"
    found, strange = find_columns(template.get_data(as_text=True).splitlines()[0].split(","))
    assert (len(found), strange) == (11, [])


def test_rows_are_shown_with_their_checks_and_nothing_is_kept(content: Flask, cast: Cast) -> None:
    page = send(cast, HEADER, *GOOD)
    assert "2 pernyataan siap" in page.text
    assert "tiga miliar dua puluh empat juta rupiah" in page.text
    assert "15.000 × Rp16.800 × 12 = Rp3.024.000.000" in page.text
    assert kept(content) == []


def test_all_rows_become_drafts_once(content: Flask, cast: Cast) -> None:
    page = send(cast, HEADER, *GOOD)
    confirm = {field.get("name"): field.get("value") for field in page.all("form")[-2].iter("input")}
    assert confirm["langkah"] == "simpan"
    client = cast.berau_editor.client
    for _again in range(2):
        done = client.post(ADDRESS, data=confirm)
        assert (done.status_code, done.location) == (303, f"{ADDRESS}?dibuat=2")
    drafts = kept(content)
    assert [(one["workers"], one["amount_idr"], one["as_of"], one["stage"]) for one in drafts] == [
        ("15000", "3024000000", "2025-08-17", "budgeted"),
        ("14000", "2822400000", "2025-12-31", "disbursed"),
    ]
    assert len({one["id"] for one in drafts}) == 2


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("berau-2025-apbd\tDianggarkan\t15,000\t\t\t\t\tfokusborneo-berau-2025", "Pekerja", "bisa dibaca"),
        ("berau-2025-apbd\tEntah\t15.000\t\t\t\t\tfokusborneo-berau-2025", "Tahap", "Entah"),
        ("tidak-ada\tDianggarkan\t15.000\t\t\t\t\tfokusborneo-berau-2025", "Pos pendanaan", "tidak-ada"),
        ("berau-2025-apbd\tDianggarkan\t15.000\t\t\t\t\t", "Sumber", "sumber"),
        (
            "berau-2025-apbd\tDianggarkan\t15.000\t\t\t\t03/04/2025\tfokusborneo-berau-2025",
            "Per tanggal",
            "dua hari",
        ),
        ("berau-2025-apbd\tDianggarkan\t\t\t\t\t\tfokusborneo-berau-2025", "Pekerja", "satu angka"),
        (GOOD[1], "–", "baris 3"),
    ],
    ids=["two readings", "no stage", "no such line", "no source", "two days", "no figure", "twice"],
)
def test_one_bad_row_keeps_all_from_being_kept(
    content: Flask, cast: Cast, line: str, column: str, words: str
) -> None:
    page = send(cast, HEADER, *GOOD, line, status=422, langkah="simpan")
    rows = [
        [" ".join("".join(cell.itertext()).split()) for cell in row]
        for row in page.by_id("error-summary").iter("tr")
    ]  # type: ignore[union-attr]
    assert any(row[0] == "4" and row[1] == column and words in row[2] for row in rows), rows
    assert GOOD[0].split("\t")[5] in (page.by_id("baris").text or "")  # type: ignore[union-attr]
    assert kept(content) == []


def test_a_line_of_another_region_is_refused(content: Flask, cast: Cast) -> None:
    with content.app_context():
        query = select(Item.record_id).where(Item.kind == "commitments", Item.region_code == "61.07")
        foreign = db.session.execute(query).scalars().first()
        db.session.remove()
    page = send(cast, HEADER, GOOD[0].replace("berau-2025-apbd", foreign or "?"), status=422)
    assert "daerah" in page.text
    assert kept(content) == []


def test_what_all_rows_share_fills_the_empty_cells(content: Flask, cast: Cast) -> None:
    shared = {"commitment_id": "berau-2025-apbd", "source_ids": "fokusborneo-berau-2025"}
    page = send(cast, "stage;workers;id", "planned;100;", "enrolled;200;", **shared)
    assert "2 pernyataan siap" in page.text


def test_ids_of_the_sheet_take_nothing_over(content: Flask, cast: Cast) -> None:
    shared = {"commitment_id": "berau-2025-apbd", "source_ids": "fokusborneo-berau-2025"}
    page = send(
        cast,
        "id,stage,workers",
        "berau-2025-apbd-1,planned,1",
        "a b,planned,2",
        "x,planned,3",
        "x,planned,4",
        status=422,
        **shared,
    )
    said = [fault for fault in page.text.split("id ") if fault]
    assert len(said) >= 3
    assert kept(content) == []


def test_a_workbook_gives_its_values(content: Flask, cast: Cast) -> None:
    head = ["commitment_id", "stage", "workers", "amount_idr", "source_ids"]
    plain = xlsx(Sheet([[], [], head, ["berau-2025-apbd", "budgeted", 15000, 1, "fokusborneo-berau-2025"]]))
    with ZipFile(io.BytesIO(plain)) as book:
        cells = book.read("xl/worksheets/sheet1.xml")
    computed = b'<c r="D4"><f>15000*16800*12</f><v>3024000000</v></c>'
    cells = cells.replace(b'<c r="D4"><v>1</v></c>', computed)
    assert computed in cells
    file = xlsx(Sheet([[]]), parts={"xl/worksheets/sheet1.xml": cells})
    data = {"berkas": (io.BytesIO(file), "../<script>.xlsx"), "langkah": "lihat"}
    page = look(cast.berau_editor.client.post(ADDRESS, data=data, content_type="multipart/form-data"))
    assert "Rp3.024.000.000" in page.text
    assert [row.findtext("th") for row in page.all("tr")][1] == "4"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 not a workbook", b"\x89PNG\r\n\x1a\n\0\0", b"", b'a,"b\n1', b"\xd0\xcf\x11\xe0\0\0"],
    ids=["broken zip", "picture", "nothing", "open quote", "old workbook"],
)
def test_a_file_that_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_file(data)
    assert len(str(refused.value)) > 20


def test_a_workbook_that_pretends_to_be_huge_is_refused() -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576">'
    far += b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    bomb = xlsx(Sheet([["stage"]]), parts={"xl/media/x.bin": b"\0" * (30 * 1024 * 1024)})
    for data in (xlsx(Sheet([["stage"]]), parts={"xl/worksheets/sheet1.xml": far}), bomb):
        with pytest.raises(SheetRefused, match="terlalu besar"):
            read_file(data)


def test_the_rows_of_a_workbook_count_as_on_its_sheet() -> None:
    head, row = [None, None, "stage", "workers"], [None, None, "planned", 12.5]
    hidden = Sheet([["rahasia"]], name="Rahasia", hidden=True)
    assert read_file(xlsx(hidden, Sheet([[None], [None], head, row]))) == [
        (3, ["", "", "stage", "workers"]),
        (4, ["", "", "planned", "12.5"]),
    ]


def test_too_many_rows_or_bytes_are_refused() -> None:
    assert len(read_text("a\n" * (MOST_ROWS + 1))) == MOST_ROWS + 1
    with pytest.raises(SheetRefused):
        read_text("a\n" * (MOST_ROWS + 2))
    with pytest.raises(SheetRefused):
        read_file(b"a" * (3 * 1024 * 1024))


def test_a_header_that_names_nothing_is_refused(content: Flask, cast: Cast) -> None:
    page = send(cast, "satu\tdua", "1\t2", status=422)
    assert "Baris pertama harus menamai kolom" in page.text
    assert (page.by_id("baris").text or "").strip() == "satu\tdua\n1\t2"  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_encodings_of_spreadsheet_programs(encoding: str) -> None:
    assert read_file("stage;note\nplanned;café".encode(encoding)) == [
        (1, ["stage", "note"]),
        (2, ["planned", "café"]),
    ]


def test_rows_written_again_keep_their_numbers() -> None:
    rows = [(3, ["a", "b"]), (5, ['c "d"', "e\nf"])]
    assert read_text(written(rows)) == rows


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("17/08/2025", "2025-08-17"),
        ("17 Agustus 2025", "2025-08-17"),
        ("5 Aug 2025", "2025-08-05"),
        ("05.05.2025", "2025-05-05"),
        ("entah", "entah"),
    ],
)
def test_days_are_understood(typed: str, day: str) -> None:
    assert understand_day(typed) == day


def test_a_day_that_could_be_two_is_refused() -> None:
    with pytest.raises(Unclear):
        understand_day("03/04/2025")
