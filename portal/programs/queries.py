"""Reads of programmes, regulations and measures; each with its sources in one query."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select

from portal.areas.models import Region
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.evidence.joins import SOURCE_COLUMNS, fold_sources
from portal.evidence.models import Source
from portal.extensions import read
from portal.programs.models import (
    Measure,
    MeasureSource,
    Program,
    ProgramSource,
    Regulation,
    RegulationSource,
)
from portal.programs.shapes import MeasureShape, ProgramShape, RegulationShape

_PROGRAMS = (
    select(
        Program.id,
        Program.region_code,
        Region.name,
        Region.slug,
        Region.province_code,
        Program.name_id,
        Program.name_en,
        Program.started_year,
        Program.status,
        Program.benefits,
        Program.target_groups,
        Program.summary_id,
        Program.summary_en,
        *SOURCE_COLUMNS,
    )
    .join(Region, Region.code == Program.region_code)
    .outerjoin(ProgramSource, ProgramSource.program_id == Program.id)
    .outerjoin(Source, Source.id == ProgramSource.source_id)
    .order_by(Program.sequence, ProgramSource.position)
)
_BY_ID = _PROGRAMS.where(Program.id == bindparam("id"))
_OF_REGION = _PROGRAMS.where(Program.region_code == bindparam("region"))

_REGULATIONS = (
    select(
        Regulation.id,
        Regulation.region_code,
        Regulation.kind,
        Regulation.number,
        Regulation.year,
        Regulation.title,
        *SOURCE_COLUMNS,
    )
    .outerjoin(RegulationSource, RegulationSource.regulation_id == Regulation.id)
    .outerjoin(Source, Source.id == RegulationSource.source_id)
    .order_by(Regulation.sequence, RegulationSource.position)
)
_REGULATIONS_FOR = _REGULATIONS.where(
    Regulation.region_code.is_(None) | (Regulation.region_code == bindparam("region"))
)

_MEASURES = (
    select(
        Measure.id,
        Measure.program_id,
        Measure.position,
        Measure.text_id,
        Measure.text_en,
        *SOURCE_COLUMNS,
    )
    .outerjoin(MeasureSource, MeasureSource.measure_id == Measure.id)
    .outerjoin(Source, Source.id == MeasureSource.source_id)
    .order_by(Measure.program_id, Measure.position, Measure.sequence, MeasureSource.position)
)
_MEASURES_OF_PROGRAM = _MEASURES.where(Measure.program_id == bindparam("program"))
_MEASURES_OF_REGION = _MEASURES.join(Program, Program.id == Measure.program_id).where(
    Program.region_code == bindparam("region")
)


def list_programs(region: str | None = None) -> tuple[ProgramShape, ...]:
    """Programmes in the order of the data package; of one region where its code is given."""
    if region is None:
        return _programs(_PROGRAMS)
    return _programs(_OF_REGION, region=region)


def get_program(program_id: str) -> ProgramShape:
    """One programme by its address; raises NotFound."""
    # PostgreSQL takes no NUL in a text.
    found = () if "\0" in program_id else _programs(_BY_ID, id=program_id)
    if not found:
        raise NotFound(_("No programme has this address. Look for it in the list of programmes."))
    return found[0]


def list_regulations(region: str) -> tuple[RegulationShape, ...]:
    """Regulations quoted for a region (by code), and the national ones, whose `region_code` is None."""
    rows = read(_REGULATIONS_FOR, {"region": region})
    return tuple(RegulationShape(*record) for record in fold_sources(rows))


def list_measures(*, program: str | None = None, region: str | None = None) -> tuple[MeasureShape, ...]:
    """Announced steps of one programme (by id) or of all programmes of a region (by code), in their order."""
    query = _MEASURES_OF_REGION if program is None else _MEASURES_OF_PROGRAM
    rows = read(query, {"region": region} if program is None else {"program": program})
    return tuple(MeasureShape(*record) for record in fold_sources(rows))


def _programs(query: Select[*tuple[Any, ...]], **values: str) -> tuple[ProgramShape, ...]:
    rows = read(query, values)
    return tuple(ProgramShape(*record) for record in fold_sources(rows))
