"""Reads of the last change of a record, and of why a record is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, literal, or_, select, union_all

from portal.corrections.shapes import Change
from portal.extensions import read
from portal.publishing.models import ChangeNote, Correction, Item

NOTE, LOAD = "n", "k"
Records = Mapping[str, Collection[str]]

_WITHDRAWALS: Select[*tuple[Any, ...]] = (
    select(ChangeNote.made_at, ChangeNote.reason, literal(NOTE), ChangeNote.id, ChangeNote.region_code)
    .where(
        ChangeNote.event == "withdrawn",
        ChangeNote.subject == bindparam("kind"),
        ChangeNote.subject_id == bindparam("record"),
    )
    .order_by(ChangeNote.id.desc())
    .limit(1)
)


def find_last_change(records: Records) -> Change | None:
    """The newest correction of any of these records (ids by kind), None where none was corrected."""
    last = _last(_are(ChangeNote, records), _are(Correction, records))
    row = read(select(last)).one_or_none()
    return Change(*row) if row else None


def find_withdrawal(kind: str, record_id: str) -> Change | None:
    """Why and when the record was last withdrawn, None where it never was."""
    # PostgreSQL takes no NUL in a text.
    if "\0" in record_id:
        return None
    row = read(_WITHDRAWALS, {"kind": kind, "record": record_id}).one_or_none()
    return Change(*row) if row else None


def last_change_of_region() -> Subquery:
    """The newest correction of any record of the region bound as `region`: no row or one, the fields of Change."""
    return _last(ChangeNote.region_code == bindparam("region"), Item.region_code == bindparam("region"))


def _last(noted: ColumnElement[bool], loaded: ColumnElement[bool]) -> Subquery:
    """The first change of the newest moment; a package's is named by its first cell."""
    notes: Select[*tuple[Any, ...]] = select(
        ChangeNote.made_at,
        ChangeNote.reason,
        literal(NOTE).label("source"),
        ChangeNote.id.label("number"),
        ChangeNote.region_code,
    ).where(ChangeNote.event == "corrected", noted)
    loads: Select[*tuple[Any, ...]] = (
        select(Correction.made_at, Correction.reason, literal(LOAD), Correction.id, Item.region_code)
        .outerjoin(Item, and_(Item.kind == Correction.subject, Item.record_id == Correction.subject_id))
        .where(Correction.note_id.is_(None), loaded)
    )
    both = union_all(notes, loads).subquery()
    return select(both).order_by(both.c.made_at.desc(), both.c.number).limit(1).subquery()


def _are(model: type[ChangeNote] | type[Correction], records: Records) -> ColumnElement[bool]:
    return or_(*(and_(model.subject == kind, model.subject_id.in_(ids)) for kind, ids in records.items()))
