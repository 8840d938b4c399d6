"""Reading the address of the page of villages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.core.addresses import Arguments
from portal.core.formatting import month_year
from portal.core.i18n import gettext as _
from portal.core.paging import PARAMETER
from portal.registry.counts.shapes import day_of, iso_month

MONTH = "bulan"
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class VillagesForm:
    """Which month (None: the present one) and page are asked for; with `sentences` it cannot be answered."""

    month: int | None
    page: int
    sentences: tuple[str, ...]

    def parameters(self) -> dict[str, str]:
        """The address's parameters."""
        return {} if self.month is None else {MONTH: iso_month(self.month)}


def read_villages_form(arguments: MultiDict[str, str], months: Collection[int]) -> VillagesForm:
    """The address read; `months` are those there are numbers of."""
    read = Arguments(arguments, (MONTH, PARAMETER))
    known = {iso_month(month): month for month in months}
    chosen = read.one_of(MONTH, known, _("There are no numbers of this month (bulan)."))
    page = read.page()
    return VillagesForm(known.get(chosen), page, tuple(fault.sentence for fault in read.faults))


def month_options(months: Collection[int]) -> tuple[tuple[str, str], ...]:
    """The months to choose from, newest first; more would make the page too heavy, and are in the table."""
    newest = sorted(months, reverse=True)[:MOST_MONTHS]
    return tuple((iso_month(month), month_year(day_of(month))) for month in newest)
