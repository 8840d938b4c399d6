"""A region's offices and its last correction in one query, for a page that may ask only twelve."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, literal, select, true

from portal.corrections.queries import last_change_of_region
from portal.corrections.shapes import Change
from portal.evidence.joins import fold_sources
from portal.evidence.models import Source
from portal.extensions import read
from portal.offices.models import Office, OfficeSource
from portal.offices.queries import OFFICE_COLUMNS, OFFICE_ORDER
from portal.offices.shapes import OfficeShape

_LAST = last_change_of_region()
_WIDTH = len(_LAST.c)
# One row at the least, whatever is missing.
_BOTH: Select[*tuple[Any, ...]] = (
    select(_LAST, *OFFICE_COLUMNS)
    .select_from(select(literal(1)).subquery())
    .outerjoin(_LAST, true())
    .outerjoin(Office, Office.region_code == bindparam("region"))
    .outerjoin(OfficeSource, OfficeSource.office_id == Office.id)
    .outerjoin(Source, Source.id == OfficeSource.source_id)
    .order_by(*OFFICE_ORDER)
)


def read_offices_and_change(region_code: str) -> tuple[tuple[OfficeShape, ...], Change | None]:
    """The offices of the region in their order, and the last correction of any of its records."""
    rows = read(_BOTH, {"region": region_code}).all()
    change = Change(*rows[0][:_WIDTH]) if rows[0][0] is not None else None
    offices = (row[_WIDTH:] for row in rows if row[_WIDTH] is not None)
    return tuple(OfficeShape(*record) for record in fold_sources(offices)), change
