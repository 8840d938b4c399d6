"""The queues of the desk: what awaits somebody, and what a team should look at; each in its own order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, extract, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.shapes import Actor
from portal.areas.queries import list_region_names
from portal.core.database import UtcDateTime
from portal.desk.flow.queries.scope import in_sight, where_holds
from portal.desk.flow.queries.titles import learn_titles, told_title
from portal.desk.flow.shapes import ItemRow, Queue
from portal.desk.settings.models import RegionSetting
from portal.desk.settings.shapes import DEFAULT
from portal.extensions import read
from portal.publishing.models import Draft, DraftAuthor, Item, Revision

DAY = 24 * 60 * 60
LATE = timedelta(seconds=60)
SHOWN = 5

Where = Callable[[Actor, str], ColumnElement[bool]]

_ROW: tuple[Any, ...] = (
    Item.id,
    Item.kind,
    Item.title,
    Item.region_code,
    Item.live,
    Item.marks,
    Item.changed_at,
    Draft.state,
    Draft.submitted_at,
    Draft.publish_at,
)

_drafted = aliased(Draft)
# Filled in at each reading, so that a query is built once for each account and region.
_LATE = bindparam("late", type_=UtcDateTime)
_SECONDS = bindparam("seconds", type_=Integer)


@dataclass(frozen=True)
class _Queue:
    where: Where
    order: tuple[Any, ...]
    awaits: bool = True


def _returned(actor: Actor, region: str) -> ColumnElement[bool]:
    return (Draft.state == "returned") & where_holds(actor, "editor", region)


def _review(actor: Actor, region: str) -> ColumnElement[bool]:
    own = exists().where(DraftAuthor.item_id == Draft.item_id, DraftAuthor.account_id == actor.id)
    return (
        (Draft.state == "in_review")
        & where_holds(actor, "reviewer", region)
        & ~own
        & (Draft.submitted_by_id != actor.id)
    )


def _approved(actor: Actor, region: str) -> ColumnElement[bool]:
    return (Draft.state == "approved") & where_holds(actor, "reviewer", region)


def _drafts(actor: Actor, region: str) -> ColumnElement[bool]:
    own = exists().where(DraftAuthor.item_id == Draft.item_id, DraftAuthor.account_id == actor.id)
    mine = or_(Draft.saved_by_id == actor.id, own)
    return (Draft.state == "draft") & mine & where_holds(actor, "editor", region)


def _scheduled(actor: Actor, region: str) -> ColumnElement[bool]:
    return (Draft.state == "scheduled") & (Draft.publish_at > _LATE) & in_sight(actor, region)


def _failed(actor: Actor, region: str) -> ColumnElement[bool]:
    """Returned by the portal itself at the time set, and not written in since."""
    by_clock = exists().where(
        Revision.item_id == Draft.item_id,
        Revision.event == "returned",
        Revision.made_by_id.is_(None),
        Revision.made_at >= Draft.saved_at,
    )
    return (Draft.state == "returned") & by_clock & in_sight(actor, region)


def _late(actor: Actor, region: str) -> ColumnElement[bool]:
    return (Draft.state == "scheduled") & (Draft.publish_at <= _LATE) & in_sight(actor, region)


def _overdue(actor: Actor, region: str) -> ColumnElement[bool]:
    """In review for longer than the region's administrator finds right."""
    own = select(RegionSetting.overdue_days).where(RegionSetting.region_code == Item.region_code)
    days = func.coalesce(own.correlate(Item).scalar_subquery(), DEFAULT.overdue_days)
    waits = extract("epoch", Draft.submitted_at) < _SECONDS - DAY * days
    return (Draft.state == "in_review") & waits & in_sight(actor, region)


def _unsourced(actor: Actor, region: str) -> ColumnElement[bool]:
    return _marked("no_source", "no_source;untranslated") & in_sight(actor, region)


def _untranslated(actor: Actor, region: str) -> ColumnElement[bool]:
    return _marked("untranslated", "no_source;untranslated") & in_sight(actor, region)


