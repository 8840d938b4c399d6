"""Reads of the ledger: notes of the desk, and what data packages changed, folded by record and moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from portal.areas.clocks import WIB, WIT, WIT_PROVINCES, WITA, WITA_PROVINCES, Clock
from portal.areas.models import Region
from portal.core.database import UtcDateTime
from portal.corrections.queries import LOAD, NOTE
from portal.extensions import read
from portal.ledger.shapes import LedgerFilters, RawEntry, RawField
from portal.publishing.models import ChangeNote, Correction, Item

# Conditions of more entries than this would be a query too deep for SQLite.
AT_ONCE = 100

_NOTES: Select[*tuple[Any, ...]] = select(
    literal(NOTE).label("source"),
    ChangeNote.id.label("number"),
    ChangeNote.made_at,
    ChangeNote.subject,
    ChangeNote.subject_id,
    ChangeNote.region_code,
    ChangeNote.event,
    ChangeNote.reason,
    ChangeNote.figures_changed,
    ChangeNote.urgent_reason,
    ChangeNote.scheduled_for,
)
_LOADS: Select[*tuple[Any, ...]] = (
    select(
        literal(LOAD),
        func.min(Correction.id),
        Correction.made_at,
        Correction.subject,
        Correction.subject_id,
        Item.region_code,
        literal("loaded"),
        Correction.reason,
        cast(null(), Boolean),
        cast(null(), Text),
        cast(null(), UtcDateTime),
    )
    .outerjoin(Item, and_(Item.kind == Correction.subject, Item.record_id == Correction.subject_id))
    .where(Correction.note_id.is_(None))
    .group_by(
        Correction.made_at, Correction.subject, Correction.subject_id, Item.region_code, Correction.reason
    )
)
_ALL = union_all(_NOTES, _LOADS).subquery("entries")
_ENTRIES = select(_ALL).order_by(_ALL.c.made_at.desc(), _ALL.c.source, _ALL.c.number.desc())
_ONE = select(_ALL).where(_ALL.c.source == bindparam("source"), _ALL.c.number == bindparam("number"))
_SPAN = select(func.min(_ALL.c.made_at), func.max(_ALL.c.made_at))
_REGIONS = (
    select(Region.slug, Region.name).where(Region.code.in_(select(_ALL.c.region_code))).order_by(Region.name)
)


def count_entries(filters: LedgerFilters) -> int:
    """How many entries the filters leave."""
    return read(select(func.count()).select_from(_ALL).where(*_conditions(filters))).scalar_one()


def list_entries(
    filters: LedgerFilters, *, limit: int | None = None, offset: int = 0
) -> tuple[RawEntry, ...]:
    """Entries, newest first."""
    query = _ENTRIES.where(*_conditions(filters)).limit(limit).offset(offset)
    return tuple(RawEntry(*row) for row in read(query))


def find_entry(source: str, number: int) -> RawEntry | None:
    """One entry by its name's two parts."""
    row = read(_ONE, {"source": source, "number": number}).one_or_none()
    return RawEntry(*row) if row else None


def list_fields(entries: Sequence[RawEntry]) -> dict[str, tuple[RawField, ...]]:
    """The columns that each entry changed, by its name."""
    found: dict[str, list[RawField]] = {entry.name: [] for entry in entries}
    for start in range(0, len(entries), AT_ONCE):
        some = entries[start : start + AT_ONCE]
        loads = {(entry.made_at, *entry.key): entry.name for entry in some if entry.source == LOAD}
        for row in read(_fields(some)):
            moment = row.made_at if row.made_at.tzinfo else row.made_at.replace(tzinfo=UTC)
            name = f"{NOTE}{row.note_id}" if row.note_id else loads[moment, row.subject, row.subject_id]
            found[name].append(RawField(row.field, row.old_value, row.new_value))
    return {name: tuple(fields) for name, fields in found.items()}


def list_regions() -> tuple[tuple[str, str], ...]:
    """Regions with an entry, as (slug, name)."""
    return tuple((slug, name) for slug, name in read(_REGIONS))


def list_years() -> tuple[str, ...]:
    """Years from the newest entry back to the first, by the clock of Kalimantan's east."""
    first, last = read(_SPAN).one()
    if first is None:
        return ()
    years = range(WITA.local(last).year, WIB.local(first).year - 1, -1)
    return tuple(str(year) for year in years)


def _fields(entries: Iterable[RawEntry]) -> Select[*tuple[Any, ...]]:
    notes = [entry.number for entry in entries if entry.source == NOTE]
    loads = [
        and_(
            Correction.made_at == entry.made_at,
            Correction.subject == entry.subject,
            Correction.subject_id == entry.subject_id,
            Correction.note_id.is_(None),
        )
        for entry in entries
        if entry.source == LOAD
    ]
    columns = (
        Correction.note_id,
        Correction.made_at,
        Correction.subject,
        Correction.subject_id,
        Correction.field,
        Correction.old_value,
        Correction.new_value,
    )
    return select(*columns).where(or_(Correction.note_id.in_(notes), *loads)).order_by(Correction.id)


def _conditions(filters: LedgerFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.region:
        here = select(Region.code).where(Region.slug == filters.region)
        # A province's regencies belong to it.
        within = select(Region.code).where(or_(Region.code.in_(here), Region.province_code.in_(here)))
        found.append(_ALL.c.region_code.in_(within))
    if filters.kind:
        found.append(_ALL.c.subject == filters.kind)
    if filters.year:
        found.append(or_(*(_in_year(clock, int(filters.year)) for clock in (WIB, WITA, WIT))))
    return found


def _in_year(clock: Clock, year: int) -> ColumnElement[bool]:
    """Made in the year that the clock of the record's region showed."""
    start, end = (datetime(turn, 1, 1, tzinfo=clock.zone) for turn in (year, year + 1))
    return and_(_goes_by(clock), _ALL.c.made_at >= start, _ALL.c.made_at < end)


def _goes_by(clock: Clock) -> ColumnElement[bool]:
    province = func.substr(func.coalesce(_ALL.c.region_code, ""), 1, 2)
    own = {WITA: WITA_PROVINCES, WIT: WIT_PROVINCES}
    if clock in own:
        return province.in_(sorted(own[clock]))
    return province.not_in(sorted(WITA_PROVINCES | WIT_PROVINCES))
