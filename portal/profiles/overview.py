"""The lists of regions and of programmes: counts per region and filters in memory; there are 552 regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
            **_newest(enrolled.get(region.code, {})),
        )
        for region in list_regions()
    )


def _counts(query: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(query)}


def _enrolled() -> dict[str, dict[int | None, tuple[Quantity, ...]]]:
    """Lead figures of the stage for each region and fiscal year."""
    found: dict[str, dict[int | None, tuple[Quantity, ...]]] = defaultdict(lambda: defaultdict(tuple))
    for code, year, workers, qualifier in db.session.execute(_ENROLLED):
        found[code][year] += (Quantity(workers or 0, qualifier),)
    return found


def _newest(years: Mapping[int | None, tuple[Quantity, ...]]) -> dict[str, Any]:
    newest = max((year for year in years if year is not None), default=None)
    return {
        "enrolled": years[newest] if newest is not None else (),
        "enrolled_year": newest,
        "enrolled_undated": years.get(None, ()),
    }


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
    parts = []
    if row.enrolled:
        figures = "; ".join(quantity(figure) for figure in row.enrolled)
        parts.append(_("%(figures)s enrolled (%(year)s)", figures=figures, year=row.enrolled_year))
    if row.enrolled_undated:
        figures = "; ".join(quantity(figure) for figure in row.enrolled_undated)
        parts.append(_("%(figures)s enrolled, year not stated", figures=figures))
    if not parts and row.is_published:
        return _("no number of enrolled workers published")
    return "; ".join(parts) or _("nothing published")


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