def _marked(*marks: str) -> ColumnElement[bool]:
    # Not by the joined draft: the condition would be tried on each row of the join, ten times slower.
    alive = (Item.live == "yes") | exists().where(_drafted.item_id == Item.id)
    # Compared with the lists as they are stored, in the order in which marks are found, so that the index answers.
    return or_(*(Item.marks == tuple(mark.split(";")) for mark in marks)) & alive


QUEUES: dict[str, _Queue] = {
    "dikembalikan": _Queue(_returned, (Draft.saved_at.desc(), Item.id)),
    "tinjau": _Queue(_review, (Draft.submitted_at, Item.id)),
    "disetujui": _Queue(_approved, (Draft.decided_at, Item.id)),
    "draf": _Queue(_drafts, (Draft.saved_at.desc(), Item.id)),
    "terjadwal": _Queue(_scheduled, (Draft.publish_at, Item.id)),
    "gagal": _Queue(_failed, (Draft.saved_at.desc(), Item.id), awaits=False),
    "telat-terbit": _Queue(_late, (Draft.publish_at, Item.id), awaits=False),
    "lewat-waktu": _Queue(_overdue, (Draft.submitted_at, Item.id), awaits=False),
    "tanpa-sumber": _Queue(_unsourced, (Item.changed_at.desc(), Item.id), awaits=False),
    "belum-diterjemahkan": _Queue(_untranslated, (Item.changed_at.desc(), Item.id), awaits=False),
}


def list_queues(actor: Actor, region: str, *, awaits: bool) -> tuple[Queue, ...]:
    """The queues that hold something, each with its first items and how many there are in all."""
    values, found = _moments(), {}
    for name, queue in QUEUES.items():
        if queue.awaits is awaits and (rows := read(_first(name, actor, region), values).all()):
            found[name] = (rows, len(rows) if len(rows) < SHOWN else count_queue(actor, name, region))
    names = names_of([row for rows, _total in found.values() for row in rows])
    return tuple(
        Queue(name, tuple(item_row(row, names) for row in rows), total)
        for name, (rows, total) in found.items()
    )


def count_queue(actor: Actor, name: str, region: str) -> int:
    """How many items a queue holds."""
    return int(read(_number(name, actor, region), _moments()).scalar_one())


def list_queue(actor: Actor, name: str, region: str, *, limit: int, offset: int) -> tuple[ItemRow, ...]:
    """Part of one queue in its order."""
    queue = QUEUES[name]
    query = _joined(*_ROW).where(queue.where(actor, region)).order_by(*queue.order)
    rows = read(query.limit(limit).offset(offset), _moments()).all()
    names = names_of(rows)
    return tuple(item_row(row, names) for row in rows)


def _moments() -> dict[str, datetime | int]:
    now = datetime.now(UTC)
    return {"late": now - LATE, "seconds": int(now.timestamp())}


@lru_cache(maxsize=512)
def _first(name: str, actor: Actor, region: str) -> Select[Any]:
    """The first rows of a queue; what is sorted is narrow, for speed."""
    queue = QUEUES[name]
    where = queue.where(actor, region)
    chosen = _joined(Item.id).where(where).order_by(*queue.order).limit(SHOWN).subquery()
    return _joined(*_ROW).join(chosen, chosen.c.id == Item.id).order_by(*queue.order)


@lru_cache(maxsize=512)
def _number(name: str, actor: Actor, region: str) -> Select[Any]:
    return _joined(func.count()).where(QUEUES[name].where(actor, region))


def _joined(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Item).outerjoin(Draft, Draft.item_id == Item.id)


def names_of(rows: Collection[Any]) -> dict[str, str]:
    """The names of the rows' regions; what their titles begin with is read too."""
    learn_titles((row.kind, row.title) for row in rows)
    return list_region_names({row.region_code for row in rows if row.region_code})


def item_row(row: Any, names: dict[str, str]) -> ItemRow:
    """A row of `_ROW` as a list shows it."""
    live = {"yes": "published", "withdrawn": "withdrawn"}.get(row.live, "new")
    return ItemRow(
        id=row.id,
        kind=row.kind,
        title=told_title(row.title, row.kind),
        region_code=row.region_code,
        region=names.get(row.region_code or "", ""),
        state=row.state or live,
        marks=row.marks,
        moment=row.publish_at or row.submitted_at or row.changed_at,
        publish_at=row.publish_at,
    )
