"""Every record that cites one source, kind by kind; one query each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.areas.models import Region
from portal.citations.shapes import KINDS, Citation
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.labels import label
from portal.core.quantities import Quantity, stated
from portal.evidence.models import Claim, ClaimSource
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


def list_citations(source: str) -> tuple[tuple[str, tuple[Citation, ...]], ...]:
    """What cites the source, grouped by kind in the order of KINDS; kinds without any are left out."""
    readers: dict[str, Callable[[str], Iterator[Citation]]] = {
        "statement": _statements,
        "claim": _claims,
        "program": _programs,
        "award": _awards,
        "post": _posts,
        "regulation": _regulations,
        "measure": _measures,
        "office": _offices,
    }
    groups = ((kind, tuple(readers[kind](source))) for kind in KINDS)
    return tuple((kind, citations) for kind, citations in groups if citations)


def _rows(query: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    return iter(db.session.execute(query).all())


def _spoken(
    indonesian: InstrumentedAttribute[str],
    english: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> Any:
    return indonesian if language() == "id" else english


def _statements(source: str) -> Iterator[Citation]:
    query = (
        select(Statement, Commitment.fiscal_year, Commitment.funding_source, Region.name)
        .join(StatementSource, StatementSource.statement_id == Statement.id)
        .join(Commitment, Commitment.id == Statement.commitment_id)
        .join(Program, Program.id == Commitment.program_id)
        .join(Region, Region.code == Program.region_code)
        .where(StatementSource.source_id == source)
        .order_by(Commitment.sequence, Statement.sequence)
    )
    for said, year, payer, region in _rows(query):
        figures = (
            stated(said.workers, said.workers_qualifier, "person"),
            stated(said.amount_idr, said.amount_qualifier, "idr"),
        )
        yield Citation(
            kind="statement",
            words=f"{year or _('Year not stated')}, {label('funding_source', payer)}",
            path=f"/pendanaan/{said.commitment_id}",
            region=region,
            quantities=tuple(figure for figure in figures if figure is not None),
            stage=said.stage,
        )


def _claims(source: str) -> Iterator[Citation]:
    query = (
        select(Claim, _spoken(Program.name_id, Program.name_en).label("program"), Region.name)
        .join(ClaimSource, ClaimSource.claim_id == Claim.id)
        .join(Program, Program.id == Claim.program_id)
        .join(Region, Region.code == Program.region_code)
        .where(ClaimSource.source_id == source)
        .order_by(Claim.sequence)
    )
    for claim, program, region in _rows(query):
        quantity = Quantity(Decimal(claim.value), claim.qualifier, claim.unit or "")
        yield Citation(
            "claim", program, f"/program/{claim.program_id}", region, (quantity,), metric=claim.metric
        )


def _programs(source: str) -> Iterator[Citation]:
    query = (
        select(
            Program.id, _spoken(Program.name_id, Program.name_en).label("name"), Region.name.label("region")
        )
        .join(ProgramSource, ProgramSource.program_id == Program.id)
        .join(Region, Region.code == Program.region_code)
        .where(ProgramSource.source_id == source)
        .order_by(Program.sequence)
    )
    for row in _rows(query):
        yield Citation("program", row.name, f"/program/{row.id}", row.region)


def _awards(source: str) -> Iterator[Citation]:
    query = (
        select(Award.award, Award.year, Award.category, Award.result, Region.name)
        .join(AwardSource, AwardSource.award_id == Award.id)
        .join(Region, Region.code == Award.region_code)
        .where(AwardSource.source_id == source)
        .order_by(Award.sequence)
    )
    for award, year, category, result, region in _rows(query):
        parts = (award, str(year) if year else None, category, label("award_result", result))
        yield Citation("award", ", ".join(part for part in parts if part), "/penghargaan", region)


def _posts(source: str) -> Iterator[Citation]:
    query = (
        select(Post.id, _spoken(Post.title_id, Post.title_en).label("title"), Region.name)
        .join(PostSource, PostSource.post_id == Post.id)
        .join(Region, Region.code == Post.region_code)
        .where(PostSource.source_id == source)
        .order_by(Post.sequence)
    )
    for name, title, region in _rows(query):
        yield Citation("post", title, f"/berita/{name}", region)


def _regulations(source: str) -> Iterator[Citation]:
    query = (
        select(Regulation.title, Region.name, Region.slug)
        .join(RegulationSource, RegulationSource.regulation_id == Regulation.id)
        .outerjoin(Region, Region.code == Regulation.region_code)
        .where(RegulationSource.source_id == source)
        .order_by(Regulation.sequence)
    )
    for title, region, slug in _rows(query):
        yield Citation("regulation", title, f"/wilayah/{slug}" if slug else None, region or _("National"))


def _measures(source: str) -> Iterator[Citation]:
    query = (
        select(Measure.text_id, Measure.text_en, Measure.program_id, Region.name)
        .join(MeasureSource, MeasureSource.measure_id == Measure.id)
        .join(Program, Program.id == Measure.program_id)
        .join(Region, Region.code == Program.region_code)
        .where(MeasureSource.source_id == source)
        .order_by(Measure.sequence)
    )
    for indonesian, english, program, region in _rows(query):
        words = english if language() == "en" and english else indonesian
        yield Citation("measure", words, f"/program/{program}", region)


def _offices(source: str) -> Iterator[Citation]:
    query = (
        select(Office.id, Office.name_id, Office.name_en, Region.name, Region.slug)
        .join(OfficeSource, OfficeSource.office_id == Office.id)
        .join(Region, Region.code == Office.region_code)
        .where(OfficeSource.source_id == source)
        .order_by(Office.sequence)
    )
    for office, indonesian, english, region, slug in _rows(query):
        words = english if language() == "en" and english else indonesian
        yield Citation("office", words, f"/wilayah/{slug}#{office}", region)
