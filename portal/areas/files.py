"""Reading `data/areas`: codes and names as published, checked before anything is stored."""

from __future__ import annotations

import hashlib
import lzma
import re
from dataclasses import dataclass
from pathlib import Path

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _

FILES = {
    "provinces.csv": ("code", "name"),
    "regencies.csv": ("code", "province_code", "name"),
    "districts.csv.xz": ("code", "regency_code", "name"),
    "villages.csv.xz": ("code", "district_code", "name"),
    "population.csv": ("code", "men", "women", "total"),
    "tiles-kalimantan.csv": ("code", "column", "row"),
}
CODES = {
    "provinces.csv": re.compile(r"\d\d"),
    "regencies.csv": re.compile(r"\d\d\.\d\d"),
    "districts.csv.xz": re.compile(r"\d\d\.\d\d\.\d\d"),
    "villages.csv.xz": re.compile(r"\d\d\.\d\d\.\d\d\.[123]\d\d\d"),
    "population.csv": re.compile(r"\d\d(\.\d\d)?"),
    "tiles-kalimantan.csv": re.compile(r"\d\d\.\d\d"),
}
NUMBERS = ("population.csv", "tiles-kalimantan.csv")

Row = list[str]


class AreaFileDamaged(PortalError):
    """An area file is missing, cut short or not what it should be; nothing was loaded."""


@dataclass(frozen=True)
class AreaFiles:
    """The rows of each file without headers, and the checksum of all files together."""

    sha256: str
    provinces: list[Row]
    regencies: list[Row]
    districts: list[Row]
    villages: list[Row]
    population: list[Row]
    tiles: list[Row]


def checksum(folder: Path) -> str:
    """SHA-256 over all area files as they lie there; raises AreaFileDamaged where one is missing."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(_bytes(folder / name))
    return digest.hexdigest()


def read_area_files(folder: Path) -> AreaFiles:
    """Read and check every file; raises AreaFileDamaged naming the file and the line."""
    tables = [_read(folder / name, columns) for name, columns in FILES.items()]
    _check_parents(folder, tables)
    return AreaFiles(checksum(folder), *tables)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AreaFileDamaged(_("%(file)s cannot be read: bring the file back.", file=path)) from error


def _read(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Read one file. Quotes are letters here (the village Soka"an), so there is no CSV quoting to undo."""
    try:
        data = _bytes(path)
        text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        message = _("%(file)s is damaged: bring the file back from the repository.", file=path)
        raise AreaFileDamaged(message) from error
    lines = text.splitlines()
    if not lines or tuple(lines[0].split(",")) != columns:
        raise AreaFileDamaged(
            _("%(file)s, line 1: the columns must be %(columns)s.", file=path, columns=",".join(columns))
        )
    rows = [line.split(",", len(columns) - 1) for line in lines[1:]]
    _check_rows(path, rows, len(columns))
    return rows


def _check_rows(path: Path, rows: list[Row], width: int) -> None:
    code = CODES[path.name]
    seen: set[str] = set()
    for line, row in enumerate(rows, 2):
        fits = len(row) == width and code.fullmatch(row[0]) and row[0] not in seen and row[-1]
        if not fits or (path.name in NUMBERS and not _adds_up(row[1:])):
            raise AreaFileDamaged(
                _(
                    "%(file)s, line %(line)s: this is not a row of that file, or its code was there before.",
                    file=path,
                    line=line,
                )
            )
        seen.add(row[0])


def _adds_up(cells: Row) -> bool:
    """Whole numbers; of three, men and women are the total."""
    if not all(re.fullmatch(r"[0-9]{1,9}", cell) for cell in cells):
        return False
    return len(cells) != 3 or int(cells[0]) + int(cells[1]) == int(cells[2])


def _check_parents(folder: Path, tables: list[list[Row]]) -> None:
    """Every area belongs to the one its code begins with."""
    provinces, regencies, districts = ({row[0] for row in rows} for rows in tables[:3])
    parents = (provinces, regencies, districts, provinces | regencies, regencies)
    for name, rows, known in zip(list(FILES)[1:], tables[1:], parents, strict=True):
        own = "_code" not in FILES[name][1]
        for line, row in enumerate(rows, 2):
            parent = row[0] if own else row[1]
            if parent not in known or not row[0].startswith(parent):
                message = _(
                    "%(file)s, line %(line)s: no area has the code %(code)s.",
                    file=folder / name,
                    line=line,
                    code=parent,
                )
                raise AreaFileDamaged(message)
