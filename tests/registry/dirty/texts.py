"""Dirty CSV files, by kind."""

from __future__ import annotations

from tests.registry.dirty.outcome import CARD, A, B, C, D, Dirty, Outcome, held, text

H = "No,NIK,Nama\n"
NBSP, ZWSP = "\u00a0", "\u200b"


def arabic(nik: str, zero: str) -> str:
    """A NIK in another script's digits."""
    return "".join(chr(ord(zero) + int(digit)) for digit in nik)


ROUNDED = "".join(f"{n},{6403992505850000 + n * 10},Budi\n" for n in range(1, 13))
PARTLY = "".join(f"{n},640399{n:06}{'0010' if n % 2 else '9001'},Budi\n" for n in range(1, 201))

NUMBERS: dict[str, Dirty] = {
    "thousands dots": text(H + "1,6.403.992.505.859.001,Budi\n", (2, A)),
    "thousands that end in 0": text(
        f"No;NIK;Nama\n1;6.403.992.505.859.010;Budi\n2;6 403 992 505 859 020;Ani\n3;{A};Budi\n4;{B};Siti\n5;{C};Ani\n",
        (4, A),
        (5, B),
        (6, C),
        rejected=((2, "nik_not_text"), (3, "nik_not_text")),
    ),
    "groups of four that end in 0": text(H + "1,6403.9925.0585.9010,Budi\n", (2, "6403992505859010")),
    "marks that nobody sees": text(
        H + f"1,\u202a{A}\u202c,Budi\n2,{B[:8]}\u00ad{B[8:]},Siti\n3,\u2068{C}\u2069,Ani\n",
        (2, A),
        (3, B),
        (4, C),
    ),
    "thousands commas, quoted": text(H + '1,"6,403,992,505,859,001",Budi\n', (2, A)),
    "groups of four": text(H + "1,6403 9925 0585 9001,Budi\n2,6403-9925-0585-9002,Siti\n", (2, A), (3, B)),
    "an apostrophe in front": text(H + f"1,'{A},Budi\n2,’{B},Siti\n", (2, A), (3, B)),
    "non-breaking and zero-width spaces": text(
        H + f"1,{NBSP}{A}{NBSP},Budi\n2,{ZWSP}{B},Siti\n", (2, A), (3, B)
    ),
    "a formula as a guard": text(H + f'1,="{A}",Budi\n2,"=""{B}""",Siti\n', (2, A), (3, B)),
    "Arabic digits": text(H + f"1,{arabic(A, '٠')},Budi\n", (2, A)),
    "Persian digits": text(H + f"1,{arabic(A, '۰')},Budi\n", (2, A)),
    "fullwidth digits": text(H + f"1,{arabic(A, '０')},Budi\n", (2, A)),
    "scientific notation": text(
        H + f"1,6.40399E+15,Budi\n2,{A},Siti\n3,{B},Ani\n",
        (3, A),
        (4, B),
        rejected=((2, "nik_not_text"),),
    ),
    "scientific notation with a comma": text(
        f"No;NIK;Nama\n1;6,40399250585900E+15;Budi\n2;{A};Siti\n", (3, A), rejected=((2, "nik_not_text"),)
    ),
    "text that ends in .0": text(
        H + f'1,{A}.0,Budi\n2,"{B},00",Siti\n3,{C},Ani\n',
        (4, C),
        rejected=((2, "nik_not_text"), (3, "nik_not_text")),
    ),
    "a number of 14 digits with two decimals": text(
        H + f'1,64039925058590.01,Budi\n2,"64.039.925.058.590,01",Siti\n3,{C},Ani\n',
        (4, C),
        rejected=((2, "nik_not_text"), (3, "nik_not_text")),
    ),
    "a lost sixteenth digit": text(
        H + f"1,{A[:15]},Budi\n2,{B},Siti\n", (3, B), rejected=((2, "nik_length"),)
    ),
    "seventeen digits": text(H + f"1,{A}7,Budi\n2,{B},Siti\n", (3, B), rejected=((2, "nik_length"),)),
    "letters for digits": text(
        H + f"1,64O3992505859OO1,Budi\n2,640399250585900l,Siti\n3,{C},Ani\n",
        (4, C),
        rejected=((2, "nik_not_digits"), (3, "nik_not_digits")),
    ),
    "two numbers in one cell": text(
        H + f'1,"{A}/{B}",Budi\n2,"{A}\n{C}",Ani\n3,"\n{B}\n",Siti\n',
        (4, B),
        rejected=((2, "nik_length"), (3, "nik_length")),
    ),
    "two numbers in one line": text(
        H + f"1,{A} / {C},Budi\n2,{B},Siti\n", (3, B), rejected=((2, "nik_length"),)
    ),
    "fillers for a NIK": text(
        H
        + f"1,0000000000000000,Budi\n2,1111111111111111,Siti\n3,-,Ani\n4,{D},Tono\n5,6403992505850000,Ida\n",
        (5, D),
        rejected=(
            (2, "nik_sequence_zero"),
            (3, "nik_repeated_digit"),
            (4, "nik_missing"),
            (6, "nik_sequence_zero"),
        ),
    ),
    "words for a NIK": text(
        H + f"1,belum ada,Budi\n2,{B},Siti\n3,#N/A,Ani\n",
        (3, B),
        rejected=((2, "nik_not_digits"), (4, "nik_missing")),
    ),
    "error cells for a name": text(
        H + f"1,{A},#REF!\n2,{B},#N/A\n3,{C},Err:502\n4,{D},Siti\n",
        (5, D),
        rejected=((2, "name_missing"), (3, "name_missing"), (4, "name_missing")),
    ),
    "a column of rounded numbers": held(lambda: (H + ROUNDED).encode(), "damaged_nik_column"),
    "a list half of which was rounded": held(lambda: (H + PARTLY).encode(), "damaged_nik_column"),
    "a birth date with the year in four digits is no NIK": text(
        H + f"1,25-05-1985,Budi\n2,{B},Siti\n", (3, B), rejected=((2, "nik_length"),)
    ),
}

