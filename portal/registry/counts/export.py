"""The published numbers as a table for spreadsheets and programs: a row for each village, payer and month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter

from portal.areas.queries import list_villages
from portal.areas.shapes import VillageShape
from portal.core.tabular import csv_bytes
from portal.registry.counts.queries import list_cells, list_counts
from portal.registry.counts.shapes import Cell, ProgramCounts, iso_month
from portal.registry.counts.unions import ANY_PAYER
from portal.registry.counts.villages import stretches

HEADER = (
    "level",
    "program_id",
    "village_code",
    "village",
    "district",
    "payer",
    "month",
    "people",
    "suppressed",
)
# The code of any payer in the table, each person once.
ANY = "any"
Row = tuple[str | int | None, ...]


def counts_csv(programs: Sequence[str]) -> bytes:
    """The numbers of these programmes, in their order; totals of each month first, then villages by code."""
    counts = list_counts(programs) if programs else {}
    cells = {
        program: list(group)
        for program, group in groupby(list_cells(list(counts)), key=attrgetter("program"))
    }
    codes = {cell.village_code for group in cells.values() for cell in group}
    places = list_villages(sorted(code for code in codes if code))
    rows = (
        row
        for program in programs
        if program in counts
        for row in chain(_totals(counts[program]), _villages(counts[program], cells.get(program, ()), places))
    )
    return csv_bytes(HEADER, rows)


def _totals(counts: ProgramCounts) -> Iterator[Row]:
    for month in counts.months():
        found = counts.month(month)
        for one in (found.whole, *found.payers) if found else ():
            yield _row("program", counts.program, ("", "", ""), one.payer, month, one.people)


def _villages(
    counts: ProgramCounts, cells: Sequence[Cell], places: Mapping[str, VillageShape]
) -> Iterator[Row]:
    for months, by_village in stretches(cells):
        for month in months:
            found = counts.month(month)
            lone = found is not None and len(found.payers) == 1
            for code, by_payer in sorted(by_village.items()):
                place = places.get(code)
                village = (code, place.name if place else "", place.district if place else "")
                # A lone payer's people are everybody's.
                every = {ANY_PAYER: next(iter(by_payer.values())), **by_payer} if lone else by_payer
                for payer in sorted(every):
                    yield _row("village", counts.program, village, payer, month, every[payer])


def _row(
    level: str, program: str, village: tuple[str, str, str], payer: str, month: int, people: int | None
) -> Row:
    suppressed = "yes" if people is None else "no"
    return (level, program, *village, payer or ANY, iso_month(month), people, suppressed)
