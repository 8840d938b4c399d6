"""What can be chosen in a form: what is published, and drafts of the regions that the account sees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select

from portal.accounts.shapes import EVERYWHERE, Actor
from portal.areas.models import Region
from portal.core.formatting import date_short
from portal.core.i18n import language
from portal.core.labels import label
from portal.desk.flow.queries.titles import told_title
from portal.desk.records.shapes import Choice, SourceChoice
from portal.evidence.models import Source
from portal.extensions import db, read
from portal.funding.models import Commitment
from portal.opendata.tables import Column
from portal.opendata.values import Unfit, convert
from portal.programs.models import Program
from portal.publishing.models import Draft, Item

MOST_CHOICES = 200
MOST_SOURCES = 12
LONGEST_SHOWN = 160
DAY = Column("published_on", "date")


def list_regions_of(actor: Actor) -> tuple[Choice, ...]:
    """The regions whose records the account writes."""
    codes = actor.regions("editor")
    query = select(Region.code, Region.name).order_by(Region.province_code, Region.code)
    if EVERYWHERE not in codes:
        query = query.where(Region.code.in_(codes))
    return tuple(Choice(code, name) for code, name in read(query))


def list_choices(actor: Actor, kind: str, words: str, chosen: str) -> tuple[tuple[Choice, ...], bool]:
    """Records of the account's regions whose title has all the words, and the chosen one; whether there are more."""
    query = _titled().where(Item.kind == kind, _reachable(actor))
    codes = actor.regions("editor")
    if EVERYWHERE not in codes:
        query = query.where(Item.region_code.in_(codes))
    rows = list(read(_having(query, words).order_by(Region.name, Item.title).limit(MOST_CHOICES + 1)))
    found = [_choice(row) for row in rows[:MOST_CHOICES]]
    if chosen and all(one.value != chosen for one in found):
        found += [
            _choice(row)
            for row in read(_titled().where(Item.kind == kind, _reachable(actor), Item.record_id == chosen))
        ]
    return tuple(found), len(rows) > MOST_CHOICES


def list_sources_for(
    actor: Actor, words: str, without: Collection[str]
) -> tuple[tuple[SourceChoice, ...], bool]:
    """Sources with all the words, those of the account's regions first, then the newest; whether there are more."""
    own = case((Item.region_code.in_(actor.regions()), 0), else_=1)
    query = _having(_sources().where(_reachable(actor)), words)
    if without:
        query = query.where(Item.record_id.not_in(list(without)))
    ordered = query.order_by(own, Item.live, Source.published_on.desc().nulls_last(), Item.id.desc())
    rows = list(read(ordered.limit(MOST_SOURCES + 1)))
    return tuple(_source(row) for row in rows[:MOST_SOURCES]), len(rows) > MOST_SOURCES


def list_chosen_sources(actor: Actor, ids: Sequence[str]) -> tuple[SourceChoice, ...]:
    """The chosen sources in their order; one that the account may not see, or that isn't there, by its id alone."""
    rows = read(_sources().where(_reachable(actor), Item.record_id.in_(list(ids)))) if ids else ()
    known = {row.record_id: _source(row, chosen=True) for row in rows}
    return tuple(
        known.get(one) or SourceChoice(one, one, "", "", is_advertorial=False, is_draft=False, chosen=True)
        for one in ids
    )


def find_cells(actor: Actor, kind: str, record_id: str) -> dict[str, str] | None:
    """The cells of a draft that was never published, where the account sees its region."""
    query = (
        select(Item.region_code, Draft.cells)
        .join(Draft, Draft.item_id == Item.id)
        .where(Item.kind == kind, Item.record_id == record_id, Item.live == "no")
    )
    row = None if "\0" in record_id else db.session.execute(query).one_or_none()
    return dict(row.cells) if row and actor.sees(row.region_code) else None


def _reachable(actor: Actor) -> ColumnElement[bool]:
    """Published, or a draft of a region that the account sees."""
    codes = actor.regions()
    drafted = Item.live == "no"
    if EVERYWHERE not in codes:
        # A province's team sees its regencies.
        drafted &= or_(
            Item.region_code.in_(codes), *(Item.region_code.startswith(f"{code}.") for code in codes)
        )
    return or_(
        Item.live == "yes",
        drafted & select(Draft.item_id).where(Draft.item_id == Item.id).correlate(Item).exists(),
    )


def _having(query: Select[*tuple[Any, ...]], words: str) -> Select[Any]:
    for word in words.replace("\0", "").split()[:8]:
        query = query.where(Item.title.icontains(word, autoescape=True))
    return query


def _titled() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Item.record_id,
            Item.kind,
            Item.title,
            Item.live,
            Region.name.label("region"),
            Commitment.fiscal_year,
            Commitment.funding_source,
            Commitment.funder_name,
            Program.name_id,
            Program.name_en,
        )
        .select_from(Item)
        .outerjoin(Region, Region.code == Item.region_code)
        .outerjoin(Commitment, (Commitment.id == Item.record_id) & (Item.kind == "commitments"))
        .outerjoin(Program, Program.id == Commitment.program_id)
    )


def _choice(row: Any) -> Choice:
    words = told_title(row.title, row.kind)
    if row.funding_source:
        name = row.name_id if language() == "id" else row.name_en
        parts = (name, row.fiscal_year, label("funding_source", row.funding_source), row.funder_name)
        words = " · ".join(str(part) for part in parts if part)
    if row.live == "no":
        words = f"{words} ({label('item_state', 'draft')})"
    return Choice(row.record_id, words, group=row.region or "")


def _sources() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Item.record_id,
            Item.title.label("words"),
            Item.live,
            Source.publisher,
            Source.title,
            Source.published_on,
            Source.kind,
            Draft.cells,
        )
        .select_from(Item)
        .where(Item.kind == "sources")
        .outerjoin(Source, Source.id == Item.record_id)
        .outerjoin(Draft, Draft.item_id == Item.id)
    )


def _source(row: Any, *, chosen: bool = False) -> SourceChoice:
    if row.live == "yes":
        day = date_short(row.published_on) if row.published_on else ""
        paid = row.kind == "advertorial"
        return SourceChoice(
            row.record_id, _short(row.publisher), _short(row.title or ""), day, paid, False, chosen
        )
    cells = row.cells or {}
    return SourceChoice(
        row.record_id,
        _short(cells.get("publisher", "") or row.words),
        _short(cells.get("title", "")),
        _short(_day(cells.get("published_on", ""))),
        cells.get("kind") == "advertorial",
        True,
        chosen,
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _day(text: str) -> str:
    try:
        value = convert(DAY, text)
    except Unfit:
        return text
    return date_short(value) if value else ""
