"""Reads of offices, each with its sources in one query."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, case, select

from portal.core.vocabulary import OFFICE_KINDS
from portal.evidence.joins import SOURCE_COLUMNS, fold_sources
from portal.evidence.models import Source
from portal.extensions import read
from portal.offices.models import Office, OfficeSource
from portal.offices.shapes import OfficeShape

OFFICE_COLUMNS = (
    Office.id,
    Office.region_code,
    Office.kind,
    Office.name_id,
    Office.name_en,
    Office.address,
    Office.phone,
    Office.email,
    Office.website,
    Office.hours_id,
    Office.hours_en,
    Office.note,
    *SOURCE_COLUMNS,
)
# The government's own office comes first: it keeps the lists of who is covered.
_KINDS = case({kind: place for place, kind in enumerate(OFFICE_KINDS)}, value=Office.kind)
OFFICE_ORDER = (_KINDS, Office.sequence, OfficeSource.position)
_OFFICES = (
    select(*OFFICE_COLUMNS)
    .outerjoin(OfficeSource, OfficeSource.office_id == Office.id)
    .outerjoin(Source, Source.id == OfficeSource.source_id)
    .where(Office.region_code.in_(bindparam("regions", expanding=True)))
    .order_by(*OFFICE_ORDER)
)


def list_offices(regions: Collection[str]) -> tuple[OfficeShape, ...]:
    """The offices of regions (by code): government offices first, then branches of BPJS, then help desks."""
    if not regions:
        return ()
    rows = read(_OFFICES, {"regions": list(regions)})
    return tuple(OfficeShape(*record) for record in fold_sources(rows))
