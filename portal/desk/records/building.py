"""The form of a record as its template is given it: each field with what stands in it and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from portal.accounts.shapes import Actor
from portal.core.formatting import decimal, integer, rupiah
from portal.core.i18n import gettext as _
from portal.core.labels import LABELS, label
from portal.core.spelling import LARGEST, spell
from portal.core.typed_numbers import PLAIN
from portal.desk.records.description import Field, columns, in_rupiah, sections, vocabulary, widget
from portal.desk.records.queries import list_choices, list_regions_of
from portal.desk.records.shapes import Choice, FieldView, SectionView, Typed
from portal.opendata.tables import Column
from portal.publishing.records import Problem

ENGLISH = "_en"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of the fields: errors of a refused form, hints, and the words typed in search boxes."""

    errors: Mapping[str, str]
    hints: Sequence[Problem] = ()
    finding: Mapping[str, str] = field(default_factory=dict)


def build_sections(actor: Actor, kind: str, typed: Typed, said: Said) -> tuple[SectionView, ...]:
    """The sections of a kind's form with their fields."""
    known = columns(kind)
    return tuple(
        SectionView(
            str(section.title), tuple(_row(actor, kind, known, row, typed, said) for row in section.fields)
        )
        for section in sections(kind)
    )


def fields_of(built: Iterable[SectionView]) -> tuple[FieldView, ...]:
    """Every field of the sections, in order."""
    return tuple(one for section in built for row in section.rows for one in row)


def echo_of(kind: str, column: Column, cells: Mapping[str, str]) -> str:
    """How a number was understood: in full and in words; "" for none and for what wasn't understood."""
    cell = cells.get(column.name, "")
    if widget(kind, column) != "number" or not PLAIN.fullmatch(cell):
        return ""
    if "." in cell or int(cell) > LARGEST:
        return _fraction(cell)
    number = int(cell)
    if in_rupiah(kind, column.name, cells.get("unit", "")):
        return _("%(number)s: %(words)s rupiah", number=rupiah(number), words=spell(number))
    return f"{integer(number)}: {spell(number)}"


def _fraction(cell: str) -> str:
    return decimal(Decimal(cell))


def _row(
    actor: Actor,
    kind: str,
    known: Mapping[str, Column],
    row: Field | tuple[Field, Field],
    typed: Typed,
    said: Said,
) -> tuple[FieldView, ...]:
    if isinstance(row, Field):
        return (_field(actor, kind, known[row.column], row, typed, said),)
    first, second = (_field(actor, kind, known[one.column], one, typed, said) for one in row)
    lacks = bool(first.value.strip()) and not second.value.strip()
    return replace(first, spoken="id"), replace(second, spoken="en", is_untranslated=lacks)


def _field(actor: Actor, kind: str, column: Column, described: Field, typed: Typed, said: Said) -> FieldView:
    name = column.name
    finding = said.finding.get(name, "")
    choices, more = _choices(actor, kind, column, typed.cells.get(name, ""), finding)
    return FieldView(
        column=name,
        label=label("column", name),
        widget=widget(kind, column),
        value=typed.typed.get(name, ""),
        hint=str(described.hint) if described.hint else "",
        error=said.errors.get(name) or typed.unclear.get(name, ""),
        advice=tuple(one.sentence for one in said.hints if one.column == name and not one.blocking),
        echo=echo_of(kind, column, typed.cells) if name not in typed.unclear else "",
        choices=choices,
        is_required=column.required,
        finding=finding,
        has_more=more,
    )


def _choices(
    actor: Actor, kind: str, column: Column, chosen: str, finding: str
) -> tuple[tuple[Choice, ...], bool]:
    if column.target == "regions":
        return _chosen(list_regions_of(actor), (chosen,)), False
    if column.kind == "reference":
        found, more = list_choices(actor, column.target, finding, chosen)
        return _chosen(found, (chosen,)), more
    words = vocabulary(kind, column.name)
    if not words or column.kind == "references":
        return (), False
    codes = column.choices or tuple(LABELS[words])
    picked = tuple(one for one in chosen.split(";") if one) if column.kind == "codes" else (chosen,)
    return _chosen((Choice(code, label(words, code)) for code in codes), picked), False


def _chosen(choices: Iterable[Choice], picked: Sequence[str]) -> tuple[Choice, ...]:
    """The choices with the picked ones marked; what is picked but not among them comes last, as it is."""
    marked = [replace(one, chosen=one.value in picked) for one in choices]
    known = {one.value for one in marked}
    return (*marked, *(Choice(one, one, True) for one in picked if one and one not in known))
