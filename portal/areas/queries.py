"""Reads of areas."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, case, func, select, true
from sqlalchemy.orm import aliased

from portal.areas.models import District, Population, Region, Tile, Village
from portal.areas.shapes import RegionShape, Subdivisions, TileShape, VillageShape
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.extensions import read

_province, _itself = aliased(Region), aliased(Region)
_REGIONS = (
    select(
        Region.code,
        Region.slug,
        Region.name,
        Region.level,
        Region.province_code,
        _province.name,
        _province.slug,
        Population.total,
    )
    .join(_province, _province.code == Region.province_code)
    .outerjoin(Population, Population.region_code == Region.code)
)
_ALL = _REGIONS.order_by(Region.province_code, Region.code)
_NAMES = (
    select(Region.code, Region.name)
    .where(Region.code.in_(bindparam("codes", expanding=True)))
    .order_by(Region.code)
)
_CODE = select(Region.code).where(Region.code == bindparam("code"))
_PROVINCES = _ALL.where(Region.level == "province")
_BY_SLUG = _REGIONS.where(Region.slug == bindparam("slug"))
_HERE = select(_itself.code).where(_itself.slug == bindparam("slug")).scalar_subquery()
# A regency is nobody's province, so with a regency's slug this is the regency alone.
_WITHIN = (Region.slug == bindparam("slug")) | (Region.province_code == _HERE)

# The first digit of a village code's last group tells its kind (Kemendagri: 1 kelurahan, 2 desa, 3 desa adat).
_kind = func.substr(Village.code, 10, 1)
_COUNTS = select(
    func.count(District.code.distinct()).label("districts"),
    *(
        func.coalesce(func.sum(case((_kind == digit, 1), else_=0)), 0).label(name)
        for name, digit in (("desa", "2"), ("kelurahan", "1"), ("desa_adat", "3"))
    ),
).outerjoin(Village, Village.district_code == District.code)
_COUNTS_OF = _COUNTS.where(
    District.regency_code.in_(
        select(Region.code).where(bindparam("code").in_((Region.code, Region.province_code)))
    )
)
_COUNTS_HERE = _COUNTS.where(District.regency_code.in_(select(Region.code).where(_WITHIN))).subquery()
_WITH_MEMBERS = (
    _REGIONS.add_columns(*_COUNTS_HERE.c).join(_COUNTS_HERE, true()).where(_WITHIN).order_by(Region.code)
)
_TILES = select(Tile.region_code, Region.slug, Region.name, Tile.column, Tile.row).join(
    Region, Region.code == Tile.region_code
)
_VILLAGES = (
    select(Village.code, Village.name, District.name)
    .join(District, District.code == Village.district_code)
    .where(Village.code.in_(bindparam("codes", expanding=True)))
)


def list_regions() -> tuple[RegionShape, ...]:
    """Every province, regency and city, each province before its members, by Kemendagri code."""
    return tuple(RegionShape(*row) for row in read(_ALL))


def list_provinces() -> tuple[RegionShape, ...]:
    """Every province, by code."""
    return tuple(RegionShape(*row) for row in read(_PROVINCES))


def find_region(slug: str) -> RegionShape | None:
    """The region at this address, or None."""
    # PostgreSQL takes no NUL in a text.
    row = None if "\0" in slug else read(_BY_SLUG, {"slug": slug}).one_or_none()
    return RegionShape(*row) if row else None


def get_region(slug: str) -> RegionShape:
    """The region at this address; raises NotFound."""
    region = find_region(slug)
    if region is None:
        raise _not_found()
    return region


def _not_found() -> NotFound:
    return NotFound(_("No region has this address. Look for it in the list of regions."))


def list_region_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of these regions by code; an empty code is nobody's."""
    wanted = [code for code in codes if code]
    return {row.code: row.name for row in read(_NAMES, {"codes": wanted})} if wanted else {}


def has_region(slug: str) -> bool:
    """Whether a region has this address."""
    return find_region(slug) is not None


def region_exists(code: str) -> bool:
    """Whether a region has this Kemendagri code."""
    # PostgreSQL takes no NUL in a text.
    return "\0" not in code and read(_CODE, {"code": code}).first() is not None


def get_region_with_members(slug: str) -> tuple[RegionShape, tuple[RegionShape, ...], Subdivisions]:
    """The region at this address, its districts and villages counted by the official list of codes.

    Of a province its regencies and cities, too, by code; raises NotFound.
    """
    rows = () if "\0" in slug else read(_WITH_MEMBERS, {"slug": slug}).all()
    if not rows:
        raise _not_found()
    found = tuple(RegionShape(*row[:-4]) for row in rows)
    return found[0], found[1:], Subdivisions(*rows[0][-4:])


def count_subdivisions(region: RegionShape) -> Subdivisions:
    """How many districts and villages the region has, by the official list of codes."""
    return Subdivisions(*read(_COUNTS_OF, {"code": region.code}).one())


def list_tiles() -> tuple[TileShape, ...]:
    """The places of the schematic map (Kalimantan)."""
    return tuple(TileShape(*row) for row in read(_TILES))


def list_villages(codes: Collection[str]) -> dict[str, VillageShape]:
    """Villages by code; a code that isn't on the official list is left out."""
    if not codes:
        return {}
    rows = read(_VILLAGES, {"codes": list(codes)})
    return {row[0]: VillageShape(*row) for row in rows}
