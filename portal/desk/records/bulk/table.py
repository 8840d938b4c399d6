"""From rows of a sheet to statements, with everything that is wrong told by row, column and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.typed_numbers import Unclear, understand
from portal.desk.records.building import echo_of
from portal.desk.records.bulk.days import understand_day
from portal.desk.records.bulk.header import KIND, code_of, find_columns
from portal.desk.records.bulk.services import is_id, taken_ids
from portal.desk.records.bulk.sheet import Row, SheetRefused
from portal.desk.records.description import columns, vocabulary, widget
from portal.desk.records.services import problems_of, region_of
from portal.publishing.shapes import Cells


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of the sheet, or a hint; `column` in words, "" for the row as a whole."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as read: its row, its cells, and how each number was understood."""

    row: int
    cells: Cells
    echoes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet: the columns it has, its statements, what keeps them from being kept, and hints."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    hints: tuple[Fault, ...]


def read_sheet(actor: Actor, rows: list[Row], defaults: Mapping[str, str]) -> Sheet:
    """Read the rows below the header; `defaults` fill what a row leaves empty. Raises SheetRefused without a header."""
    (number, header), *body = rows
    places, strange = find_columns(header)
    if not places:
        raise SheetRefused(
            _("The first row must name the columns, as in the template: none of its words is one of them.")
        )
    faults = [
        Fault(number, heading[:60], _("This is no column of statements, or it is there twice."))
        for heading in strange
    ]
    if not body:
        faults.append(Fault(number, "", _("There are no rows below the header.")))
    hints: list[Fault] = []
    lines = []
    for row, cells in body:
        line = _line(row, cells, places, defaults, faults)
        _judge(actor, line, faults, hints)
        lines.append(line)
    faults += [*_doubles(lines), *_wrong_ids(lines)]
    used = tuple(name for name in columns(KIND) if name in places.values() or defaults.get(name))
    return Sheet(used, tuple(lines), tuple(sorted(faults, key=lambda one: one.row)), tuple(hints))


def _line(
    row: int, cells: list[str], places: Mapping[int, str], defaults: Mapping[str, str], faults: list[Fault]
) -> Line:
    found = {name: cells[place] if place < len(cells) else "" for place, name in places.items()}
    if any(cell for place, cell in enumerate(cells) if place not in places):
        faults.append(Fault(row, "", _("A cell stands where the header names no column.")))
    known: Cells = {}
    for name, column in columns(KIND).items():
        text = found.get(name) or defaults.get(name, "")
        try:
            known[name] = _cell(name, widget(KIND, column), text)
        except Unclear as refusal:
            known[name] = ""
            faults.append(Fault(row, label("column", name), str(refusal)))
    if found.get("id"):
        known["id"] = found["id"]
    echoes = tuple((name, said) for name in columns(KIND) if (said := _said(name, known)))
    return Line(row, known, echoes)


def _said(name: str, cells: Cells) -> str:
    """A cell in words: a number as it was understood, a code by its name."""
    words, cell = vocabulary(KIND, name), cells[name]
    if words and cell:
        return label(words, cell)
    return echo_of(KIND, columns(KIND)[name], cells)


def _cell(name: str, shape: str, text: str) -> str:
    if not text.strip():
        return ""
    if shape == "number":
        return understand(text)
    if shape == "date":
        return understand_day(text)
    if shape == "sources":
        return ";".join(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))
    return code_of(name, text) if shape == "select" else text


def _judge(actor: Actor, line: Line, faults: list[Fault], hints: list[Fault]) -> None:
    """Say of a row what the data package says of it, and whether the account writes for its region."""
    blamed = {one.column for one in faults if one.row == line.row}
    for one in problems_of(KIND, line.cells.get("id", ""), line.cells):
        words = label("column", one.column) if one.column else ""
        if words in blamed or (
            one.blocking and blamed and one.column == "workers" and not line.cells["workers"]
        ):
            continue
        (faults if one.blocking else hints).append(Fault(line.row, words, one.sentence))
    region = region_of(KIND, line.cells)
    if region is not None and not actor.may("editor", region):
        faults.append(
            Fault(
                line.row,
                label("column", "commitment_id"),
                _("This line belongs to a region you don't write for."),
            )
        )


def _wrong_ids(lines: list[Line]) -> list[Fault]:
    """Ids that are no ids, that another statement has, or that come twice."""
    taken = taken_ids() if any("id" in line.cells for line in lines) else set()
    faults = []
    for line in lines:
        given = line.cells.get("id", "")
        if given and not is_id(given):
            faults.append(
                Fault(line.row, "id", _("This can't be an id: use letters a–z, digits, hyphens and dots."))
            )
        elif given in taken:
            faults.append(Fault(line.row, "id", _("Another statement has this id: leave the cell empty.")))
        taken |= {given} - {""}
    return faults


def _doubles(lines: list[Line]) -> list[Fault]:
    """Rows that say the same as one above."""
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    faults = []
    for line in lines:
        key = tuple(sorted(line.cells.items()))
        if key in seen:
            faults.append(Fault(line.row, "", _("This row says the same as row %(row)s.", row=seen[key])))
        seen.setdefault(key, line.row)
    return faults
