"""What the home page and the pages about the portal show."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.charts import TileMap
from portal.core.quantities import Quantity
from portal.evidence.rules.shapes import Benefit
from portal.evidence.shapes import CheckCounts
from portal.funding.shapes import TotalShape
from portal.news.shapes import PostCard


@dataclass(frozen=True, slots=True)
class Finding:
    """A cross-check that differs: its sentence, and the page that shows how it was made."""

    kind: str
    sentence: str
    region: str
    address: str


@dataclass(frozen=True, slots=True)
class ProvinceLink:
    """A province of the map: it has no square of its own."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the home page shows beneath the form."""

    totals: tuple[TotalShape, ...]
    map: TileMap
    provinces: tuple[ProvinceLink, ...]
    posts: tuple[PostCard, ...]
    findings: tuple[Finding, ...]
    counts: CheckCounts

    @property
    def regions_with_figures(self) -> Quantity:
        """How many regencies and cities of the map have a published figure."""
        return Quantity(sum(place.tile.level == 2 for place in self.map.tiles), unit="region")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The facts about the cover that the help page tells, by what they answer."""

    contribution: tuple[Benefit, ...]
    pays_accident: tuple[Benefit, ...]
    pays_death: tuple[Benefit, ...]
    claim_accident: tuple[Benefit, ...]
    claim_death: tuple[Benefit, ...]
    claim_any: tuple[Benefit, ...]
    where: tuple[Benefit, ...]
    terms: dict[str, Benefit]
