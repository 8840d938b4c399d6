"""The report on a list: on the terminal and as a spreadsheet, in words, without a name and without a whole NIK."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask
from python_calamine import CalamineWorkbook

from portal.registry.cli import registry as commands
from portal.registry.reports.contents import Mending
from portal.registry.reports.files import write_csv, write_workbook
from portal.registry.shapes import Finding
from tests.registry.books import Sheet, xlsx
from tests.registry.people import BERAU

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")
NIK, SHORT = "6403992505859001", "640399250585900"
ROWS = [
    ("DAFTAR PENERIMA",),
    ("No", "NIK", "Nama Lengkap", "Xanthippe rahasia"),
    ("1", NIK, "Wolfgang", "=1+1"),
    ("2", SHORT, "Wolfgang"),
    ("3", NIK, "Wolfgang"),
    ("4", "64039925058590O2", "Wolfgang"),
    ("5", "6403992505859003", "Wolfgang"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workbook with two bad rows, one twice and one hidden."""
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx(Sheet(ROWS, hidden_rows=frozenset({7}))))
    return path


def check(app: Flask, file: Path, *more: str, language: str = "en") -> Result:
    runner = app.test_cli_runner(env={"LANG": f"{language}_{language.upper()}.UTF-8"})
    return runner.invoke(commands, ["import", str(file), *COVER, "--check", *more])


def test_the_terminal_says_which_columns_were_read_and_what_is_wrong_where(
    content: Flask, file: Path
) -> None:
    told = check(content, file).stderr
    for words in (
        "Headings in row 2",
        "NIK: column B (NIK)",
        "Name: column C (Nama Lengkap)",
        "4 rows: 2 accepted, 2 rejected",
        "The NIK does not have 16 digits.",
        "row 4 (…5900)",
        "row 6 (…5902)",
        "The NIK was in an earlier row: that row counts.",
        "hidden row",
    ):
        assert words in told


def test_the_terminal_speaks_indonesian_and_no_codes(content: Flask, file: Path) -> None:
    told = check(content, file, language="id").stderr
    assert "NIK tidak terdiri atas 16 angka." in told
    assert "baris 4" in told
    assert not any(code in told for code in ("nik_length", "nik_not_digits", "duplicate_in_file"))


def test_the_spreadsheet_holds_every_row_with_what_to_do(content: Flask, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    assert check(content, file, "--report", str(report)).exit_code == 0
    book = CalamineWorkbook.from_path(report)
    facts, (headings, *rows) = (book.get_sheet_by_index(at).to_python() for at in (0, 1))
    assert ["Rejected", 2] in facts
    assert ["Hidden rows, not read", 1] in facts
    assert (len(headings), [row[0] for row in rows], [row[4] for row in rows]) == (
        5,
        [4, 5, 6],
        ["…5900", "…9001", "…5902"],
    )
    assert all("16 digits" in row[2] or "earlier" in row[2] or "other than digits" in row[2] for row in rows)
    assert all(row[3].endswith(".") for row in rows)


def test_the_csv_says_the_same(content: Flask, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    assert check(content, file, "--report", str(report)).exit_code == 0
    rows = list(csv.reader(io.StringIO(report.read_text(encoding="utf-8-sig"))))
    assert [(row[0], row[4]) for row in rows[1:]] == [("4", "…5900"), ("5", "…9001"), ("6", "…5902")]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_no_report_shows_a_name_or_a_nik(content: Flask, file: Path, tmp_path: Path, suffix: str) -> None:
    report = tmp_path / f"report.{suffix}"
    told = check(content, file, "--report", str(report))
    shown = told.stdout + told.stderr + _text(report)
    assert not any(
        word in shown for word in (NIK, SHORT, NIK[:12], "Wolfgang", "Xanthippe", "64039925058590O2")
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_held_file_is_told_in_the_report_as_well(content: Flask, tmp_path: Path, language: str) -> None:
    path, report = tmp_path / "list.csv", tmp_path / "report.xlsx"
    path.write_text("Alamat,Kota\nx,y\n")
    told = check(content, path, "--report", str(report), language=language)
    facts = CalamineWorkbook.from_path(report).get_sheet_by_index(0).to_python()
    assert (told.exit_code, facts[0][1] in told.stderr, facts[1][0]) == (1, True, "SHA-256")


def test_an_open_quote_mark_is_told_with_its_row(content: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f'NIK,Nama\n{NIK},"Budi\n' + f"{NIK[:-1]}2,Siti\n" * 20)
    told = check(content, path, language="id").stderr
    assert ("baris 2" in told, "tanda kutip" in told, NIK in told) == (True, True, False)


def test_nothing_in_a_report_runs_as_a_formula() -> None:
    found = Mending([("=1+1", "=cmd|' /C calc'!A0")], [Finding(2, "nik_length", "=1+1")], [])
    out = io.BytesIO()
    write_workbook(found, out)
    with ZipFile(out) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    cells = next(csv.reader(io.StringIO(write_csv(found).decode("utf-8-sig").splitlines()[1])))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    ("report", "words"),
    [("report.pdf", "--report"), ("list.xlsx", "overwrite"), ("nowhere/a.xlsx", "no folder")],
    ids=["pdf", "the list itself", "no folder"],
)
def test_a_report_nobody_can_open_or_over_the_list_is_refused(
    content: Flask, file: Path, tmp_path: Path, report: str, words: str
) -> None:
    before = file.read_bytes()
    told = check(content, file, "--report", str(tmp_path / report))
    assert (told.exit_code, words in told.stderr, file.read_bytes() == before) == (2, True, True)


def _text(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