HEADERS: dict[str, Dirty] = {
    "a title block": text(
        f'PEMERINTAH KABUPATEN BERAU,,\n"DAFTAR PENERIMA, 2026",,\n,,\n{H}1,{A},Budi\n', (5, A)
    ),
    "two header rows with a group title": text(
        f"No;DATA PESERTA;;ALAMAT;\n;NIK;NAMA;DESA;KEC\n1;{A};Budi;Merabu;Kelay\n", (3, A)
    ),
    "sub-headings below the NIK and name": text(
        f"No;NIK;Nama;Alamat;\n;;;Desa;Kecamatan\n1;{A};Budi;Merabu;Kelay\n", (3, A)
    ),
    "NIK as a group's title over number and note": text(
        f"No;NIK;;Nama\n;Nomor;Ket;\n1;{A};ok;Budi\n", (3, A)
    ),
    "KTP as a group's title over name and number": text(f"No;KTP;;\n;Nama;Nomor;\n1;Budi;{A};\n", (3, A)),
    "identity as a group's title over family card and NIK": text(
        f"No;Nomor Identitas;;Nama\n;No. KK;NIK;\n1;{CARD};{A};Budi\n", (3, A)
    ),
    "a group about the heirs": text(
        f"No;Peserta;;Ahli Waris;\n;NIK;Nama;NIK;Nama\n1;{A};Budi;{CARD};Siti\n", (3, A)
    ),
    "family card before NIK": text(f"No,No. KK,NIK,Nama\n1,{CARD},{A},Budi\n", (2, A)),
    "a family card in brackets is no NIK": held(
        lambda: f"No Identitas (No. KK),Nama\n{CARD},Budi\n".encode(), "no_header"
    ),
    "family card alone": held(lambda: f"No KK,Nama\n{CARD},Budi\n".encode(), "no_header"),
    "NIK as an employee's number beside the ID card's": text(f"NIK,No KTP,Nama\n12345,{A},Budi\n", (2, A)),
    "an empty NIK column before the filled one": text(
        f"NIK,Nama,NIK\n,Budi,{A}\n,Siti,{B}\n", (2, A), (3, B)
    ),
    "two NIK columns that differ": held(
        lambda: f"NIK,Nama,NIK,Nama\n{A},Budi,{B},Siti\n".encode(), "no_header"
    ),
    "two ID card columns that differ": held(
        lambda: f"No KTP,Nama,NIK Warga\n{A},Budi,{B}\n".encode(), "no_header"
    ),
    "a participant's number and a tax number beside the NIK": text(
        f"KPJ,NPWP,NIK,Nama\n12345678901,{CARD},{A},Budi\n", (2, A)
    ),
    "column numbers below the header": text(f"No,NIK,Nama\n(1),(2),(3)\n1,{A},Budi\n", (3, A)),
    "a header on every page": text(
        f"{H}(1),(2),(3)\n1,{A},Budi\n{H}(1),(2),(3)\n2,{B},Siti\n", (3, A), (6, B)
    ),
    "spaced and dotted names of columns": text(f"NO.;N I K;N A M A\n1;{A};Budi\n", (2, A)),
    "names of columns over two lines": text(
        f'No,"Nomor Induk\nKependudukan\n(NIK)","Nama\nLengkap"\n1,{A},Budi\n', (2, A)
    ),
    "no header at all": held(lambda: f"1,{A},Budi\n2,{B},Siti\n".encode(), "no_header"),
    "a header and nobody": held(lambda: (H + ",,\n").encode(), "no_rows"),
}

