"""Everything that can be found, in one language: its fingerprint, and where that is new, the document for the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from portal.areas.models import Region, Tile
from portal.core.database import AnySession
from portal.core.formatting import date_long, quantity
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.labels import label
from portal.core.quantities import stated
from portal.evidence.models import Claim, Source
from portal.funding.models import Commitment, Statement
from portal.news.figures.queries import Figures, find_figures
from portal.news.figures.rendering import to_summary, to_text
from portal.news.figures.tokens import mentioned_in
from portal.news.models import Award, Post
from portal.offices.models import Office
from portal.programs.models import Measure, Program, Regulation, RegulationSource
from portal.search.fingerprints import fingerprint, made
from portal.search.glossary import glossary_documents
from portal.search.shapes import Document, Entry


def collect(session: AnySession) -> Iterator[Entry]:
    """Everything published, in the language now spoken."""
    small = chain(
        _regions(session),
        _programs(session),
        _commitments(session),
        _awards(session),
        _regulations(session),
        _sources(session),
        glossary_documents(),
    )
    return chain(map(made, small), _news(session))


def _spoken(indonesian: ColumnElement[Any] | Any, english: ColumnElement[Any] | Any) -> Any:
    return english if language() == "en" else indonesian


def _join(parts: Iterable[object], separator: str = ". ") -> str:
    return separator.join(str(part).strip().rstrip(".") for part in parts if part)


def _regions(session: AnySession) -> Iterator[Document]:
    """Regions of the map and those anything is published about, with their provinces."""
    told = [select(model.region_code) for model in (Program, Award, Post, Office)]
    found = or_(Region.code.in_(select(Tile.region_code)), *(Region.code.in_(codes) for codes in told))
    chosen = select(Region.province_code).where(found)
    rows = session.execute(
        select(Region.code, Region.name, Region.slug, Region.level, Region.province_code)
        .where(or_(found, Region.code.in_(chosen)))
        .order_by(Region.code)
    ).all()
    names = {row.code: row.name for row in rows}
    offices = _texts(session, Office.region_code, Office.name_id, Office.sequence)
    levels = {"province": _("Province"), "regency": _("Kabupaten (regency)"), "city": _("Kota (city)")}
    for position, row in enumerate(rows):
        province = names.get(row.province_code, "") if row.level != "province" else ""
        text, extra = _join((levels[row.level], province), ", "), " ".join((row.slug, *offices[row.code]))
        yield Document("region", position, f"/wilayah/{row.slug}", row.name, text, extra)


def _programs(session: AnySession) -> Iterator[Document]:
    measures = _texts(
        session, Measure.program_id, _spoken(Measure.text_id, Measure.text_en), Measure.sequence
    )
    claims = _texts(session, Claim.program_id, Claim.value, Claim.sequence)
    rows = session.execute(
        select(
            Program.id,
            Program.sequence,
            _spoken(Program.name_id, Program.name_en).label("name"),
            _spoken(Program.summary_id, Program.summary_en).label("summary"),
            Program.benefits,
            Program.target_groups,
            Region.name.label("region"),
        )
        .join(Region, Region.code == Program.region_code)
        .order_by(Program.sequence)
    )
    for row in rows:
        groups = ", ".join(label("target_group", group) for group in row.target_groups)
        text = _join((row.region, row.summary, groups, *measures[row.id]))
        extra = " ".join((row.id, *row.benefits, *claims[row.id]))
        yield Document("program", row.sequence, f"/program/{row.id}", row.name, text, extra)


def _commitments(session: AnySession) -> Iterator[Document]:
    statements = _statements(session)
    rows = session.execute(
        select(
            Commitment.id,
            Commitment.sequence,
            Commitment.fiscal_year,
            Commitment.funding_source,
            Commitment.funder_name,
            Commitment.note,
            Region.name.label("region"),
            _spoken(Program.name_id, Program.name_en).label("program"),
        )
        .join(Program, Program.id == Commitment.program_id)
        .join(Region, Region.code == Program.region_code)
        .order_by(Commitment.sequence)
    )
    for row in rows:
        year = str(row.fiscal_year) if row.fiscal_year else _("year not stated")
        title = _join((row.region, year, label("funding_source", row.funding_source)), ", ")
        text = _join((row.funder_name, *statements[row.id], row.program))
        extra = _join((row.id, row.note), " ")
        yield Document("commitment", row.sequence, f"/pendanaan/{row.id}", title, text, extra)


def _statements(session: AnySession) -> dict[str, list[str]]:
    """What is said of each line, in words: its figures as they are shown."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(select(Statement.__table__).order_by(Statement.sequence)):
        figures = (
            stated(row.workers, row.workers_qualifier, "person"),
            stated(row.amount_idr, row.amount_qualifier, "idr"),
        )
        shown = [quantity(figure) for figure in figures if figure is not None]
        if row.monthly_contribution_idr is not None:
            shown.append(
                _("%(amount)s a month", amount=quantity(stated(row.monthly_contribution_idr, None, "idr")))
            )
        if shown:
            found[row.commitment_id].append(f"{label('stage', row.stage)}: {', '.join(shown)}")
    return found


