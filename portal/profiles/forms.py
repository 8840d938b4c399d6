"""Reading the addresses of the lists of regions and programmes, and what their choices offer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from werkzeug.datastructures import MultiDict

from portal.areas.shapes import RegionShape
from portal.core.addresses import Arguments
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.paging import PARAMETER
from portal.core.vocabulary import FUNDING_SOURCES
from portal.profiles.shapes import ProgramFilters, ProgramRow, RegionFilters

Option = tuple[str, str]
F = TypeVar("F", RegionFilters, ProgramFilters)


@dataclass(frozen=True, slots=True)
class Reading(Generic[F]):
    """What the address asks for; with `sentences` it cannot be answered, but keeps what was understood."""

    filters: F
    page: int
    sentences: tuple[str, ...]


def read_region_filters(arguments: MultiDict[str, str], provinces: Collection[str]) -> Reading[RegionFilters]:
    """The state of the list of regions; `provinces` are the slugs there are."""
    read = Arguments(arguments, ("provinsi", "q", PARAMETER))
    filters = RegionFilters(_province(read, provinces), read.words())
    page = read.page()
    return Reading(filters, page, tuple(fault.sentence for fault in read.faults))


def read_program_filters(
    arguments: MultiDict[str, str], provinces: Collection[str], groups: Collection[str]
) -> Reading[ProgramFilters]:
    """The state of the list of programmes."""
    read = Arguments(arguments, ("provinsi", "sumber", "kelompok", "q", PARAMETER))
    filters = ProgramFilters(
        _province(read, provinces),
        read.one_of("sumber", FUNDING_SOURCES, _("The payer (sumber) is not one we know.")),
        read.one_of("kelompok", groups, _("The group of workers (kelompok) is not one we know.")),
        read.words(),
    )
    page = read.page()
    return Reading(filters, page, tuple(fault.sentence for fault in read.faults))


def _province(read: Arguments, provinces: Collection[str]) -> str:
    return read.one_of("provinsi", provinces, _("The province (provinsi) is not one we know."))


def province_options(provinces: Iterable[RegionShape]) -> tuple[Option, ...]:
    """Provinces as (slug, name)."""
    listed = sorted(((region.slug, region.name) for region in provinces), key=lambda option: option[1])
    return (("", _("All provinces")), *listed)


def payer_options(rows: Iterable[ProgramRow]) -> tuple[Option, ...]:
    """Funds that any programme names."""
    used = {payer for row in rows for payer in row.payers}
    return (
        ("", _("All payers")),
        *((code, label("funding_source", code)) for code in FUNDING_SOURCES if code in used),
    )


def group_options(rows: Iterable[ProgramRow]) -> tuple[Option, ...]:
    """Groups of workers that any programme names, by their words."""
    used = {group for row in rows for group in row.program.target_groups}
    listed = sorted(((code, label("target_group", code)) for code in used), key=lambda option: option[1])
    return (("", _("All groups")), *listed)
