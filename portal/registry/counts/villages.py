"""One month of a programme village by village, as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.areas.queries import list_villages
from portal.areas.shapes import VillageShape
from portal.registry.counts.queries import list_cells
from portal.registry.counts.shapes import Cell, MonthCount
from portal.registry.counts.unions import ANY_PAYER


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village ('' unknown): people whoever pays (None: hidden), and of each payer who has people there."""

    code: str
    name: str
    district: str
    people: int | None
    payers: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class VillageTable:
    """Villages of one month by district and name, people of unknown villages last.

    `hidden` villages have no number; `together` is how many people they have, None where the total is not shown.
    """

    month: MonthCount
    rows: tuple[VillageRow, ...]
    hidden: int
    together: int | None


def village_table(program: str, month: MonthCount) -> VillageTable:
    """The villages of one month of a programme. Two queries."""
    by_village: dict[str, dict[str, int | None]] = defaultdict(dict)
    for cell in list_cells((program,), month.month):
        by_village[cell.village_code][cell.payer] = cell.people
    places = list_villages([code for code in by_village if code])
    rows = [_row(code, by_payer, places) for code, by_payer in by_village.items()]
    rows.sort(key=lambda row: (not row.code, row.district, row.name, row.code))
    hidden = sum(row.people is None for row in rows)
    shown = sum(row.people or 0 for row in rows)
    return VillageTable(month, tuple(rows), hidden, None if month.people is None else month.people - shown)


def _row(code: str, by_payer: dict[str, int | None], places: Mapping[str, VillageShape]) -> VillageRow:
    place = places.get(code)
    name, district = (place.name, place.district) if place else (code, "")
    people = whoever_pays(by_payer)
    return VillageRow(code, name, district, people, {one: by_payer[one] for one in by_payer if one})


def whoever_pays(by_payer: Mapping[str, int | None]) -> int | None:
    """People of a village and month each once: the number of any payer, else that of the only one."""
    return by_payer[ANY_PAYER] if ANY_PAYER in by_payer else next(iter(by_payer.values()))


def stretches(cells: Sequence[Cell]) -> Iterator[tuple[range, dict[str, dict[str, int | None]]]]:
    """Runs of months in which one programme's cells stay the same, with the numbers by village and payer."""
    cuts = sorted({cell.first_month for cell in cells} | {cell.last_month + 1 for cell in cells})
    for first, following in pairwise(cuts):
        found: dict[str, dict[str, int | None]] = defaultdict(dict)
        for cell in cells:
            if cell.first_month <= first <= cell.last_month:
                found[cell.village_code][cell.payer] = cell.people
        if found:
            yield range(first, following), found
