"""A change after publication, as the page of the changed record tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.areas.clocks import clock_of
from portal.core.formatting import date_time


@dataclass(frozen=True, slots=True)
class Change:
    """A correction or withdrawal; `made_at` is UTC, `source` and `number` name its entry in the public ledger."""

    made_at: datetime
    reason: str
    source: str
    number: int
    region_code: str | None

    @property
    def entry(self) -> str:
        """The name of its entry: `n12` for one made at the desk, `k40` for one that a data package brought."""
        return f"{self.source}{self.number}"

    @property
    def when(self) -> str:
        """Day and hour by the region's clock, in the page's language."""
        return date_time(clock_of(self.region_code).local(self.made_at))
