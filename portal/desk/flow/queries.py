"""Reads of the desk's frame."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from portal.areas.models import Region
from portal.extensions import read

_NAMES = (
    select(Region.code, Region.name)
    .where(Region.code.in_(bindparam("codes", expanding=True)))
    .order_by(Region.code)
)


def list_region_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of these regions, by code."""
    wanted = [code for code in codes if code]
    return {code: name for code, name in read(_NAMES, {"codes": wanted})} if wanted else {}
