"""Tables of areas. A region is a government: a province or a regency or city."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, one_of

LEVELS = ("province", "regency", "city")


class Region(ContentBase):
    """A province (code `64`) or a regency or city (code `64.03`), by Kemendagri code."""

    __tablename__ = "regions"
    __table_args__ = (CheckConstraint(one_of("level", LEVELS), name="level"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    level: Mapped[str]
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)


class District(ContentBase):
    """A kecamatan (code `64.03.01`)."""

    __tablename__ = "districts"

    code: Mapped[str] = mapped_column(primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    name: Mapped[str]


class Village(ContentBase):
    """A desa or kelurahan (code `64.03.01.2001`; last group 1xxx kelurahan, 2xxx desa)."""

    __tablename__ = "villages"

    code: Mapped[str] = mapped_column(primary_key=True)
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code"), index=True)
    name: Mapped[str]


class Population(ContentBase):
    """Residents of a region by Kepmendagri 300.2.2-2138/2025."""

    __tablename__ = "populations"
    __table_args__ = (CheckConstraint("men >= 0 AND women >= 0 AND total = men + women", name="adds_up"),)

    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    men: Mapped[int]
    women: Mapped[int]
    total: Mapped[int]


class Tile(ContentBase):
    """Where a regency stands on the schematic map."""

    __tablename__ = "tiles"

    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    column: Mapped[int]
    row: Mapped[int]


class AreaEdition(ContentBase):
    """Which edition of the area files is loaded: checksum of the files and when."""

    __tablename__ = "area_editions"

    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    loaded_on: Mapped[date]
