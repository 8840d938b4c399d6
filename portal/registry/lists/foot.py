"""Which rows of a table are about a person: not blank ones, page headers, sums, section titles or signatures."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final

from portal.registry.lists.header import Columns, column_kind
from portal.registry.lists.heading import NumberedRow
from portal.registry.names import has_letters
from portal.registry.nik import NIK_LENGTH

LONGEST_FOOT: Final = 200
# Where a sum or a signature begins; a cell may be as long as a book.
LONGEST_START: Final = 200
# A sum below the NIK column has fewer characters than any NIK.
LONGEST_SUM: Final = 11
# A date or a page number in the NIK column has fewer digits than any attempt at a NIK.
FEW_DIGITS: Final = 8
NIP_LENGTH: Final = 18

_SUM: Final = re.compile(
    r"\W*(sub[ -]?)?(jumlah|j u m l a h|total|t o t a l|grand ?total|rekapitulasi)\b", re.IGNORECASE
)
_FOOT: Final = re.compile(
    r"\W*(keterangan|catatan|mengetahui|menyetujui|disetujui|dibuat|diperiksa|disusun|ttd|nip|a\.?n\.?|plt|"
    r"kepala (dinas|desa|kampung|bidang|seksi|badan)|lurah|camat|bupati|sumber)\b",
    re.IGNORECASE,
)
_NIP: Final = re.compile(r"\W*n\.?\s*i\.?\s*p\b", re.IGNORECASE)
# A row whose cells ran together: another delimiter than that of the file, or quote marks around the whole row.
_RUN_TOGETHER: Final = re.compile(
    r"[,;|\t][\"'\s]*\d{16}[\"'\s]*(?:[,;|\t]|$)|^[\"'\s]*\d{16}[\"'\s]*[,;|\t]"
)
_COLUMN_NUMBER: Final = re.compile(r"\(?\d{1,2}\)?")


def list_person_rows(numbered: Iterator[NumberedRow], columns: Columns) -> Iterator[NumberedRow]:
    """The rows about people.

    A row without a NIK is somebody's, unless a gap or a total came before it and nobody follows.
    """
    waiting: deque[NumberedRow] = deque()
    is_below = False
    at = columns.nik
    for number, cells in numbered:
        written = cells[at] if at < len(cells) else ""
        if (len(written) == NIK_LENGTH and written.isdigit()) or _has_number(written, cells, columns):
            if waiting:
                yield from waiting
                waiting.clear()
            is_below = False
            yield number, cells
        elif _is_gap(written, cells, columns):
            is_below = True
        elif column_kind(written) == "nik" or numbers_columns(cells, columns):
            continue
        elif is_below and len(waiting) < LONGEST_FOOT:
            waiting.append((number, cells))
        else:
            yield number, cells


def numbers_columns(cells: Sequence[str], columns: Columns) -> bool:
    """Whether this is the (1) (2) (3) row official tables have below their header."""
    width = len(cells)
    return all(
        index < width and _COLUMN_NUMBER.fullmatch(cells[index].strip())
        for index in (columns.nik, columns.name)
    )


def _has_number(written: str, cells: Sequence[str], columns: Columns) -> bool:
    """Whether the NIK cell holds an attempt at a number: a bad one is rejected, not passed over."""
    digits = sum(map(str.isdigit, written[:200]))
    if not digits:
        return _has_run_together(cells)
    if digits >= FEW_DIGITS:
        return not (
            _NIP.match(written[:LONGEST_START]) or (digits == NIP_LENGTH and not _has_name(cells, columns))
        )
    if _is_sum(written, cells, columns) or numbers_columns(cells, columns):
        return False
    return _has_name(cells, columns) or (digits > 3 and not has_letters(written))


def _has_run_together(cells: Sequence[str]) -> bool:
    held = [cell for cell in cells if cell and not cell.isspace()]
    return len(held) == 1 and bool(_RUN_TOGETHER.search(held[0]))


def _has_name(cells: Sequence[str], columns: Columns) -> bool:
    return columns.name < len(cells) and has_letters(cells[columns.name])


def _is_gap(written: str, cells: Sequence[str], columns: Columns) -> bool:
    """Whether nobody is in this row: blank, a sum, a signature, a number or a section's title alone."""
    held = [cell for cell in cells if cell and not cell.isspace()]
    if not held or _FOOT.match(held[0][:LONGEST_START]) or _NIP.match(written[:LONGEST_START]):
        return True
    if _is_sum(written, cells, columns):
        return True
    return not _has_name(cells, columns) and (len(held) == 1 or any(map(str.isdigit, written)))


def _is_sum(written: str, cells: Sequence[str], columns: Columns) -> bool:
    if len(written) > LONGEST_SUM and not _SUM.match(written[:LONGEST_START]):
        return False
    first = next((cell for cell in cells if cell and not cell.isspace()), "")[:LONGEST_START]
    name = cells[columns.name][:LONGEST_START] if columns.name < len(cells) else ""
    return bool(_SUM.match(first) or _SUM.match(name))
