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
    """A village ('' unknown) and its people by payer (None: hidden; a payer with nobody there is left out)."""

    code: str
    name: str
    district: str
    people: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class VillageTable:
    """Villages of one month by district and name, people of unknown villages last.

    `payers` are the columns told by village, '' for any payer; `untold` those of the month that are not. `hidden`
    villages have no number; `together` is how many people they have, None where that is not shown.
    """

    month: MonthCount
    payers: tuple[str, ...]
    untold: tuple[str, ...]
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
    found = {payer for by_payer in by_village.values() for payer in by_payer}
    columns = columns_of_month(month)
    told = tuple(payer for payer in columns if payer in found)
    hidden = sum(None in row.people.values() for row in rows)
    return VillageTable(
        month=month,
        payers=told,
        untold=tuple(payer for payer in columns if payer not in found),
        rows=tuple(rows),
        hidden=hidden,
        together=_together(month, columns[0], rows) if columns[0] in found else None,
    )


def columns_of_month(month: MonthCount) -> tuple[str, ...]:
    """Payers that have a number for each village, any payer ('') first where there are several."""
    own = tuple(one.payer for one in month.payers)
    return (ANY_PAYER, *own) if len(own) > 1 else own


def _together(month: MonthCount, payer: str, rows: Sequence[VillageRow]) -> int | None:
    """People of one column in all hidden villages."""
    total = month.of(payer)
    if total is None or total.people is None:
        return None
    return total.people - sum(row.people.get(payer) or 0 for row in rows)


def _row(code: str, by_payer: dict[str, int | None], places: Mapping[str, VillageShape]) -> VillageRow:
    place = places.get(code)
    name, district = (place.name, place.district) if place else (code, "")
    return VillageRow(code, name, district, by_payer)


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
