"""From a posted form to cells: numbers as understood, texts as typed, and nothing the form doesn't have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from portal.core.typed_numbers import PLAIN, Unclear, shown, understand
from portal.desk.records.description import LONG, columns, may_be_fraction, widget
from portal.desk.records.shapes import Typed
from portal.opendata.tables import Column
from portal.publishing.shapes import Cells

LISTS = ("sources", "checks")


class Posted(Protocol):
    """The fields of a form, each perhaps several times."""

    def getlist(self, key: str) -> list[str]:
        """All values of a field, none where it wasn't posted."""


def read_form(kind: str, posted: Posted, before: Mapping[str, str]) -> Typed:
    """What was typed; a field that wasn't posted keeps its cell of `before`, others than the form's are not read."""
    cells: Cells = {}
    typed: Cells = {}
    unclear: dict[str, str] = {}
    counted = {name: _last(posted.getlist(name), before.get(name, "")) for name in ("unit", "metric")}
    for name, column in columns(kind).items():
        values = posted.getlist(name)
        old = before.get(name, "")
        if not values:
            cells[name], typed[name] = old, shown_cell(kind, column, old)
            continue
        typed[name] = _typed(kind, column, values)
        try:
            cells[name] = _cell(kind, column, typed[name], old, counted)
        except Unclear as refusal:
            cells[name], unclear[name] = typed[name], str(refusal)
    return Typed(cells, typed, unclear)


def open_cells(kind: str, cells: Mapping[str, str]) -> Typed:
    """Stored cells as a form shows them, with what is unclear in them still."""
    unclear = {}
    for name, column in columns(kind).items():
        if widget(kind, column) == "number" and (said := unclear_number(column, cells)):
            unclear[name] = said
    shown_cells = {
        name: shown_cell(kind, column, cells.get(name, "")) for name, column in columns(kind).items()
    }
    return Typed({name: cells.get(name, "") for name in columns(kind)}, shown_cells, unclear)


def shown_cell(kind: str, column: Column, cell: str) -> str:
    """A cell as it stands in the form."""
    return shown(cell) if widget(kind, column) == "number" else cell


def unclear_number(column: Column, cells: Mapping[str, str]) -> str:
    """Why what was kept as typed isn't a number; "" where it is one or empty."""
    cell = cells.get(column.name, "")
    if not cell.strip() or PLAIN.fullmatch(cell):
        return ""
    try:
        understand(cell, whole=not may_be_fraction(column, cells))
    except Unclear as refusal:
        return str(refusal)
    return ""


def _typed(kind: str, column: Column, values: list[str]) -> str:
    # PostgreSQL takes no NUL in a text, and no keyboard has one.
    texts = [value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for value in values]
    if widget(kind, column) in LISTS:
        return ";".join(
            dict.fromkeys(one.strip() for text in texts for one in text.split(";") if one.strip())
        )
    return texts[-1]


def _cell(kind: str, column: Column, text: str, old: str, counted: Mapping[str, str]) -> str:
    shape = widget(kind, column)
    if shape == "number":
        if text.strip() == shown(old):
            return old
        return understand(text, whole=not may_be_fraction(column, counted)) if text.strip() else ""
    if shape == "body" or column.name in LONG:
        return text if text.strip() else ""
    return text.strip()


def _last(values: Iterable[str], otherwise: str) -> str:
    return next(iter(reversed(list(values))), otherwise)
