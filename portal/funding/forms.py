"""The explorer's form: reading its address, and what its choices offer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.core.addresses import Arguments, Fault
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext
from portal.core.labels import label
from portal.core.paging import PARAMETER
from portal.core.vocabulary import FUNDING_SOURCES, STAGES
from portal.funding.explorer.filters import ALL_SORTS, NEWEST, WHOLE_PROVINCE, YEAR_NOT_STATED, Filters
from portal.funding.explorer.queries import region_exists
from portal.funding.explorer.shapes import Choices

NAMES = ("wilayah", "cakupan", "tahun", "sumber", "tahap", "q", "urut", PARAMETER)
_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)
SORT_WORDS = {
    NEWEST: lazy_gettext("Newest fiscal year first"),
    "terlama": lazy_gettext("Oldest fiscal year first"),
    "wilayah": lazy_gettext("Region, A to Z"),
    "wilayah-turun": lazy_gettext("Region, Z to A"),
    "program": lazy_gettext("Programme, A to Z"),
    "program-turun": lazy_gettext("Programme, Z to A"),
    "sumber": lazy_gettext("Payer"),
    "sumber-turun": lazy_gettext("Payer, in reverse"),
    "pekerja": lazy_gettext("Most workers first"),
    "pekerja-naik": lazy_gettext("Fewest workers first"),
    "jumlah": lazy_gettext("Largest amount first"),
    "jumlah-naik": lazy_gettext("Smallest amount first"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the address asks for; with `faults` it cannot be answered, but keeps what was understood."""

    filters: Filters
    page: int
    faults: tuple[Fault, ...]


Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """What each choice of the form offers, as (value, words)."""

    regions: tuple[Option, ...]
    years: tuple[Option, ...]
    payers: tuple[Option, ...]
    stages: tuple[Option, ...]
    sorts: tuple[Option, ...]


def form_options(choices: Choices) -> Options:
    """The form's options, in the visitor's language."""
    not_stated = ((YEAR_NOT_STATED, _("Year not stated")),) if choices.has_lines_without_year else ()
    return Options(
        regions=(("", _("All regions")), *choices.regions),
        years=(("", _("All years")), *((str(year), str(year)) for year in choices.years), *not_stated),
        payers=(("", _("All payers")), *((code, label("funding_source", code)) for code in FUNDING_SOURCES)),
        stages=(("", _("All stages")), *((code, label("stage", code)) for code in STAGES)),
        sorts=tuple((sort, str(SORT_WORDS[sort])) for sort in ALL_SORTS),
    )


def read_filters(arguments: MultiDict[str, str]) -> Reading:
    """The state that an address asks for."""
    read = Arguments(arguments, NAMES)
    extent = read.one_of("cakupan", (WHOLE_PROVINCE,), _("The extent (cakupan) can only be “provinsi”."))
    filters = Filters(
        region=read.slug("wilayah", region_exists, _("The region (wilayah) is not one we know.")),
        whole_province=bool(extent),
        year=_year(read),
        payer=read.one_of("sumber", FUNDING_SOURCES, _("The funding source (sumber) is not one we know.")),
        stage=read.one_of("tahap", STAGES, _("The stage (tahap) is not one we know.")),
        words=read.words(),
        sort=read.one_of("urut", ALL_SORTS, _("The order (urut) is not one we know.")) or NEWEST,
    )
    page = read.page()
    return Reading(filters, page, read.faults)


def _year(read: Arguments) -> str:
    year = read.text("tahun")
    if year and year != YEAR_NOT_STATED and not _YEAR.fullmatch(year):
        read.refuse(
            "tahun", _("The fiscal year (tahun) must be four digits, such as 2025, or “tidak-disebut”.")
        )
        return ""
    return year
