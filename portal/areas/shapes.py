"""Regions and what they are made of, as pages, PDF and JSON use them."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class RegionShape:
    """A government: a province, a regency or a city. `population` counts residents, None where not loaded."""

    code: str
    slug: str
    name: str
    level: str
    province_code: str
    province_name: str
    province_slug: str
    population: int | None

    @property
    def is_province(self) -> bool:
        """Whether it is a province."""
        return self.level == "province"

    @property
    def full_name(self) -> str:
        """The name with the kind of government: `Provinsi Kalimantan Utara`, `Kabupaten Berau`."""
        return _("Province of %(name)s", name=self.name) if self.is_province else self.name


@dataclass(frozen=True, slots=True)
class Subdivisions:
    """How many districts (kecamatan) and villages a region has.

    A village is a `desa`, a `kelurahan` (urban ward) or a `desa_adat` (customary village, in Papua).
    """

    districts: int
    desa: int
    kelurahan: int
    desa_adat: int

    @property
    def villages(self) -> int:
        """Villages of every kind."""
        return self.desa + self.kelurahan + self.desa_adat


@dataclass(frozen=True, slots=True)
class TileShape:
    """Where a regency or city stands on the schematic map, in columns and rows from 1."""

    region_code: str
    slug: str
    name: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class VillageShape:
    """A village with its district, by name."""

    code: str
    name: str
    district: str
