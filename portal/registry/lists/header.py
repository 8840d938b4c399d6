"""What a column is, under the many names offices give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# A title block above the table is rarely longer.
HEADER_WITHIN: Final = 60
# The most columns of the old .xls; a list of people has a few dozen.
MOST_COLUMNS: Final = 256

# Of two columns of one kind the one whose name stands first is taken.
NAMES: Final = {
    "nik": """nik nonik nomornik niknya nikpeserta nikcalonpeserta nikpekerja nikpekerjarentan niktenagakerja niktk
        nikpenerima nikpenerimamanfaat nikpenerimabantuan nikwarga nikpetani nikpekebun niknelayan nikanggota nikpemilik
        nikpengusaha nikpendaftar niknasional nik16digit niksesuaiktp nikno nomornikktp nikektp nikktp niknoktp
        niknomorktp noktpnik nomorktpnik ktpnik nonikktp noniksesuaiktp nomorindukkependudukan noindukkependudukan
        nomorindukkependudukannik noindukkependudukannik nomorindukpenduduk noindukpenduduk nomorkependudukan
        nomorindukktp nomoridentitaskependudukan noktp nomorktp nomerktp nomorektp noektp noktpel nomorktpel ktpel ektp
        ktp nomorkartutandapenduduk nokartutandapenduduk noidentitas nomoridentitas noidentitaspeserta
        nomoridentitaspeserta identitas nationalid nationalidnumber idcardnumber""",
    "name": """nama namalengkap namapeserta namacalonpeserta namapesertabpjs namatenagakerja namatk namapekerja
        namapekerjarentan namalengkappekerja namalengkappeserta namalengkaptenagakerja namalengkappenerima
        namasesuaiktp namalengkapsesuaiktp namasesuaidenganktp namalengkapsesuaidenganktp namalengkapdanktp namaktp
        namapadaktp namadiktp namalengkappadaktp namapenerima namapenerimamanfaat namacalonpenerima
        namacalonpenerimamanfaat namapenerimabantuan namawarga namapetani namapekebun namapetanipekebun namanelayan
        namaanggota namapemilik namapengusaha namapelakuusaha namapedagang namaorang namapenduduk nmlengkap nmpeserta
        nmlgkp namalgkp nama1 name fullname""",
    "village": """desa kelurahan kampung desakelurahan kelurahandesa desakel keldesa desakampung kampungdesa
        kampungkelurahan kelurahankampung namadesa namakelurahan namakampung desalurah namadesakelurahan
        namakelurahandesa namadesakel alamatdesa alamatkelurahan alamatdesakelurahan kel nagari village""",
    "village_code": "kodedesa kodekelurahan kodekampung kodedesakelurahan kodewilayah kodewilayahdesa villagecode",
    "district": "kecamatan kec namakecamatan namakec alamatkecamatan distrik district subdistrict",
    "occupation": """pekerjaan jenispekerjaan profesi jenisusaha bidangusaha bidangpekerjaan kelompok matapencaharian
        pekerjaanprofesi occupation""",
}
KINDS: Final = tuple(NAMES)
_KINDS: Final = {name: kind for kind, names in NAMES.items() for name in names.split()}
_RANKS: Final = {name: rank for names in NAMES.values() for rank, name in enumerate(names.split())}
_ASIDE: Final = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
# Words in brackets that make a column something else: a family card, an employee's number, somebody's mother.
_OTHER: Final = re.compile(
    r"[(\[][^)\]]*\b(kk|kartu keluarga|karyawan|pegawai|npwp|sim|ibu|ayah|suami|istri|waris)\b"
)
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
LONGEST_HEADING: Final = 120

# A heading is shown where every word of it is one that headings have: a row of people mistaken for a header is not.
HEADING_WORDS: Final = frozenset(
    """no nomor nomer urut nik ktp kk kartu keluarga induk kependudukan penduduk identitas id nama lengkap sesuai pada
    peserta pekerja tenaga kerja tk penerima manfaat bantuan warga petani nelayan calon desa kelurahan kampung kel nagari
    kecamatan kec distrik kabupaten kab kota provinsi kode wilayah pekerjaan jenis profesi usaha bidang kelompok alamat
    rt rw tempat tanggal tgl lahir kelamin gender umur usia agama status kawin perkawinan pendidikan hp telepon telp
    ket keterangan catatan program bulan tahun iuran upah jkk jkm jumlah total kpj bpjs ketenagakerjaan kepesertaan l p
    name fullname district village subdistrict occupation address birth date sex number national code and of the dan
    ibu kandung email surel segmen penghasilan lokasi dusun jalan data domisili npwp ahli waris hubungan mulai akhir
    aktif lama baru rekening bank ayah suami istri anak kepala rentan di dengan yang el e""".split()
)
_WORD: Final = re.compile(r"[a-z]+")
_LONG_NUMBER: Final = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, counted from 0; -1 where the list has none."""

    nik: int
    name: int
    village: int = -1
    village_code: int = -1
    district: int = -1
    occupation: int = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns as an officer confirmed them; the header stands in row `header_row`, 0 for a list without one."""

    header_row: int
    columns: Columns


def count_columns(cells: Sequence[str]) -> int:
    """How many columns of a row have a known name."""
    return sum(1 for cell in cells[:MOST_COLUMNS] if column_kind(cell))


def column_kind(cell: str) -> str | None:
    """What a column of this heading holds, or None."""
    word = _heading_word(cell)
    return _KINDS.get(word) if word else None


def column_rank(cell: str) -> int:
    """How plainly a heading says what it says; 0 is plainest."""
    return _RANKS.get(_heading_word(cell), len(_RANKS))


def is_heading(cell: str) -> bool:
    """Whether every word is one that headings have."""
    words = _WORD.findall(cell.lower())
    return bool(words) and HEADING_WORDS.issuperset(words) and not _LONG_NUMBER.search(cell)


def _heading_word(cell: str) -> str:
    """The heading's letters alone; empty for what is no known heading."""
    plain = cell.lower()
    if len(cell) > LONGEST_HEADING or _OTHER.search(plain):
        return ""
    return _NOT_WORD.sub("", _ASIDE.sub("", plain))
