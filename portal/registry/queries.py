"""Reads of the registry, and of other domains' tables for its own use."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from portal.areas.models import District, Region, Village
from portal.extensions import db
from portal.programs.models import Program
from portal.registry.models import enrolment_lists
from portal.registry.shapes import (
    Cover,
    EnrolmentList,
    Place,
)

AnyRow = Row[*tuple[Any, ...]]


_LISTS = select(
    enrolment_lists.c.id,
    enrolment_lists.c.state,
    enrolment_lists.c.program,
    enrolment_lists.c.funding_source,
    enrolment_lists.c.first_month,
    enrolment_lists.c.last_month,
    enrolment_lists.c.people,
    enrolment_lists.c.rows_rejected,
    enrolment_lists.c.synthetic,
    enrolment_lists.c.staged_at,
    enrolment_lists.c.superseded_by,
    enrolment_lists.c.sha256,
    enrolment_lists.c.rows_read,
    enrolment_lists.c.staged_by,
    enrolment_lists.c.published_at,
    enrolment_lists.c.published_by,
    enrolment_lists.c.withdrawn_at,
    enrolment_lists.c.withdrawn_by,
    enrolment_lists.c.withdrawn_reason,
    enrolment_lists.c.superseded_at,
    enrolment_lists.c.purged_at,
)


def list_lists(connection: Connection) -> list[EnrolmentList]:
    """Every list, newest first."""
    return [_list(row) for row in connection.execute(_LISTS.order_by(enrolment_lists.c.id.desc()))]


def find_list(connection: Connection, list_id: int) -> EnrolmentList | None:
    """One list by its number."""
    row = connection.execute(_LISTS.where(enrolment_lists.c.id == list_id)).one_or_none()
    return None if row is None else _list(row)


def list_published(connection: Connection) -> dict[int, EnrolmentList]:
    """Published lists by number."""
    rows = connection.execute(_LISTS.where(enrolment_lists.c.state == "published"))
    return {row.id: _list(row) for row in rows}


def find_same_file(connection: Connection, sha256: str, cover: Cover) -> EnrolmentList | None:
    """The list that came from this very file for the same cover and is neither withdrawn nor purged."""
    columns = enrolment_lists.c
    row = connection.execute(
        _LISTS.where(
            columns.sha256 == sha256,
            columns.program == cover.program,
            columns.funding_source == cover.funding_source,
            columns.first_month == cover.first_month,
            columns.last_month == cover.last_month,
            columns.state.not_in(("withdrawn", "purged")),
        )
    ).one_or_none()
    return None if row is None else _list(row)


def find_program_region(slug: str) -> str | None:
    """The code of the government whose programme this is."""
    return db.session.execute(select(Program.region_code).where(Program.id == slug)).scalar_one_or_none()


def read_villages(region_code: str) -> dict[tuple[str, str], str]:
    """Codes of a region's villages by (district, village) as match keys.

    District "" stands for any, where the village's name occurs once in the region; its own code is a key too.
    """
    rows = db.session.execute(_villages_of(region_code)).all()
    found: dict[tuple[str, str], str] = {}
    twice: set[str] = set()
    for code, name, district in rows:
        village = place_key(name)
        found[place_key(district), village] = code
        found["", code.replace(".", "")] = code
        if ("", village) in found:
            twice.add(village)
        found["", village] = code
    for village in twice:
        del found["", village]
    return found


def list_places(region_code: str) -> list[Place]:
    """Villages of a region with their district, in order of code; none where areas are not loaded."""
    rows = db.session.execute(_villages_of(region_code).order_by(Village.code))
    return [Place(district, name) for _code, name, district in rows]


def _villages_of(region_code: str) -> Select[str, str, str]:
    return (
        select(Village.code, Village.name, District.name.label("district"))
        .join(District, District.code == Village.district_code)
        .join(Region, Region.code == District.regency_code)
        .where((Region.code == region_code) | (Region.province_code == region_code))
    )


def place_key(name: str) -> str:
    """A place's name for comparing: without case, punctuation and the words desa, kelurahan, kampung, kecamatan."""
    plain = re.sub(r"^\s*(desa|kelurahan|kel|kampung|kp|kecamatan|kec|nagari)\b[\s.]*", "", name.lower())
    return re.sub(r"[^a-z0-9]+", "", plain)


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _list(row: AnyRow) -> EnrolmentList:
    return EnrolmentList(
        id=row.id,
        state=row.state,
        cover=Cover(row.program, row.funding_source, row.first_month, row.last_month),
        people=row.people,
        rows_rejected=row.rows_rejected,
        synthetic=row.synthetic,
        staged_at=_moment(row.staged_at),
        superseded_by=row.superseded_by,
        sha256=row.sha256,
        rows_read=row.rows_read,
        staged_by=row.staged_by,
        published_at=_moment(row.published_at),
        published_by=row.published_by or "",
        withdrawn_at=_moment(row.withdrawn_at),
        withdrawn_by=row.withdrawn_by or "",
        withdrawn_reason=row.withdrawn_reason or "",
        superseded_at=_moment(row.superseded_at),
        purged_at=_moment(row.purged_at),
    )
