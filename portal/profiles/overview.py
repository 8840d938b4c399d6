"""The lists of regions and of programmes: counts per region and filters in memory; there are 552 regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from portal.areas.queries import list_regions, list_tiles
from portal.areas.shapes import RegionShape
from portal.core.charts import Tile
from portal.core.formatting import quantity
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.core.vocabulary import FUNDING_SOURCES
from portal.evidence.models import CrossCheck
from portal.extensions import db
from portal.funding.models import Commitment, LeadFigure
from portal.news.models import Award
from portal.profiles.shapes import ProgramFilters, ProgramRow, RegionFilters, RegionRow
from portal.programs.models import Program
from portal.programs.queries import list_programs

_PROGRAMS = select(Program.region_code, func.count()).group_by(Program.region_code)
_LINES = (
    select(Program.region_code, func.count())
    .join(Commitment, Commitment.program_id == Program.id)
    .group_by(Program.region_code)
)
_AWARDS = select(Award.region_code, func.count()).group_by(Award.region_code)
_DIFFERING = (
    select(CrossCheck.region_code, func.count())
    .where(CrossCheck.verdict == "differs")
    .group_by(CrossCheck.region_code)
)
_ENROLLED = (
    select(Program.region_code, Commitment.fiscal_year, LeadFigure.workers, LeadFigure.workers_qualifier)
    .join(Commitment, Commitment.program_id == Program.id)
    .join(LeadFigure, LeadFigure.commitment_id == Commitment.id)
    .where(LeadFigure.stage == "enrolled", LeadFigure.workers.is_not(None))
    .order_by(Commitment.sequence)
)
_PAYERS = select(Commitment.program_id, Commitment.funding_source)


def list_region_rows() -> tuple[RegionRow, ...]:
    """Every region with what is published of it, each province before its members; six queries."""
    programs, lines, awards, differing = (
        _counts(query) for query in (_PROGRAMS, _LINES, _AWARDS, _DIFFERING)
    )
    enrolled = _enrolled()
    return tuple(
        RegionRow(
            region=region,
            programs=programs.get(region.code, 0),
            lines=lines.get(region.code, 0),
            awards=awards.get(region.code, 0),
            differing=differing.get(region.code, 0),
            enrolled=enrolled.get(region.code, ((), None))[0],
            enrolled_year=enrolled.get(region.code, ((), None))[1],
        )
        for region in list_regions()
    )


def _counts(query: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(query)}


def _enrolled() -> dict[str, tuple[tuple[Quantity, ...], int | None]]:
    """Lead figures of the newest year for each region; a line without a year counts as the oldest."""
    by_year: dict[str, dict[int, list[Quantity]]] = defaultdict(lambda: defaultdict(list))
    for code, year, workers, qualifier in db.session.execute(_ENROLLED):
        by_year[code][year or 0].append(Quantity(workers or 0, qualifier))
    return {code: (tuple(years[max(years)]), max(years) or None) for code, years in by_year.items()}


def choose_regions(rows: Iterable[RegionRow], filters: RegionFilters) -> tuple[RegionRow, ...]:
    """The rows that the filters leave; without filters those with any report."""
    wanted = filters.words.lower().split()
    return tuple(
        row
        for row in rows
        if (row.is_published or not filters.is_empty)
        and filters.province in ("", row.region.province_slug)
        and all(word in f"{row.region.full_name} {row.region.province_name}".lower() for word in wanted)
    )


def map_tiles(rows: Sequence[RegionRow], address: Any) -> tuple[Tile, ...]:
    """The schematic map of Kalimantan; `address` makes a slug into the region's page."""
    by_code = {row.region.code: row for row in rows}
    return tuple(
        Tile(tile.column, tile.row, tile.name, address(tile.slug), row.level, enrolled_words(row))
        for tile in list_tiles()
        if (row := by_code.get(tile.region_code))
    )


def enrolled_words(row: RegionRow) -> str:
    """The enrolled workers of a row as text: every line's figure and the year."""
    if not row.enrolled:
        return _("no number of enrolled workers published") if row.is_published else _("nothing published")
    figures = " + ".join(quantity(figure) for figure in row.enrolled)
    if row.enrolled_year is None:
        return _("%(figures)s enrolled, year not stated", figures=figures)
    return _("%(figures)s enrolled (%(year)s)", figures=figures, year=row.enrolled_year)


def provinces(rows: Iterable[RegionRow]) -> tuple[RegionShape, ...]:
    """The provinces among the rows."""
    return tuple(row.region for row in rows if row.region.is_province)


def list_program_rows() -> tuple[ProgramRow, ...]:
    """Every programme with its lines and payers, in the order of the data package; two queries."""
    funds: dict[str, list[str]] = defaultdict(list)
    for program, fund in db.session.execute(_PAYERS):
        funds[program].append(fund)
    return tuple(
        ProgramRow(
            program,
            len(funds[program.id]),
            tuple(fund for fund in FUNDING_SOURCES if fund in funds[program.id]),
        )
        for program in list_programs()
    )


def choose_programs(
    rows: Iterable[ProgramRow], filters: ProgramFilters, regions: Iterable[RegionShape]
) -> tuple[ProgramRow, ...]:
    """The rows that the filters leave; `regions` tells the province behind a slug."""
    province = next((region.code for region in regions if region.slug == filters.province), "")
    wanted = filters.words.lower().split()
    return tuple(
        row
        for row in rows
        if province in ("", row.program.province_code)
        and (not filters.payer or filters.payer in row.payers)
        and (not filters.group or filters.group in row.program.target_groups)
        and all(word in _text(row) for word in wanted)
    )


def _text(row: ProgramRow) -> str:
    program = row.program
    return f"{program.name} {program.region_name} {program.summary or ''}".lower()
