"""What the registrar typed and chose, and the mistakes in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from portal.core.i18n import gettext as _
from portal.core.vocabulary import FUNDING_SOURCES
from portal.registry.lists.header import KINDS, Choice, Columns
from portal.registry.shapes import Cover

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
# Longer than any programme; a typed year that is wrong by a decade is found.
LONGEST_PERIOD = 36
FILE_FIELD = "berkas"
MOST_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class CoverForm:
    """The first step as sent; `cover` is None while something is wrong."""

    program: str = ""
    funding: str = ""
    first: str = ""
    last: str = ""
    token: str = ""
    cover: Cover | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_cover_form(fields: Mapping[str, str], programs: Collection[str]) -> CoverForm:
    """Read programme, payer and months; `programs` are those the account may choose."""
    program, funding = fields.get("program", ""), fields.get("pembayar", "")
    first, last = fields.get("mulai", "").strip(), fields.get("sampai", "").strip()
    errors: dict[str, str] = {}
    if program not in programs:
        errors["program"] = _("Choose one of the programmes of your region.")
    if funding not in FUNDING_SOURCES:
        errors["pembayar"] = _("Choose who pays.")
    start, end = _month(first), _month(last)
    for name, number in (("mulai", start), ("sampai", end)):
        if number is None:
            errors[name] = _("Write the month as year and month, for instance 2026-01.")
    if start is not None and end is not None and not start <= end < start + LONGEST_PERIOD:
        errors["sampai"] = _("The last month must not be before the first, nor three years after it.")
    cover = Cover(program, funding, start or 0, end or 0) if not errors else None
    return CoverForm(program, funding, first[:20], last[:20], fields.get("formulir", "")[:64], cover, errors)


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """The confirmed columns as sent: kind by column number."""

    header_row: str = ""
    kinds: Mapping[int, str] = field(default_factory=dict)
    choice: Choice | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_column_form(fields: Mapping[str, str]) -> ColumnForm:
    """Read which column is what; NIK and name are needed, and nothing may stand twice."""
    kinds = {
        int(name[6:]): value
        for name, value in fields.items()
        if re.fullmatch(r"kolom-\d{1,3}", name) and value in KINDS
    }
    row = fields.get("baris", "").strip()
    errors: dict[str, str] = {}
    if not re.fullmatch(r"\d{1,3}", row):
        errors["baris"] = _("Give the number of the row with the headings, 0 if there is none.")
    chosen = list(kinds.values())
    first = f"kolom-{min(kinds, default=0)}"
    for kind, sentence in (
        ("nik", _("Say which column holds the NIK.")),
        ("name", _("Say which column holds the name.")),
    ):
        if kind not in chosen:
            errors[first] = sentence
    twice = next((index for index, kind in kinds.items() if chosen.count(kind) > 1), None)
    if twice is not None:
        errors[f"kolom-{twice}"] = _("Two columns are said to hold the same: choose one of them.")
    choice = None
    if not errors:
        columns = Columns(**{kind: index for index, kind in kinds.items() if index < MOST_COLUMNS})
        choice = Choice(int(row), columns)
    return ColumnForm(row[:5], kinds, choice, errors)


def read_seen(text: str) -> frozenset[int]:
    """The lists that a page said would be replaced, as it wrote them down."""
    return frozenset(int(part) for part in text.split(",") if re.fullmatch(r"\d{1,9}", part))


def _month(text: str) -> int | None:
    found = MONTH.fullmatch(text)
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None
