"""The forms of all kinds: sections of fields over the columns of the data package. Nothing else knows a kind's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _
from portal.funding.rules import UNITS
from portal.opendata.tables import BY_NAME, Column

LONG = frozenset(
    {"note", "summary_id", "summary_en", "reason_id", "reason_en", "text_id", "text_en", "address"}
)
BODIES = frozenset({"body_id", "body_en"})
# Columns whose values have words of their own, by column or by kind and column.
VOCABULARIES = {
    "read_as": "read_as",
    "status": "program_status",
    "funding_source": "funding_source",
    "stage": "stage",
    "workers_qualifier": "qualifier",
    "amount_qualifier": "qualifier",
    "qualifier": "qualifier",
    "metric": "metric",
    "level": "award_level",
    "result": "award_result",
    "benefits": "benefit",
    "target_groups": "target_group",
    "unit": "unit",
    "sources.kind": "source_kind",
    "regulations.kind": "regulation_kind",
    "news.kind": "news_kind",
    "offices.kind": "office_kind",
}
# Texts for which the portal has words, but which may hold others.
OPEN_CHOICES = frozenset({"regulations.kind", "claims.unit"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column in a form; `hint` says what belongs there."""

    column: str
    hint: LazyString | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together. A pair of Indonesian and English texts stands side by side."""

    title: LazyString
    fields: tuple[Field | tuple[Field, Field], ...]

    def each(self) -> Iterator[Field]:
        """Its fields one by one."""
        for field in self.fields:
            yield from field if isinstance(field, tuple) else (field,)


def _both(name: str, hint: LazyString | None = None) -> tuple[Field, Field]:
    return Field(f"{name}_id", hint), Field(f"{name}_en")


_WHERE = _("Where it was published")
_SOURCES = Section(
    _WHERE,
    (Field("source_ids", _("Every publication that says so; search by publisher or words of the title.")),),
)
_NOTED = Section(
    _WHERE, (*_SOURCES.fields, Field("note", _("What readers should know of this; short and neutral.")))
)
_QUALIFIER = _("The word of the source: “more than 20,000” is not 20,000.")

FORMS: dict[str, tuple[Section, ...]] = {
    "sources": (
        Section(
            _("The publication"),
            (
                Field("publisher", _("The newspaper, office or site, as it calls itself.")),
                Field("title"),
                Field("url", _("Begins with https://; leave it empty for a paper document.")),
                Field("published_on"),
            ),
        ),
        Section(
            _("What kind of text it is"),
            (
                Field(
                    "kind",
                    _(
                        "Paid texts are advertorials, also where the label is small: look for “Adv”, “Advertorial”, “Kerja sama”."
                    ),
                ),
                Field("read_as", _("“In full” only if somebody of the team has read all of it.")),
                Field("note"),
            ),
        ),
    ),
    "regulations": (
        Section(
            _("The legal text, as the sources quote it"),
            (Field("region_code"), Field("kind"), Field("number"), Field("year"), Field("title")),
        ),
        _SOURCES,
    ),
    "programs": (
        Section(
            _("The programme"),
            (Field("region_code"), _both("name"), Field("status"), Field("started_year")),
        ),
        Section(_("Whom it covers"), (Field("benefits"), Field("target_groups"))),
        Section(_("In a few sentences"), (_both("summary", _("What it is and who pays; no promotion.")),)),
        _SOURCES,
    ),
    "commitments": (
        Section(
            _("The money of one year, fund and funder"),
            (
                Field("program_id"),
                Field(
                    "fiscal_year",
                    _("Leave it empty where no source says it. It is not the year of the ceremony."),
                ),
                Field("funding_source"),
                Field("funder_name", _("As the sources write it: the company, the village fund.")),
                Field("note"),
            ),
        ),
    ),
    "statements": (
        Section(
            _("What is said of which line"),
            (
                Field("commitment_id"),
                Field(
                    "stage",
                    _(
                        "Planned, budgeted, paid and enrolled are four different things; take the word of the source."
                    ),
                ),
                Field(
                    "as_of", _("The day the figure stands for; if it isn't said, the day of the publication.")
                ),
            ),
        ),
        Section(
            _("The figures, as the source gives them"),
            (
                Field("workers"),
                Field("workers_qualifier", _QUALIFIER),
                Field(
                    "monthly_contribution_idr",
                    _("Most often Rp16.800: JKK and JKM for one person and month."),
                ),
                Field("months"),
                Field("amount_idr", _("Rupiah, as in 3.024.000.000 or 3,02 miliar.")),
                Field("amount_qualifier", _QUALIFIER),
            ),
        ),
        _NOTED,
    ),
    "lead_choices": (
        Section(
            _("Which statement leads, against the rule"),
            (
                Field("commitment_id"),
                Field("stage"),
                Field(
                    "statement_id",
                    _("One of the statements of this line and stage; the others stay visible under it."),
                ),
                _both(
                    "reason",
                    _("Readers see it beside the figure: say what makes this statement the better one."),
                ),
            ),
        ),
    ),
    "claims": (
        Section(
            _("A total or ratio that a source states"),
            (
                Field("program_id"),
                Field("metric"),
                Field("value"),
                Field("unit"),
                Field("qualifier", _QUALIFIER),
                Field(
                    "as_of", _("The day the figure stands for; if it isn't said, the day of the publication.")
                ),
            ),
        ),
        _NOTED,
    ),
    "measures": (
        Section(
            _("The announced step"),
            (
                Field("program_id"),
                Field("position", _("1 stands first.")),
                _both("text", _("What was announced, by whom. An announcement is not a result.")),
            ),
        ),
        _SOURCES,
    ),
    "awards": (
        Section(
            _("The award"),
            (
                Field("region_code"),
                Field("award", _("Its full name.")),
                Field("year", _("The year that is judged, which may be another than that of the ceremony.")),
                Field("level"),
                Field("category"),
                Field("result", _("A nomination is not a win. Take the word of the source.")),
                Field("recipient"),
            ),
        ),
        Section(_("The ceremony"), (Field("conferred_on"), Field("conferred_by"))),
        _NOTED,
    ),
    "news": (
        Section(
            _("The post"),
            (
                Field("region_code"),
                Field("kind"),
                Field("published_on", _("The date readers see above the post.")),
                Field("program_id", _("If the post is about one programme.")),
                Field("award_id", _("If the post is about one award.")),
            ),
        ),
        Section(_("What it says"), (_both("title"), _both("body"))),
        _SOURCES,
    ),
    "offices": (
        Section(
            _("The office"),
            (Field("region_code"), Field("kind"), _both("name"), Field("address")),
        ),
        Section(
            _("How to reach it"),
            (
                Field("phone"),
                Field("email"),
                Field("website"),
                _both("hours", _("As on the door: Monday to Friday 8–15.")),
            ),
        ),
        _NOTED,
    ),
}


def sections(kind: str) -> tuple[Section, ...]:
    """The sections of a kind's form."""
    return FORMS[kind]


