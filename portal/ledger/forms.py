"""Reading the address of the ledger, and what its choices offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.core.addresses import Arguments
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.paging import PARAMETER
from portal.ledger.queries import list_regions, list_years
from portal.ledger.shapes import LedgerFilters
from portal.opendata.tables import BY_NAME

NAMES = ("wilayah", "jenis", "tahun")
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """What the address asks for, and the choices there are; with `sentences` it cannot be answered."""

    filters: LedgerFilters
    page: int
    sentences: tuple[str, ...]
    regions: tuple[Option, ...]
    kinds: tuple[Option, ...]
    years: tuple[Option, ...]


def read_form(arguments: MultiDict[str, str]) -> LedgerForm:
    """The state that an address asks for."""
    regions, years = list_regions(), list_years()
    read = Arguments(arguments, (*NAMES, PARAMETER))
    filters = LedgerFilters(
        read.one_of("wilayah", _values(regions), _("No change of this region (wilayah) is in the ledger.")),
        read.one_of("jenis", BY_NAME, _("The kind of record (jenis) is not one we know.")),
        read.one_of("tahun", years, _("No change of this year (tahun) is in the ledger.")),
    )
    page = read.page()
    kinds = tuple((kind, label("record_kind", kind)) for kind in BY_NAME)
    return LedgerForm(
        filters,
        page,
        tuple(fault.sentence for fault in read.faults),
        (("", _("All regions")), *regions),
        (("", _("All kinds")), *kinds),
        (("", _("All years")), *((year, year) for year in years)),
    )


def _values(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(value for value, _words in options)
