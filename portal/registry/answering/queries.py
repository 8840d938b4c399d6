"""Where programmes are published."""

from __future__ import annotations

from sqlalchemy import select

from portal.areas.models import Region
from portal.extensions import read
from portal.programs.models import Program

_PROVINCES = select(Region.province_code).join(Program, Program.region_code == Region.code).distinct()


def list_provinces_with_programs() -> frozenset[str]:
    """The codes of provinces in which any government has a published programme."""
    return frozenset(read(_PROVINCES).scalars())
