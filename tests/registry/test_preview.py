"""The top of a file tells what each column is and never who is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.registry.lists import FileHeld, open_list
from portal.registry.lists.header import Choice, Columns
from portal.registry.lists.masking import column_letter, mask, show_heading
from portal.registry.lists.rows import Reading
from portal.registry.uploads.preview import make_preview
from portal.registry.uploads.shapes import Preview
from tests.registry.books import Sheet, xlsx

NIK = "6403991202859777"
Look = Callable[[bytes | str], Preview]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Preview bytes as a list, with one known village."""

    def preview(data: bytes | str) -> Preview:
        path = tmp_path / "list"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return make_preview(open_list(path).table, {"merabu"})

    return preview


def test_known_headings_are_guessed_and_samples_masked(look: Look) -> None:
    found = look(f"DAFTAR\n\nNo,NIK,Nama Lengkap,Kampung,Pekerjaan\n1,{NIK},Xanthippe Q,Merabu,Petani\n")
    assert (found.header_row, found.sample_rows) == (3, (4,))
    assert [(one.letter, one.heading, one.guess, one.samples) for one in found.columns] == [
        ("A", "No", "", ("1",)),
        ("B", "NIK", "nik", ("••••9777",)),
        ("C", "Nama Lengkap", "name", ("X…",)),
        ("D", "Kampung", "village", ("Merabu",)),
        ("E", "Pekerjaan", "occupation", ("P…",)),
    ]


def test_a_list_without_headings_shows_nobodys_name_as_a_heading(look: Look) -> None:
    found = look(f"Xanthippe,Merabu,\nSiti,Merabu,{NIK}\nBudi,Merabu,{NIK}\n")
    shown = repr(found)
    assert "Xanthippe" not in shown
    assert "Siti" not in shown
    assert [one.guess for one in found.columns] == ["", "", "nik"]


def test_headings_nobody_knows_are_left_to_the_officer(look: Look) -> None:
    found = look(f"Nomor Induk,Calon Peserta BPJS\n{NIK},Xanthippe\n")
    assert (found.header_row, [one.heading for one in found.columns]) == (
        1,
        ["Nomor Induk", "Calon Peserta BPJS"],
    )
    assert [one.guess for one in found.columns] == ["nik", ""]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NIK, "••••9777"),
        ("6403 9912 0285 9777", "••••9777"),
        ("08125551234567", "••••4567"),
        ("12-02-1985", "••••"),
        ("Xanthippe Qwertyuiop", "X…"),
        ("12", "12"),
        ("", ""),
        ("Jl. Xanthippe 12345 RT 6", "••••"),
    ],
)
def test_a_cell_is_masked(text: str, shown: str) -> None:
    assert mask(text, "", ()) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("NAMA LENGKAP (sesuai KTP)", "NAMA LENGKAP (sesuai KTP)"), ("Siti Aminah", "S…"), (NIK, "••••9777")],
)
def test_a_heading_is_shown_only_where_its_words_are_those_of_headings(text: str, shown: str) -> None:
    assert show_heading(text) == shown


def test_letters_are_those_of_the_spreadsheet(look: Look) -> None:
    assert [column_letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    found = look(xlsx(Sheet([(None, None, "NIK", "Nama"), (None, None, NIK, "Budi")])))
    assert [one.letter for one in found.columns] == ["C", "D"]


def test_a_file_without_rows_is_held(look: Look) -> None:
    with pytest.raises(FileHeld, match="no_rows"):
        look("NIK,Nama\n")


def test_confirmed_columns_are_read_whatever_the_headings_say(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Judul\nSatu,Dua\nXanthippe,{NIK}\nBudi,{NIK[:-1]}8\n")
    people = Reading(open_list(path).table, Choice(2, Columns(nik=1, name=0))).people()
    assert [(one.row, one.nik, one.name) for one in people] == [
        (3, NIK, "Xanthippe"),
        (4, NIK[:-1] + "8", "Budi"),
    ]
    first = Reading(open_list(path).table, Choice(0, Columns(nik=1, name=0)))
    assert [one.row for one in first.people()] == [3, 4]
    assert first.rejected[0].row == 1
