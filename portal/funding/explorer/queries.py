"""Reads of the explorer: what the filters offer, and one page of lines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from portal.areas.models import Region
from portal.areas.queries import has_region
from portal.core.i18n import language
from portal.extensions import db
from portal.funding.explorer.conditions import conditions, ordering
from portal.funding.explorer.filters import Filters
from portal.funding.explorer.shapes import Choices, Line
from portal.funding.models import Commitment
from portal.funding.queries import list_commitments
from portal.funding.shapes import CommitmentShape, StageFigure
from portal.programs.models import Program


def region_exists(slug: str) -> bool:
    """Whether a region has this address, whatever is known of it."""
    return has_region(slug)


def get_choices(filters: Filters) -> Choices:
    """Regions and years with lines; the filtered region is offered even where it has none."""
    with_lines = select(Program.region_code).join(Commitment, Commitment.program_id == Program.id)
    wanted = (Region.code.in_(with_lines)) | (Region.slug == filters.region)
    regions = db.session.execute(select(Region.slug, Region.name).where(wanted).order_by(Region.name))
    years = db.session.scalars(select(Commitment.fiscal_year).distinct()).all()
    return Choices(
        tuple((slug, name) for slug, name in regions),
        tuple(sorted((year for year in years if year is not None), reverse=True)),
        None in years,
    )


def count_lines(filters: Filters) -> int:
    """How many lines the filters leave."""
    query = _joined(select(func.count())).where(*conditions(filters))
    return int(db.session.execute(query).scalar_one())


def list_lines(filters: Filters, offset: int, size: int) -> tuple[Line, ...]:
    """One page of the lines, sorted, each with the figures of the stages that are shown."""
    query = (
        _joined(select(Commitment.id)).where(*conditions(filters)).order_by(*ordering(filters, language()))
    )
    ids = db.session.scalars(query.offset(offset).limit(size)).all()
    found = {commitment.id: commitment for commitment in list_commitments(ids=ids)} if ids else {}
    return tuple(Line(found[name], _figures(found[name], filters.stage)) for name in ids)


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Commitment)
        .join(Program, Program.id == Commitment.program_id)
        .join(Region, Region.code == Program.region_code)
    )


def _figures(commitment: CommitmentShape, stage: str) -> tuple[StageFigure, ...]:
    return tuple(
        figure
        for figure in commitment.stages
        if figure.lead is not None and (not stage or figure.stage == stage)
    )