def _news(session: AnySession) -> Iterator[Entry]:
    """Posts, the many and long: one that is known by its row and the figures it shows is not read as Markdown."""
    rows = session.execute(
        select(
            Post.sequence,
            Post.id,
            _spoken(Post.title_id, Post.title_en).label("title"),
            _spoken(Post.body_id, Post.body_en).label("body"),
            Region.name,
        )
        .join(Region, Region.code == Post.region_code)
        .order_by(Post.sequence)
    ).all()
    tokens = [mentioned_in(row.body) for row in rows]
    figures = find_figures(set(chain.from_iterable(tokens)), session=session)
    shown = {token: f"{token} {figure.words}" for token, figure in figures.items()}
    for row, mentioned in zip(rows, tokens, strict=True):
        known = [token for token in mentioned if token in figures]
        known_by = fingerprint("news", *row, [shown[token] for token in known])
        yield Entry(known_by, partial(_post, row, {token: figures[token] for token in known}))


def _post(row: Any, figures: Figures) -> Document:
    text = f"{to_summary(row.body, figures, 10_000)} {row.name}"
    return Document("news", row.sequence, f"/berita/{row.id}", row.title, text, to_text(row.body, figures))


def _awards(session: AnySession) -> Iterator[Document]:
    rows = session.execute(
        select(Award.__table__, Region.name, Region.slug)
        .join(Region, Region.code == Award.region_code)
        .order_by(Award.sequence)
    )
    for row in rows:
        title = f"{row.recipient}: {_join((row.award, row.year), ' ')}"
        day = date_long(row.conferred_on) if row.conferred_on else ""
        address = f"/penghargaan?wilayah={row.slug}#{row.id}"
        text = _join((label("award_result", row.result), row.category, row.name, day, row.conferred_by))
        yield Document("award", row.sequence, address, title, text, row.note or "")


def _regulations(session: AnySession) -> Iterator[Document]:
    """A regulation leads to its region's page, a national one to the source it was read in."""
    read_in = dict(
        session.execute(
            select(RegulationSource.regulation_id, RegulationSource.source_id).order_by(
                RegulationSource.position.desc()
            )
        ).all()
    )
    rows = session.execute(
        select(Regulation.__table__, Region.name, Region.slug)
        .outerjoin(Region, Region.code == Regulation.region_code)
        .order_by(Regulation.sequence)
    )
    for row in rows:
        address = f"/wilayah/{row.slug}" if row.slug else f"/sumber/{read_in.get(row.id, '')}".rstrip("/")
        kind = row.kind if row.kind != "other" else _("Regulation")
        number = _join((kind, row.number, row.year), " ")
        text = _join((row.title, row.name or _("National")))
        yield Document("regulation", row.sequence, address, number, text)


def _sources(session: AnySession) -> Iterator[Document]:
    rows = session.execute(
        select(
            Source.id, Source.sequence, Source.publisher, Source.title, Source.published_on, Source.kind
        ).order_by(Source.sequence)
    )
    for row in rows:
        day = date_long(row.published_on) if row.published_on else _("Date not published")
        text = _join((row.publisher, day, label("source_kind", row.kind)), ", ")
        yield Document("source", row.sequence, f"/sumber/{row.id}", row.title or row.publisher, text, row.id)


def _texts(session: AnySession, owner: Any, column: Any, order: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, text in session.execute(select(owner, column).where(column.is_not(None)).order_by(order)):
        found[key].append(text)
    return found
