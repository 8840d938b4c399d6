"""Cells of the data package as people read them: money, dates, words for codes, records by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from portal.core.formatting import date_long, decimal, integer, rupiah
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.ledger.shapes import FieldChange, Key, RawField, Subject
from portal.opendata.tables import BY_NAME, Column

# The words for the codes of a column; where a kind has its own, by kind and column.
VOCABULARIES = {
    "read_as": "read_as",
    "status": "program_status",
    "benefits": "benefit",
    "target_groups": "target_group",
    "funding_source": "funding_source",
    "stage": "stage",
    "metric": "metric",
    "level": "award_level",
    "result": "award_result",
    "sources.kind": "source_kind",
    "regulations.kind": "regulation_kind",
    "news.kind": "news_kind",
    "offices.kind": "office_kind",
}
# What stays on either side of the place where two texts part.
AROUND = 60
LONGEST = 600

Names = Mapping[Key, Subject]


def column_of(kind: str, name: str) -> Column | None:
    """The column of the package; None for one that a former edition of the portal had."""
    table = BY_NAME.get(kind)
    return next((column for column in table.columns if column.name == name), None) if table else None


def keys_of(kind: str, field: RawField) -> set[Key]:
    """The records that a changed reference led to or leads to."""
    column = column_of(kind, field.column)
    if column is None or not column.target:
        return set()
    cells = (field.old or "", field.new or "")
    return {Key(column.target, one) for cell in cells for one in cell.split(";") if one}


def in_words(kind: str, field: RawField, names: Names) -> FieldChange:
    """The change in the page's language."""
    column = column_of(kind, field.column)
    words = label("column", field.column)
    if column is None or (column.kind == "text" and not column.choices and not _vocabulary(kind, column)):
        old, new = differing(field.old or "", field.new or "")
        return FieldChange(words, old or _("(empty)"), new or _("(empty)"))
    old, new = (_value(kind, column, cell, names) for cell in (field.old, field.new))
    return FieldChange(words, old, new)


def differing(old: str, new: str) -> tuple[str, str]:
    """The part of two texts where they differ, with some words around it; short texts whole."""
    if max(len(old), len(new)) <= 2 * AROUND:
        return old, new
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return _excerpt(old, start, len(old) - end), _excerpt(new, start, len(new) - end)


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _excerpt(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    if first and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    if last - first > LONGEST:
        last = first + LONGEST
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


def _vocabulary(kind: str, column: Column) -> str | None:
    if column.name.endswith("qualifier"):
        return "qualifier"
    return VOCABULARIES.get(f"{kind}.{column.name}") or VOCABULARIES.get(column.name)


def _value(kind: str, column: Column, cell: str | None, names: Names) -> str:
    if not cell:
        return _("Not published")
    vocabulary = _vocabulary(kind, column)
    if vocabulary:
        return ", ".join(label(vocabulary, code) for code in cell.split(";"))
    if column.target:
        found = (names.get(Key(column.target, one)) for one in cell.split(";"))
        return "; ".join(subject.words for subject in found if subject)
    try:
        return rupiah(int(cell)) if column.name.endswith("_idr") else WRITERS.get(column.kind, str)(cell)
    except (ArithmeticError, ValueError):
        return cell


WRITERS: dict[str, Callable[[str], str]] = {
    "integer": lambda cell: integer(int(cell)),
    "number": lambda cell: decimal(Decimal(cell)),
    "date": lambda cell: date_long(date.fromisoformat(cell)),
}
