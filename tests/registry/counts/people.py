"""Lists with so many made-up people in each of Berau's villages."""

from __future__ import annotations

from collections.abc import Iterable

from portal.registry.queries import list_places
from tests.registry.people import Somebody, somebody


def villagers(sizes: Iterable[int], start: int = 1, skip: int = 0) -> list[Somebody]:
    """People numbered from `start`: as many in each village as `sizes` says, after `skip` villages.

    Needs an application's context.
    """
    places = list_places("64.03")[skip:]
    found: list[Somebody] = []
    for place, size in zip(places, sizes, strict=False):
        for _person in range(size):
            found.append(somebody(start + len(found), district=place.district, village=place.village))
    return found


def village_codes(number: int) -> list[str]:
    """The codes of Berau's first villages. Needs an application's context."""
    from portal.areas.models import District, Village
    from portal.extensions import db

    query = db.session.query(Village.code).join(District, District.code == Village.district_code)
    return [
        code
        for (code,) in query.filter(District.regency_code == "64.03").order_by(Village.code).limit(number)
    ]
