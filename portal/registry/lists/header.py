"""Finding the header row and what each column is, under the many names offices give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# A title block above the table is rarely longer.
HEADER_WITHIN: Final = 60

NAMES: Final = {
    "nik": """nik nonik nomornik nikktp noktp nomorktp nomerktp noktpnik nikno nikpeserta nikpekerja niktk niknoktp
        nomorindukkependudukan noindukkependudukan nomorindukpenduduk noidentitas nomoridentitas noktpel ktp
        nationalid idcardnumber""",
    "name": """nama namalengkap namapeserta namatenagakerja namatk namapekerja namapenerima namapenerimamanfaat
        namalengkappeserta namasesuaiktp namalengkapsesuaiktp namaktp namapadaktp namapenerimabantuan namawarga namapetani
        namanelayan namacalonpeserta name fullname""",
    "village": """desa kelurahan kampung desakelurahan kelurahandesa desakel keldesa desakampung kampungdesa
        kampungkelurahan kelurahankampung namadesa namakelurahan namakampung desalurah nagari village""",
    "village_code": "kodedesa kodekelurahan kodekampung kodedesakelurahan kodewilayah kodewilayahdesa villagecode",
    "district": "kecamatan kec namakecamatan distrik district",
    "occupation": "pekerjaan jenispekerjaan profesi jenisusaha bidangusaha bidangpekerjaan kelompok occupation",
}
_KINDS: Final = {name: kind for kind, names in NAMES.items() for name in names.split()}
_ASIDE: Final = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")


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


def find_columns(cells: Sequence[str]) -> Columns | None:
    """The columns of a header row, or None for a row that is not one (no NIK or no name column)."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells[:1000]):
        kind = column_kind(cell)
        if kind:
            found.setdefault(kind, index)
    return Columns(**found) if "nik" in found and "name" in found else None


def count_columns(cells: Sequence[str]) -> int:
    """How many known columns a row names; 0 unless NIK and name are among them."""
    columns = find_columns(cells)
    return 0 if columns is None else sum(1 for cell in cells[:1000] if column_kind(cell))


def column_kind(cell: str) -> str | None:
    """What a column of this heading holds, or None."""
    if len(cell) > 120:
        return None
    return _KINDS.get(_NOT_WORD.sub("", _ASIDE.sub("", cell.lower())))
