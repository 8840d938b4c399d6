"""Files that mean harm or are no list at all, by kind: how each is made and why it is held."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.registry.books import MAIN, Sheet, ods, xlsx
from tests.registry.dirty.outcome import A

HEAD = ("No", "NIK", "Nama")
MANY = 1_000_000
MEBI = 1024 * 1024
PASSWORD = 0x002F
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'


def sheet_of(rows: str) -> bytes:
    """A sheet's XML."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def shared(declared: str, text: str) -> bytes:
    """The XML of shared texts."""
    return f'<?xml version="1.0"?>{declared}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'.encode()


def with_parts(**parts: bytes) -> bytes:
    """An .xlsx whose members are replaced; names are given without their folders."""
    places = {"sheet": SHEET, "texts": TEXTS, "macros": "xl/vbaProject.bin", "more": "xl/media/more.bin"}
    return xlsx(Sheet([HEAD, ("1", A, "Budi")]), parts={places[name]: data for name, data in parts.items()})


def multiplied_texts() -> bytes:
    """One long text that two hundred thousand cells name: six gigabytes of copies."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_001))
    return with_parts(sheet=sheet_of(rows), texts=shared("", "x" * 30_000))


def locked_xls() -> bytes:
    """An .xls with a password's record behind its first."""
    book = xlwt.Workbook()
    book.add_sheet("Daftar").write(0, 0, "NIK")
    data = book.get_biff_data()
    cut = 4 + struct.unpack_from("<H", data, 2)[0]
    out = io.BytesIO()
    XlsDoc().save(out, data[:cut] + struct.pack("<HH", PASSWORD, 6) + bytes(6) + data[cut:])
    return out.getvalue()


def multiplied_xls() -> bytes:
    """One long text that fifty thousand cells of an .xls name."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Daftar")
    for row in range(50_000):
        sheet.write(row, 0, "x" * 30_000)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def members(**data: bytes) -> bytes:
    """An archive of anything."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, body in data.items():
            archive.writestr(name.replace("_", "/"), body)
    return out.getvalue()


def with_member(data: bytes, name: str, body: bytes) -> bytes:
    """An archive and one member more, or another in its place."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info), compress_type=info.compress_type)
        new.writestr(name, body)
    return out.getvalue()


def wide(columns: int) -> tuple[str, ...]:
    """A header with so many columns more."""
    return (*HEAD, *(f"k{number}" for number in range(columns)))


def wide_xlsx() -> bytes:
    """An .xlsx of a thousand columns."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, wide(1000))
    return out.getvalue()


ENCRYPTED = b"<manifest><encryption-data/></manifest>"
ODS_TEXT = "<table:table><table:table-row><table:table-cell><text:p>&l9;</text:p></table:table-cell></table:table-row></table:table>"
ODS_EMPTY = f'<table:table><table:table-row table:number-rows-repeated="{MANY}"><table:table-cell/></table:table-row></table:table>'
ODS_REPEATED = ODS_EMPTY.replace(str(MANY), "100000000").replace(
    "cell/>", "cell><text:p>x</text:p></table:table-cell>"
)
LIST = xlsx(Sheet([HEAD, ("1", A, "Budi")]))
EMPTY_ROWS = "".join(f'<row r="{n}"/>' for n in range(1, MANY))
CORNER = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
FAR_ROW = '<row r="1"><c r="A1"><v>1</v></c><c r=\'XFD900000\'><v>1</v></c></row>'

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (lambda: with_parts(more=bytes(64 * MEBI)), "too_large"),
    "a zip bomb for a sheet": (lambda: with_parts(sheet=b" " * (64 * MEBI)), "too_large"),
    "a zip bomb in an .ods": (lambda: ods(content=" " * (64 * MEBI)), "too_large"),
    "texts multiplied by cells": (multiplied_texts, "too_large"),
    "texts multiplied by the cells of an .xls": (multiplied_xls, "too_large"),
    "a cell at the far corner": (lambda: with_parts(sheet=sheet_of(CORNER)), "too_large"),
    "a far corner in other quotes": (lambda: with_parts(sheet=sheet_of(FAR_ROW)), "too_large"),
    "an XML bomb": (lambda: with_parts(texts=shared(BOMB, "&l9;")), "unreadable"),
    "an XML bomb in a sheet": (lambda: with_parts(sheet=BOMB.encode() + sheet_of("&l9;")), "unreadable"),
    "an entity from outside": (lambda: with_parts(texts=shared(OUTSIDE, "&l9;")), "unreadable"),
    "an XML bomb in an .ods": (
        lambda: with_member(ods(), "content.xml", f"{BOMB}<x>&l9;</x>".encode()),
        "unreadable",
    ),
    "an undeclared entity in an .ods": (lambda: ods(content=ODS_TEXT), "unreadable"),
    "a thousand columns": (lambda: f"{','.join(wide(1000))}\n1,{A},Budi\n".encode(), "too_large"),
    "a thousand columns in an .ods": (lambda: ods(Sheet([wide(1000), ("1", A, "Budi")])), "too_large"),
    "a thousand columns in an .xlsx": (wide_xlsx, "too_large"),
    "a line of a million columns": (lambda: b"NIK,Nama\n" + b"x," * MANY, "too_large"),
    "a million empty rows": (lambda: with_parts(sheet=sheet_of(EMPTY_ROWS)), "no_rows"),
    "a million empty lines": (lambda: b"NIK,Nama\n" + b",,,,\n" * MANY, "no_rows"),
    "a million empty rows in an .ods": (lambda: ods(content=ODS_EMPTY), "no_rows"),
    "a picture named .csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "unreadable"),
    "a PDF": (lambda: b"%PDF-1.7\n" + bytes(500), "unreadable"),
    "a web page named .xls": (lambda: b"<html><table><tr><td>NIK</td></tr></table></html>", "unsupported"),
    "a letter": (lambda: members(word_document=b"<w/>"), "unsupported"),
    "a workbook with macros": (lambda: with_parts(macros=b"\xd0\xcf\x11\xe0"), "unsupported"),
    "an .ods with macros": (
        lambda: with_member(ods(Sheet([HEAD, ("1", A, "Budi")])), "Basic/Standard/Module1.xml", b"<x/>"),
        "unsupported",
    ),
    "a workbook with a password": (
        lambda: b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "an .xls with a password": (locked_xls, "encrypted"),
    "an .ods with a password": (
        lambda: with_member(ods(), "META-INF/manifest.xml", ENCRYPTED),
        "encrypted",
    ),
    "an empty file": (lambda: b"", "no_rows"),
    "half an archive": (lambda: LIST[: len(LIST) // 2], "unreadable"),
    "half an .xls": (lambda: locked_xls()[:1000], "unreadable"),
    "an .xls of noise": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40, "unreadable"),
    "a quoted cell of 100 MB": (lambda: b'NIK,Nama\n1,"' + b"x" * (100 * MEBI), "unreadable"),
    "a flood of quote marks": (lambda: b"NIK;Nama\n" + (b'"' * 999 + b"\n") * 4_000, "no_rows"),
    "a row repeated a hundred million times": (lambda: ods(content=ODS_REPEATED), "unreadable"),
    "a line of 100 MB": (lambda: b"NIK,Nama\n1," + b"x" * (100 * MEBI), "unreadable"),
}
