"""An item's cells as people read them: words for codes, dates in full, amounts with their words, texts as written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from portal.core.formatting import date_long, integer, rupiah, rupiah_words
from portal.core.labels import label
from portal.desk.flow.shapes import Field
from portal.news.figures.queries import find_figures
from portal.news.figures.rendering import to_page
from portal.news.figures.tokens import bound_in
from portal.news.markdown import to_html
from portal.news.pictures import pictures_in
from portal.opendata.tables import BY_NAME, Column
from portal.publishing.shapes import Cells

# The words for the codes of a column, where they aren't called like the column itself.
ENUMS = {
    ("sources", "kind"): "source_kind",
    ("news", "kind"): "news_kind",
    ("offices", "kind"): "office_kind",
    ("programs", "status"): "program_status",
    ("awards", "level"): "award_level",
    ("awards", "result"): "award_result",
    ("regulations", "kind"): "regulation_kind",
}
QUALIFIERS = ("qualifier", "workers_qualifier", "amount_qualifier")
CODES = {"benefits": "benefit", "target_groups": "target_group"}
PLAIN_ENUMS = ("stage", "funding_source", "metric", "read_as")
MARKDOWN = ("body_id", "body_en")

Names = Mapping[tuple[str, str], str]


def list_fields(kind: str, cells: Cells, live: Cells | None, names: Names) -> tuple[Field, ...]:
    """Every filled or changed cell in the order of the table; `names` has titles of what references lead to."""
    return tuple(
        _field(kind, column, cells.get(column.name, ""), live, names)
        for column in BY_NAME[kind].columns
        if cells.get(column.name, "").strip() or (live or {}).get(column.name, "").strip()
    )


def _field(kind: str, column: Column, text: str, live: Cells | None, names: Names) -> Field:
    before = None
    if live is not None and live.get(column.name, "") != text:
        before = _shown(kind, column, live.get(column.name, ""), names)
    return Field(column.name, label("column", column.name), _shown(kind, column, text, names), before)


def _shown(kind: str, column: Column, text: str, names: Names) -> str | Markup:
    if not text.strip():
        return ""
    if column.name in MARKDOWN:
        return to_page(to_html(text, pictures_in(text)), find_figures(bound_in(text)))
    if column.target:
        parts = [part.strip() for part in text.split(";")]
        return "; ".join(names.get((column.target, part), part) for part in parts)
    return _words(kind, column, text)


def _words(kind: str, column: Column, text: str) -> str:
    name = column.name
    enum = ENUMS.get((kind, name)) or (name if name in PLAIN_ENUMS else "")
    if name in QUALIFIERS:
        enum = "qualifier"
    if enum and (not column.choices or text in column.choices):
        return label(enum, text)
    if name in CODES:
        return ", ".join(label(CODES[name], part) for part in text.split(";") if part)
    if column.kind == "date":
        return _date(text)
    if column.kind == "integer" and text.isascii() and text.isdigit() and len(text) < 19:
        return _number(name, int(text))
    return text


def _date(text: str) -> str:
    try:
        return date_long(date.fromisoformat(text))
    except ValueError:
        return text


def _number(name: str, value: int) -> str:
    if not name.endswith("_idr"):
        return integer(value)
    full, words = rupiah(value), rupiah_words(value)
    return full if full == words else f"{full} ({words})"


def references_of(kind: str, *rows: Cells | None) -> set[tuple[str, str]]:
    """What the cells point at, as (kind, id)."""
    return {
        (column.target, part.strip())
        for cells in rows
        if cells is not None
        for column in BY_NAME[kind].columns
        if column.target
        for part in cells.get(column.name, "").split(";")
        if part.strip()
    }
