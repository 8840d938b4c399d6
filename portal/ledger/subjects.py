"""Records in words, by kind and id: what is published in one query, what was withdrawn from its last revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, Text, and_, cast, func, literal, null, or_, select, union_all

from portal.areas.models import Region
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.labels import label
from portal.evidence.models import Claim, Source
from portal.extensions import db, read
from portal.funding.models import Commitment, LeadChoice, Statement
from portal.ledger.shapes import Key, Subject
from portal.news.models import Award, Post
from portal.offices.models import Office
from portal.programs.models import Measure, Program, Regulation
from portal.publishing.models import Item

NONE, NO_YEAR = cast(null(), Text), cast(null(), Integer)


class Named(NamedTuple):
    """What the words of a record are made of; `parent` is the record whose page tells of it."""

    kind: str
    record_id: str
    name: str | None
    code: str | None
    year: int | None
    parent: str | None
    slug: str | None
    region: str | None


def name_records(keys: Collection[Key]) -> dict[Key, Subject]:
    """Every record in words; one that nobody knows any more by its id."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        wanted[key.kind].add(key.record_id)
    readers = _readers()
    parts = [readers[kind](ids) for kind, ids in wanted.items() if kind in readers]
    rows = [Named(*row) for row in db.session.execute(union_all(*parts))] if parts else []
    found = {Key(row.kind, row.record_id): _subject(row) for row in rows}
    missing = [key for key in keys if key not in found]
    return {**_gone(missing), **found}


def _gone(keys: Collection[Key]) -> dict[Key, Subject]:
    """What is published no more, by the title that the desk kept."""
    found = {key: Subject(key.record_id, None, None, None) for key in keys}
    if keys:
        which = or_(*(and_(Item.kind == key.kind, Item.record_id == key.record_id) for key in keys))
        query = (
            select(Item.kind, Item.record_id, Item.title, Region.name, Region.slug)
            .outerjoin(Region, Region.code == Item.region_code)
            .where(which)
        )
        for kind, record_id, title, region, slug in read(query):
            found[Key(kind, record_id)] = Subject(title, None, region, slug)
    return found


def _subject(row: Named) -> Subject:
    return Subject(_words(row), _path(row), row.region, row.slug)


def _words(row: Named) -> str:
    name = row.name or ""
    if row.kind in ("commitments", "statements", "lead_choices"):
        words = f"{row.year or _('year not stated')}, {label('funding_source', name)}"
        return f"{words}: {label('stage', row.code)}" if row.code else words
    if row.kind == "claims":
        return f"{name}: {label('metric', row.code or '')}"
    if row.kind == "regulations":
        return f"{label('regulation_kind', row.code or '')}: {name}"
    if row.kind == "awards":
        return ", ".join(part for part in (name, str(row.year or ""), row.code) if part)
    if row.kind == "sources":
        return f"{name}: {row.code}" if row.code else name
    return name


def _path(row: Named) -> str | None:
    match row.kind:
        case "sources":
            return f"/sumber/{row.record_id}"
        case "programs" | "claims" | "measures":
            return f"/program/{row.parent}"
        case "commitments" | "statements" | "lead_choices":
            return f"/pendanaan/{row.parent}"
        case "awards":
            return f"/penghargaan?wilayah={row.slug}#{row.record_id}"
        case "news":
            return f"/berita/{row.record_id}"
        case "offices":
            return f"/wilayah/{row.slug}#{row.record_id}"
    return f"/wilayah/{row.slug}" if row.slug else None


def _readers() -> dict[str, Any]:
    """For each kind a query by ids with the columns of Named, in the visitor's language."""
    english = language() == "en"

    def of(model: Any, *columns: Any, kind: str = "") -> Any:
        named = (literal(kind or model.__tablename__), model.id, *columns)
        return lambda ids: _placed(model, select(*named, Region.slug, Region.name), ids)

    program = Program.name_en if english else Program.name_id
    line = (Commitment.funding_source, NONE, Commitment.fiscal_year, Commitment.id)
    said = (Commitment.funding_source, Statement.stage, Commitment.fiscal_year, Commitment.id)
    title = Post.title_en if english else Post.title_id
    step = func.coalesce(Measure.text_en, Measure.text_id) if english else Measure.text_id
    return {
        "regions": lambda ids: select(
            literal("regions"), Region.code, Region.name, NONE, NO_YEAR, NONE, Region.slug, Region.name
        ).where(Region.code.in_(ids)),
        "sources": lambda ids: select(
            literal("sources"), Source.id, Source.publisher, Source.title, NO_YEAR, NONE, NONE, NONE
        ).where(Source.id.in_(ids)),
        "regulations": of(Regulation, Regulation.title, Regulation.kind, NO_YEAR, NONE),
        "programs": of(Program, program, NONE, NO_YEAR, Program.id),
        "commitments": of(Commitment, *line),
        "statements": of(Statement, *said),
        "lead_choices": of(
            LeadChoice, Commitment.funding_source, LeadChoice.stage, Commitment.fiscal_year, Commitment.id
        ),
        "claims": of(Claim, program, Claim.metric, NO_YEAR, Claim.program_id),
        "measures": of(Measure, step, NONE, NO_YEAR, Measure.program_id),
        "awards": of(Award, Award.award, Award.recipient, Award.year, NONE),
        "news": of(Post, title, NONE, NO_YEAR, NONE, kind="news"),
        "offices": of(Office, Office.name_id, NONE, NO_YEAR, NONE),
    }


def _placed(model: Any, query: Select[Any], ids: Iterable[str]) -> Select[Any]:
    """The query with the region the record belongs to."""
    query = query.select_from(model)
    if model in (Statement, LeadChoice):
        query = query.join(Commitment, Commitment.id == model.commitment_id)
    if model in (Statement, LeadChoice, Commitment):
        query = query.join(Program, Program.id == Commitment.program_id)
    elif model in (Claim, Measure):
        query = query.join(Program, Program.id == model.program_id)
    home = model if hasattr(model, "region_code") else Program
    return query.outerjoin(Region, Region.code == home.region_code).where(model.id.in_(ids))
