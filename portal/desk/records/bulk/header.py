"""Which column of a sheet is which: by the names of the data package and by the words people use for them."""

from __future__ import annotations

import re
from functools import cache

from portal.core.i18n import use_language
from portal.core.labels import LABELS, label
from portal.core.vocabulary import LANGUAGES
from portal.desk.records.description import columns, vocabulary

KIND = "statements"
SIGNS = re.compile(r"[^a-z0-9]+")
# Headings that offices use beside the portal's own words.
OTHERS = {
    "commitment_id": ("baris", "baris pendanaan", "line", "commitment"),
    "stage": ("tahap", "tahapan"),
    "workers": ("pekerja", "jumlah pekerja", "jumlah peserta", "peserta", "number of workers"),
    "workers_qualifier": ("sifat angka pekerja", "workers qualifier"),
    "monthly_contribution_idr": ("iuran", "iuran per bulan", "contribution", "monthly contribution"),
    "months": ("bulan", "jumlah bulan"),
    "amount_idr": ("anggaran", "nilai", "jumlah rupiah", "nominal", "amount"),
    "amount_qualifier": ("sifat angka nilai", "amount qualifier"),
    "as_of": ("per tanggal", "tanggal", "as of", "date"),
    "source_ids": ("sumber", "sources", "source"),
    "note": ("catatan", "keterangan", "note"),
}


def find_columns(header: list[str]) -> tuple[dict[int, str], list[str]]:
    """The column of each place in the header, and headings that are none or come twice."""
    found: dict[int, str] = {}
    strange = []
    for place, heading in enumerate(header):
        name = names().get(_plain(heading))
        if heading.strip() and (name is None or name in found.values()):
            strange.append(heading)
        elif name:
            found[place] = name
    return found, strange


@cache
def names() -> dict[str, str]:
    """Every heading that is understood, with the column it names."""
    known = {_plain(other): name for name, others in OTHERS.items() for other in others}
    for name in ("id", *columns(KIND)):
        known[_plain(name)] = name
        for spoken in LANGUAGES:
            with use_language(spoken):
                known[_plain(label("column", name))] = name
    return known


def code_of(column: str, text: str) -> str:
    """The code for a word of a closed vocabulary in either language; other text stays as it is."""
    return _codes(column).get(text.strip().casefold(), text)


@cache
def _codes(column: str) -> dict[str, str]:
    words = vocabulary(KIND, column)
    known = {}
    for code in LABELS.get(words, ()):
        known[code.casefold()] = code
        for spoken in LANGUAGES:
            with use_language(spoken):
                known[label(words, code).casefold()] = code
    return known


def _plain(heading: str) -> str:
    return SIGNS.sub(" ", heading.casefold()).strip()
