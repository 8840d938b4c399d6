"""Which programmes have had lists, and how they are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from portal.areas.models import Region
from portal.core.i18n import language
from portal.extensions import db, read
from portal.programs.models import Program
from portal.registry.models import enrolment_lists

# A list keeps its row when it is replaced or withdrawn, so a programme that ever had one is known for good.
_LISTED = select(enrolment_lists.c.program).distinct()
_NAMED = (
    select(Program.id, Program.name_id, Program.name_en, Region.name, Region.slug, Region.code)
    .join(Region, Region.code == Program.region_code)
    .where(Program.id.in_(bindparam("programs", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class NamedProgram:
    """A published programme with its government, in the visitor's language."""

    name: str
    region_name: str
    region_slug: str
    region_code: str


def list_listed_programs() -> list[str]:
    """The ids of all programmes that ever had a list."""
    with db.engines["registry"].connect() as connection:
        return list(connection.execute(_LISTED).scalars())


def list_named_programs(programs: Collection[str]) -> dict[str, NamedProgram]:
    """Those of these programmes that are published, by id."""
    if not programs:
        return {}
    rows = read(_NAMED, {"programs": list(programs)})
    place = 2 if language() == "en" else 1
    return {row[0]: NamedProgram(row[place], row[3], row[4], row[5]) for row in rows}
