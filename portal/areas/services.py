"""Loading the area files into the database: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from portal.areas.files import AreaFiles, checksum, read_area_files
from portal.areas.models import AreaEdition, District, Population, Region, Tile, Village
from portal.areas.names import CITY, display_name, slugs
from portal.core.publication import publish_change

EDITION = "areas"


@dataclass(frozen=True)
class AreasLoaded:
    """How many areas the files hold; `changed` is False where this edition was loaded before."""

    changed: bool
    provinces: int = 0
    regencies: int = 0
    districts: int = 0
    villages: int = 0


def load_areas(session: Session, folder: Path) -> AreasLoaded:
    """Load `folder` unless that edition is loaded; commits. Raises AreaFileDamaged and changes nothing then."""
    if _loaded(session) == checksum(folder):
        return AreasLoaded(changed=False)
    files = read_area_files(folder)
    try:
        _store(session, files)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return AreasLoaded(
        True, len(files.provinces), len(files.regencies), len(files.districts), len(files.villages)
    )


def _loaded(session: Session) -> str | None:
    return session.execute(select(AreaEdition.sha256).where(AreaEdition.name == EDITION)).scalar_one_or_none()


def _store(session: Session, files: AreaFiles) -> None:
    """Regions stay, as content points at them; everything below them is written anew."""
    for model in (Tile, Population, Village, District, AreaEdition):
        session.execute(delete(model))
    _store_regions(session, files)
    _add(session, District, ("code", "regency_code", "name"), files.districts)
    _add(session, Village, ("code", "district_code", "name"), files.villages)
    people = ((row[0], *map(int, row[1:])) for row in files.population)
    _add(session, Population, ("region_code", "men", "women", "total"), people)
    places = ((row[0], *map(int, row[1:])) for row in files.tiles)
    _add(session, Tile, ("region_code", "column", "row"), places)
    today = datetime.now(UTC).date()
    _add(session, AreaEdition, ("name", "sha256", "loaded_on"), [(EDITION, files.sha256, today)])
    publish_change(session)


def _store_regions(session: Session, files: AreaFiles) -> None:
    known = set(session.execute(select(Region.code)).scalars())
    rows = list(_regions(files))
    new = [row for row in rows if row["code"] not in known]
    if new:
        session.execute(insert(_table(Region)), new)
    for row in rows:
        if row["code"] in known:
            session.execute(update(_table(Region)).where(Region.code == row["code"]).values(row))


def _regions(files: AreaFiles) -> Iterable[dict[str, str]]:
    """Rows of `regions`, each province before its regencies."""
    slug = slugs((row[1] for row in files.provinces), (row[2] for row in files.regencies))
    for code, name in files.provinces:
        yield _region(code, code, "province", name, slug[name])
    for code, province, name in files.regencies:
        yield _region(code, province, "city" if name.startswith(CITY) else "regency", name, slug[name])


def _region(code: str, province: str, level: str, name: str, slug: str) -> dict[str, str]:
    return {"code": code, "province_code": province, "level": level, "name": display_name(name), "slug": slug}


def _add(session: Session, model: Any, columns: tuple[str, ...], rows: Iterable[Any]) -> None:
    values = [dict(zip(columns, row, strict=True)) for row in rows]
    if values:
        session.execute(insert(_table(model)), values)


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table