ROWS: dict[str, Dirty] = {
    "blank rows between people": text(f"{H}1,{A},Budi\n,,\n\n2,{B},Siti\n", (2, A), (5, B)),
    "titles of sections and sub-totals": text(
        f"{H}DESA MERABU,,\n1,{A},Budi\nSub-total,1,\nDESA TUMBIT,,\n2,{B},Siti\nJ U M L A H,,2\n",
        (3, A),
        (6, B),
    ),
    "a total with its sum in the NIK column": text(f"{H}1,{A},Budi\nJumlah total: ,1.250.000,\n", (2, A)),
    "signatures with 18 digits": text(
        f'{H}1,{A},Budi\n,,\n,"Berau, 5 Januari 2026",\nMengetahui,,\n,Kepala Dinas,\n,"Dr. Tono, M.Si",\n'
        ",NIP. 19700101 199003 1 001,\n,197001011990031001,\n",
        (2, A),
    ),
    "rows numbered ahead for nobody": text(f"{H}1,{A},Budi\n2,,\n3,0,\n4,-,\n", (2, A)),
    "somebody without a number between people": text(
        f"{H}1,{A},Budi\n2,,Tanpa Nomor\n3,{B},Siti\n", (2, A), (4, B), rejected=((3, "nik_missing"),)
    ),
    "somebody without a number after a gap": text(
        f"{H}1,{A},Budi\n,,\n2,,Tanpa Nomor\n3,{B},Siti\n", (2, A), (5, B), rejected=((4, "nik_missing"),)
    ),
    "a name of digits": text(
        f"{H}1,{A},12345\n2,{B},-\n3,{C},Siti\n", (4, C), rejected=((2, "name_missing"), (3, "name_missing"))
    ),
    "trailing delimiters to the end of the sheet": text(
        f"NIK,Nama{',' * 2000}\n{A},Budi{',' * 2000}\n", (2, A)
    ),
    "short rows": text(f"Nama,Alamat,NIK\nBudi\nSiti,x,{B}\n", (3, B), rejected=((2, "nik_missing"),)),
}

DIALECTS: dict[str, Dirty] = {
    "semicolons": text(f"No;NIK;Nama\n1;{A};Budi\n", (2, A)),
    "tabs in UTF-16": text(f"No\tNIK\tNama\n1\t{A}\tBudi\n", (2, A), encoding="utf-16"),
    "UTF-16 without a mark": text(f"No\tNIK\tNama\n1\t{A}\tBudi\n", (2, A), encoding="utf-16-be"),
    "a byte order mark": text(f"NIK;Nama\n{A};Budi\n", (2, A), encoding="utf-8-sig"),
    "Windows-1252": text(f"NIK;Nama\n{A};René\n", (2, A), encoding="cp1252"),
    "two encodings in one file": Dirty(
        lambda: f"NIK;Nama\n{A};René\n".encode() + f"{B};Zoë\n".encode("cp1252"), Outcome(((2, A), (3, B)))
    ),
    "line ends of old Macintoshes": text(f"NIK;Nama\r{A};Budi\r{B};Siti\r", (2, A), (3, B)),
    "three kinds of line ends": text(f"NIK;Nama\r\n{A};Budi\r{B};Siti\n", (2, A), (3, B)),
    "a hint of Excel, which it does not count as a row": text(f"sep=;\nNIK;Nama\n{A};Budi\n", (2, A)),
    "a row with another delimiter": text(
        f"No;NIK;Nama\n1;{A};Budi\n2,{B},Siti\nKK {CARD}, Ani\n3;{C};Ani\n",
        (2, A),
        (5, C),
        rejected=((3, "nik_missing"),),
    ),
    "rows with another delimiter at the end": text(
        f"No;NIK;Nama\n1;{A};Budi\n\n2,{B},Siti\n", (2, A), rejected=((4, "nik_missing"),)
    ),
    "a row in quote marks": text(
        f'No,NIK,Nama\n1,{A},Budi\n"2,""{B}"",Siti"\n3,{C},Ani\n',
        (2, A),
        (4, C),
        rejected=((3, "nik_missing"),),
    ),
    "quote marks within names": text(f'NIK,Nama\n{A},"Siti ""Ani"" Aminah"\n{B},Budi "Bud\n', (2, A), (3, B)),
    "a quote mark that is not closed": held(
        lambda: f'NIK,Nama\n{A},"Budi\n'.encode() + f"{B},Siti\n".encode() * 30, "unreadable"
    ),
    "a line break within a cell": text(
        f'NIK,Nama,Alamat\n{A},Budi,"Jl. A\nRT 2"\n{B},Siti,x\n', (2, A), (3, B)
    ),
    "zero bytes": held(lambda: b"NIK,Nama\n" + A.encode() + b",Bu\0di\n", "unreadable"),
    "commas in the title of a semicolon file": text(
        f"Dinas, Bidang, Seksi, Tahun, 2026\nNIK;Nama;Desa\n{A};Budi, S.Pd;Merabu\n", (3, A)
    ),
}

TEXTS = NUMBERS | HEADERS | ROWS | DIALECTS
