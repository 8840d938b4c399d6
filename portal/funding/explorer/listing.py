"""One page of the explorer, put together from its queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from portal.core.charts import Stack, stacked_bars
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.vocabulary import STAGES
from portal.funding.explorer.filters import Filters
from portal.funding.explorer.queries import count_lines, list_lines
from portal.funding.explorer.shapes import Listing, PayerChart
from portal.funding.explorer.totals import NOTHING, PayerSum, list_payer_sums, list_totals

# With sources and up to four stages a line, this many keep the page within 14 kB compressed.
LINES_PER_PAGE = 20


def get_listing(filters: Filters, page: int, path: str) -> Listing:
    """The lines, totals and chart of one state; `path` is the explorer's address. Raises PageBeyondEnd."""
    pages = paginate(page, count_lines(filters), path, filters.parameters(), size=LINES_PER_PAGE)
    sums = list_payer_sums(filters)
    return Listing(
        filters=filters,
        pages=pages,
        lines=list_lines(filters, pages.offset, pages.size),
        totals=list_totals(filters, sums),
        chart=payer_chart(sums, filters.stage or most_published_stage(sums)),
    )


def most_published_stage(sums: Sequence[PayerSum]) -> str:
    """The stage for which most lines publish a number of workers; "" where none does."""
    counts = {stage: sum(part.workers.count for part in sums if part.stage == stage) for stage in STAGES}
    best = max(STAGES, key=lambda stage: counts[stage])
    return best if counts[best] else ""


def payer_chart(sums: Sequence[PayerSum], stage: str) -> PayerChart | None:
    """Workers of one stage per fiscal year and funding source; None where no line publishes a number."""
    parts = [part for part in sums if part.stage == stage]
    if not any(part.workers.count for part in parts):
        return None
    years: dict[int | None, list[PayerSum]] = defaultdict(list)
    for part in parts:
        years[part.year].append(part)
    ordered = sorted(years, key=lambda year: (year is None, year or 0))
    lines = sum(part.lines for part in parts)
    return PayerChart(
        stage=stage,
        bars=stacked_bars(_stack(year, years[year]) for year in ordered),
        lines=lines,
        lines_without_workers=lines - sum(part.workers.count for part in parts),
    )


def _stack(year: int | None, parts: Sequence[PayerSum]) -> Stack:
    total = sum((part.workers for part in parts), NOTHING)
    return Stack(
        label=_("Year not stated") if year is None else str(year),
        parts=tuple((part.payer, part.workers.quantity("person")) for part in parts),
        total=total.quantity("person"),
    )
