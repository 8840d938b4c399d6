"""Reads of sources and of every record that cites one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, union_all

from portal.areas.models import Region
from portal.areas.queries import has_region
from portal.citations.shapes import ListedSource, SourceFilters
from portal.evidence.joins import SOURCE_COLUMNS
from portal.evidence.models import Claim, ClaimSource, Source
from portal.evidence.shapes import SourceShape
from portal.extensions import db
from portal.funding.models import Commitment, Statement, StatementSource
from portal.news.models import Award, AwardSource, Post, PostSource
from portal.offices.models import Office, OfficeSource
from portal.programs.models import (
    Measure,
    MeasureSource,
    Program,
    ProgramSource,
    Regulation,
    RegulationSource,
)


def find_source(name: str) -> SourceShape | None:
    """One source by its id."""
    # PostgreSQL takes no NUL in a text.
    row = (
        None if "\0" in name else db.session.execute(select(*SOURCE_COLUMNS).where(Source.id == name)).first()
    )
    return SourceShape(*row) if row else None


def count_sources(filters: SourceFilters) -> int:
    """How many sources the filters leave."""
    return db.session.execute(select(func.count(Source.id)).where(*_conditions(filters))).scalar_one()


def list_sources(filters: SourceFilters, offset: int, size: int) -> tuple[ListedSource, ...]:
    """One page of sources, newest first and undated last, with the number of records that cite each."""
    query = (
        select(*SOURCE_COLUMNS)
        .where(*_conditions(filters))
        .order_by(Source.published_on.desc().nulls_last(), Source.publisher, Source.sequence)
    )
    rows = db.session.execute(query.offset(offset).limit(size)).all()
    cited = _count_citations([row.id for row in rows])
    return tuple(ListedSource(SourceShape(*row), cited.get(row.id, 0)) for row in rows)


def list_regions() -> tuple[tuple[str, str], ...]:
    """Slug and name of the regions that any source reports on."""
    places = _places().subquery()
    query = select(Region.slug, Region.name).where(Region.code.in_(select(places.c.region_code)))
    return tuple((slug, name) for slug, name in db.session.execute(query.order_by(Region.name)))


def region_exists(slug: str) -> bool:
    """Whether a region has this address, whatever is known of it."""
    return has_region(slug)


def _conditions(filters: SourceFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in dict.fromkeys(filters.words.lower().split()):
        columns = (Source.publisher, Source.title)
        texts = [func.lower(column).contains(word, autoescape=True) for column in columns]
        found.append(texts[0] | texts[1])
    if filters.kind:
        found.append(Source.kind == filters.kind)
    if filters.region:
        places = _places().subquery()
        here = select(Region.code).where(Region.slug == filters.region).scalar_subquery()
        found.append(Source.id.in_(select(places.c.source_id).where(places.c.region_code == here)))
    return found


def _places() -> CompoundSelect[*tuple[Any, ...]]:
    """Source and region of each citation; national regulations have no region."""
    by_program = (
        (ProgramSource, Program, ProgramSource.program_id == Program.id),
        (ClaimSource, Claim, ClaimSource.claim_id == Claim.id),
        (MeasureSource, Measure, MeasureSource.measure_id == Measure.id),
    )
    parts: list[Select[*tuple[Any, ...]]] = [
        _through_program(link.source_id, record, joined) for link, record, joined in by_program
    ]
    statements = (
        select(StatementSource.source_id, Program.region_code)
        .join(Statement, Statement.id == StatementSource.statement_id)
        .join(Commitment, Commitment.id == Statement.commitment_id)
        .join(Program, Program.id == Commitment.program_id)
    )
    own = (
        (AwardSource, Award, AwardSource.award_id == Award.id),
        (PostSource, Post, PostSource.post_id == Post.id),
        (RegulationSource, Regulation, RegulationSource.regulation_id == Regulation.id),
        (OfficeSource, Office, OfficeSource.office_id == Office.id),
    )
    parts += [select(link.source_id, record.region_code).join(record, joined) for link, record, joined in own]
    return union_all(statements, *parts)


def _through_program(source_id: Any, record: Any, joined: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query = select(source_id, Program.region_code).join(record, joined)
    return query if record is Program else query.join(Program, Program.id == record.program_id)


def _count_citations(sources: list[str]) -> dict[str, int]:
    links: tuple[Any, ...] = (
        StatementSource,
        ClaimSource,
        ProgramSource,
        AwardSource,
        PostSource,
        RegulationSource,
        MeasureSource,
        OfficeSource,
    )
    parts = union_all(
        *(select(link.source_id).where(link.source_id.in_(sources)) for link in links)
    ).subquery()
    rows = db.session.execute(select(parts.c.source_id, func.count()).group_by(parts.c.source_id))
    return {source: int(count) for source, count in rows}
