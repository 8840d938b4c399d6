"""Programmes, regulations and announced measures, as pages, PDF and JSON use them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.evidence.shapes import SourceShape


@dataclass(frozen=True, slots=True)
class ProgramShape:
    """A programme of one government. `benefits` and `target_groups` are codes, empty where not published."""

    id: str
    region_code: str
    region_name: str
    region_slug: str
    province_code: str
    name_id: str
    name_en: str
    started_year: int | None
    status: str
    benefits: tuple[str, ...]
    target_groups: tuple[str, ...]
    summary_id: str | None
    summary_en: str | None
    sources: tuple[SourceShape, ...]

    @property
    def name(self) -> str:
        """Its name in the page's language."""
        return self.name_id if language() == "id" else self.name_en

    @property
    def summary(self) -> str | None:
        """What it is, in the page's language."""
        return self.summary_id if language() == "id" else self.summary_en


@dataclass(frozen=True, slots=True)
class RegulationShape:
    """A legal text as quoted; `region_code` None: national. Number and year are None where not quoted."""

    id: str
    region_code: str | None
    kind: str
    number: str | None
    year: str | None
    title: str
    sources: tuple[SourceShape, ...]

    @property
    def citation(self) -> str:
        """Number and year as a lawyer cites them; says so where the reports quote neither."""
        if self.number and self.year:
            return _("No. %(number)s of %(year)s", number=self.number, year=self.year)
        if self.number:
            return _("No. %(number)s, year not stated", number=self.number)
        if self.year:
            return _("of %(year)s, number not stated", year=self.year)
        return _("number and year not stated")


@dataclass(frozen=True, slots=True)
class MeasureShape:
    """An announced step of a programme; not a result."""

    id: str
    program_id: str
    position: int
    text_id: str
    text_en: str | None
    sources: tuple[SourceShape, ...]

    @property
    def text(self) -> str:
        """The step in the page's language, Indonesian where it has no English."""
        return self.text_en if language() == "en" and self.text_en else self.text_id
