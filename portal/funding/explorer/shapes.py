"""What the explorer shows besides funding lines and totals."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.charts import StackedBars
from portal.core.paging import Pages, address
from portal.funding.explorer.filters import NEWEST, Filters
from portal.funding.shapes import CommitmentShape, StageFigure, TotalShape


@dataclass(frozen=True, slots=True)
class Line:
    """A funding line with the figures of the stages that are shown; none where nothing is said of it."""

    commitment: CommitmentShape
    figures: tuple[StageFigure, ...]


@dataclass(frozen=True, slots=True)
class PayerChart:
    """Bars per fiscal year and funding source, of one stage."""

    stage: str
    bars: StackedBars
    lines: int
    lines_without_workers: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: regions (slug, name) and fiscal years that have lines."""

    regions: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    has_lines_without_year: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the explorer."""

    filters: Filters
    pages: Pages
    lines: tuple[Line, ...]
    totals: tuple[TotalShape, ...]
    chart: PayerChart | None

    def sort_address(self, heading: str) -> str:
        """Where pressing a heading of the table leads: the first page in the new order."""
        sort = self.filters.sort_after(heading)
        return address(self.pages.path, self.filters.parameters(), urut="" if sort == NEWEST else sort)