def columns(kind: str) -> dict[str, Column]:
    """The columns the form of a kind writes, by name; the id is none of them."""
    known = {column.name: column for column in BY_NAME[kind].columns}
    return {field.column: known[field.column] for section in FORMS[kind] for field in section.each()}


def widget(kind: str, column: Column) -> str:
    """How a column is typed or chosen; one of the macros in templates/desk/records/fields.html."""
    if column.choices or f"{kind}.{column.name}" in OPEN_CHOICES or column.kind == "reference":
        return "select"
    if column.kind in ("integer", "number"):
        return "number"
    if column.kind in ("year", "date", "url"):
        return column.kind
    if column.kind == "references":
        return "sources"
    if column.kind == "codes":
        return "checks"
    if column.name in BODIES:
        return "body"
    return "long" if column.name in LONG else "line"


def vocabulary(kind: str, column: str) -> str:
    """The words for a column's codes; "" where it has none."""
    return VOCABULARIES.get(f"{kind}.{column}") or VOCABULARIES.get(column, "")


def in_rupiah(kind: str, column: str, unit: str = "") -> bool:
    """Whether a number counts rupiah."""
    return column.endswith("_idr") or (kind == "claims" and column == "value" and unit == "idr")


def may_be_fraction(column: Column, cells: Mapping[str, str]) -> bool:
    """Whether a number may have decimals: a stated percentage."""
    unit = cells.get("unit") or UNITS.get(cells.get("metric", ""), "")
    return column.kind == "number" and unit == "percent"
