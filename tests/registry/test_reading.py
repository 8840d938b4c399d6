"""Lists as offices write them are read; what is no list is held with its reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.registry.lists import FileHeld
from portal.registry.lists.rows import Reading

Read = Callable[[bytes], Reading]
NIK = "6403992505859001"
OTHER = "6403992505859002"
PLAIN = f"No,NIK,Nama\n1,{NIK},Rusdi\n2,{OTHER},Siti Nurhayati\n"
FOUND = [(2, NIK, "Rusdi"), (3, OTHER, "Siti Nurhayati")]


def found(reading: Reading) -> list[tuple[int, str, str]]:
    return [(person.row, person.nik, person.name) for person in reading.people()]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode("cp1252"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", "|").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("Rusdi", '"Rusdi"').encode(),
        PLAIN.replace("NIK", "No. KTP").replace("Nama", "NAMA LENGKAP (sesuai KTP)").encode(),
        PLAIN.rstrip("\n").encode(),
    ],
    ids="utf-8 bom utf-16 utf-16-le utf-16-be 1252 semicolon tab bar crlf cr quoted titles no-last-newline".split(),
)
def test_every_dialect_gives_the_same_people(read: Read, data: bytes) -> None:
    assert found(read(data)) == FOUND


def test_an_accented_name_in_windows_1252_is_read(read: Read) -> None:
    data = f"NIK;Nama\n{NIK};René Müller\n".encode("cp1252")
    assert found(read(data)) == [(2, NIK, "René Müller")]


def test_excels_own_hint_names_the_delimiter_and_is_no_row_as_in_excel(read: Read) -> None:
    assert found(read(b"sep=;\n" + PLAIN.replace(",", ";").encode())) == [
        (2, NIK, "Rusdi"),
        (3, OTHER, "Siti Nurhayati"),
    ]


def test_a_title_block_column_numbers_blank_rows_and_a_foot_are_left_out(read: Read) -> None:
    data = "\n".join(
        [
            "PEMERINTAH KABUPATEN BERAU,,",
            '"DAFTAR PENERIMA, TAHUN 2026",,',
            ",,",
            "No,NIK,Nama",
            "(1),(2),(3)",
            f"1,{NIK},Rusdi",
            ",,",
            f"2,{OTHER},Siti",
            "JUMLAH,2,",
            ",,",
            ",,Tanjung Redeb 5 Januari",
            ",,Kepala Dinas",
        ]
    )
    reading = read(data.encode())
    assert found(reading) == [(6, NIK, "Rusdi"), (8, OTHER, "Siti")]
    assert (reading.rows, reading.rejected) == (2, [])


def test_a_row_without_nik_between_people_is_rejected_and_not_lost(read: Read) -> None:
    reading = read(f"NIK,Nama\n{NIK},Rusdi\n,\n,Tanpa Nomor\n{OTHER},Siti\n".encode())
    assert [person.row for person in reading.people()] == [2, 5]
    assert [finding[:2] for finding in reading.rejected] == [(4, "nik_missing")]


def test_a_header_repeated_on_every_page_is_no_person(read: Read) -> None:
    reading = read(f"NIK,Nama\n{NIK},Rusdi\nNIK,Nama\n{OTHER},Siti\n".encode())
    assert len(found(reading)) == reading.rows == 2


def test_columns_come_in_any_order(read: Read) -> None:
    (person,) = read(
        f"Kampung,Nama Peserta,Pekerjaan,NIK,Kec.\nMerabu,Rusdi,Nelayan,{NIK},Kelay\n".encode()
    ).people()
    assert person[1:] == (NIK, "Rusdi", "Merabu", "", "Kelay", "Nelayan")


def test_a_cell_with_a_line_break_is_one_row_as_the_office_sees_it(read: Read) -> None:
    data = f'NIK,Nama,Alamat\n{NIK},Rusdi,"Jalan A\nRT 2"\n{OTHER},Siti,x\n'
    assert [person.row for person in read(data.encode()).people()] == [2, 3]


@pytest.mark.parametrize(
    ("cell", "reason", "last4"),
    [
        ("", "nik_missing", ""),
        ("640399250585900", "nik_length", "5900"),
        ("64039925058590O1", "nik_not_digits", "5901"),
        ("tidak ada", "nik_not_digits", ""),
        ("6.40399E+15", "nik_not_text", ""),
        ("6403992505850000", "nik_sequence_zero", "0000"),
        ("7777777777777777", "nik_repeated_digit", "7777"),
    ],
)
def test_a_bad_nik_is_rejected_with_its_reason_and_last_four_digits(
    read: Read, cell: str, reason: str, last4: str
) -> None:
    reading = read(f"NIK,Nama\n{cell},Rusdi\n{NIK},Siti\n".encode())
    assert found(reading) == [(3, NIK, "Siti")]
    assert reading.rejected == [(2, reason, last4)]


@pytest.mark.parametrize("name", ["", "  ", "-", "12345"])
def test_a_row_without_a_name_is_rejected(read: Read, name: str) -> None:
    reading = read(f"NIK,Nama\n{NIK},{name}\n".encode())
    assert found(reading) == []
    assert reading.rejected == [(2, "name_missing", "9001")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_rows"),
        (b"\n\n\n", "no_rows"),
        (b"NIK,Nama\n", "no_rows"),
        (b"NIK,Nama\n,\nJumlah,0\n", "no_rows"),
        (b"Nomor,Alamat\n1,x\n", "no_header"),
        (b"just some words", "no_header"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "unreadable"),
        (b"%PDF-1.7 ...", "unreadable"),
        (b"a,b\x00\x01\x02c,d\n" * 50, "unreadable"),
        (b"PK\x03\x04" + bytes(100), "unreadable"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "unreadable"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"NIK,Nama\n" + b'6403992505859001,"Rusdi\n' + b"6403992505859002,Siti\n" * 30, "unreadable"),
        (b'NIK,Nama\n6403992505859001,"' + b"x" * 200_000, "unreadable"),
        ("NIK,Nama\nx,y".encode("utf-16")[:-1], "unreadable"),
        (b"NIK,Nama\n" + b"6403992505859000,Rusdi\n" * 30, "damaged_nik_column"),
        (b"NIK,Nama\n" + b"6.40399E+15,Rusdi\n" * 30, "damaged_nik_column"),
    ],
)
def test_what_is_no_list_is_held_with_its_reason(read: Read, data: bytes, reason: str) -> None:
    with pytest.raises(FileHeld) as held:
        list(read(data).people())
    assert held.value.reason == reason


def test_a_thousand_columns_are_refused_and_empty_ones_do_no_harm(read: Read) -> None:
    wide, empty = ",".join(f"k{number}" for number in range(1000)), "," * 5000
    with pytest.raises(FileHeld, match="too_large"):
        found(read(f"NIK,Nama,{wide}\n{NIK},Rusdi\n".encode()))
    assert found(read(f"NIK,Nama,{empty}\n{NIK},Rusdi{empty}\n".encode())) == [(2, NIK, "Rusdi")]


def test_a_list_marked_synthetic_is_known_as_such(read: Read) -> None:
    reading = read(f"DATA SINTETIS – bukan orang\n\nNIK,Nama\n{NIK},Rusdi\n".encode())
    assert (len(found(reading)), reading.synthetic) == (1, True)
