"""Reading the address of the list of sources, and what its choices offer."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.citations.queries import list_regions, region_exists
from portal.citations.shapes import SourceFilters
from portal.core.addresses import Arguments, Fault
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.paging import PARAMETER
from portal.core.vocabulary import SOURCE_KINDS

NAMES = ("q", "jenis", "wilayah", PARAMETER)
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the address asks for; with `faults` it cannot be answered, but keeps what was understood."""

    filters: SourceFilters
    page: int
    faults: tuple[Fault, ...]


def read_filters(arguments: MultiDict[str, str]) -> Reading:
    """The state that an address asks for."""
    read = Arguments(arguments, NAMES)
    filters = SourceFilters(
        words=read.words(),
        kind=read.one_of("jenis", SOURCE_KINDS, _("The kind of source (jenis) is not one we know.")),
        region=read.slug("wilayah", region_exists, _("The region (wilayah) is not one we know.")),
    )
    page = read.page()
    return Reading(filters, page, read.faults)


def kind_options() -> tuple[Option, ...]:
    """Kinds of source as (value, words)."""
    return (("", _("All kinds")), *((code, label("source_kind", code)) for code in SOURCE_KINDS))


def region_options() -> tuple[Option, ...]:
    """Regions that sources report on as (slug, name)."""
    return (("", _("All regions")), *list_regions())
