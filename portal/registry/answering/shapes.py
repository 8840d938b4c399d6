"""An answer in the visitor's language; nothing about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.areas.shapes import RegionShape
from portal.evidence.rules.shapes import Benefit
from portal.offices.shapes import OfficeShape


@dataclass(frozen=True, slots=True)
class CoverView:
    """A cover as the answer shows it. Months are named by their first day."""

    program_name: str
    program_path: str
    region_name: str
    region_path: str
    funding_source: str
    spans: tuple[tuple[date, date], ...]
    # `now`: this month is covered; `later`: no month has begun; `past`: none is left; `between`: some are left.
    when: str
    # The last month of the present or the last cover; where none has begun, the first month of the next.
    turn: date
    # Whether this very month is the last one covered.
    ends_now: bool
    synthetic: bool
    # Where to ask in that region, empty where no office is published.
    offices: tuple[OfficeShape, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Sourced facts about claims, by what they are for."""

    accident_steps: tuple[Benefit, ...]
    accident_pays: tuple[Benefit, ...]
    death_steps: tuple[Benefit, ...]
    death_pays: tuple[Benefit, ...]
    both: tuple[Benefit, ...]
    where: tuple[Benefit, ...]
    contribution: tuple[Benefit, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province and its regencies and cities, to choose one's own from."""

    region: RegionShape
    members: tuple[RegionShape, ...]
