"""Reads of the regions' settings."""

from __future__ import annotations

from sqlalchemy import select

from portal.areas.models import Region
from portal.desk.settings.models import RegionSetting
from portal.desk.settings.shapes import DEFAULT, Settings
from portal.extensions import db
from portal.publishing.talk.shapes import PREVIEW_DAYS

_COLUMNS = (RegionSetting.overdue_days, RegionSetting.preview_days, RegionSetting.mails_notices)


def settings_of(region_code: str | None) -> Settings:
    """The settings of a region; those of nobody in particular for national records."""
    row = db.session.execute(select(*_COLUMNS).where(RegionSetting.region_code == region_code)).one_or_none()
    return Settings(row[0], row[1], row[2]) if row else DEFAULT


def list_link_days(region_code: str | None) -> tuple[int, ...]:
    """For how many days a preview link can be good: the times everybody is offered, and the region's own."""
    return tuple(sorted({*PREVIEW_DAYS, settings_of(region_code).preview_days}))


def list_settings() -> dict[str, Settings]:
    """Every region that has settings of its own."""
    rows = db.session.execute(select(RegionSetting.region_code, *_COLUMNS))
    return {row[0]: Settings(row[1], row[2], row[3]) for row in rows}


def list_settable(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(code, name) of the regions in `codes` by name; every region where `codes` has the code of everywhere."""
    query = select(Region.code, Region.name).order_by(Region.name)
    if "" not in codes:
        query = query.where(Region.code.in_(codes))
    return tuple((code, name) for code, name in db.session.execute(query))
