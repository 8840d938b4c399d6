"""Reads of the lists of items by kind."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from portal.accounts.shapes import Actor
from portal.areas.queries import list_region_names
from portal.core.vocabulary import DRAFT_STATES
from portal.desk.flow.queries.queues import _ROW, item_row, names_of
from portal.desk.flow.queries.scope import in_sight
from portal.desk.flow.shapes import ItemFilter, ItemRow
from portal.extensions import read
from portal.publishing.models import Draft, Item

MARKS = ("no_source", "untranslated")
STATES = (*DRAFT_STATES, "published", "withdrawn", "new")
_LIVE = {"published": "yes", "withdrawn": "withdrawn", "new": "no"}


def count_items(actor: Actor, wanted: ItemFilter) -> int:
    """How many items of a kind the account sees with this filter."""
    query = select(func.count()).select_from(Item)
    if wanted.state:
        query = query.outerjoin(Draft, Draft.item_id == Item.id)
    return int(read(query.where(*_conditions(actor, wanted))).scalar_one())


def list_items(actor: Actor, wanted: ItemFilter, *, limit: int, offset: int) -> tuple[ItemRow, ...]:
    """Items of a kind, those changed last first."""
    query = (
        select(*_ROW)
        .outerjoin(Draft, Draft.item_id == Item.id)
        .where(*_conditions(actor, wanted))
        .order_by(Item.changed_at.desc(), Item.id.desc())
        .limit(limit)
        .offset(offset)
    )
    rows = read(query).all()
    names = names_of(rows)
    return tuple(item_row(row, names) for row in rows)


def list_regions_of(actor: Actor, kind: str) -> tuple[tuple[str, str], ...]:
    """The regions whose items of this kind the account sees, as (code, name)."""
    query = select(Item.region_code).where(Item.kind == kind, in_sight(actor)).distinct()
    codes = {code for code in read(query).scalars() if code}
    return tuple(list_region_names(codes).items())


def _conditions(actor: Actor, wanted: ItemFilter) -> list[ColumnElement[bool]]:
    found = [Item.kind == wanted.kind, in_sight(actor, wanted.region)]
    if wanted.state in DRAFT_STATES:
        found.append(Draft.state == wanted.state)
    elif wanted.state:
        found += [Draft.state.is_(None), Item.live == _LIVE[wanted.state]]
    if wanted.mark:
        rest = [mark for mark in MARKS if mark != wanted.mark]
        both = tuple(mark for mark in MARKS if mark == wanted.mark or mark in rest)
        found.append((Item.marks == (wanted.mark,)) | (Item.marks == both))
    if wanted.words:
        found.append(Item.title.icontains(wanted.words, autoescape=True))
    return found
