"""Changing a region's settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.areas.queries import region_exists
from portal.core.audit import record
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.desk.settings.models import RegionSetting
from portal.desk.settings.shapes import Settings
from portal.extensions import db


def save_settings(actor: Actor, region_code: str, settings: Settings) -> None:
    """Keep what an administrator of the region has set; commits. Raises NotAllowed, NotFound."""
    require(actor, region_code, "administrator")
    session = db.session
    if not region_exists(region_code):
        raise NotFound(_("There is no region with this code."))
    values: dict[str, Any] = {
        "overdue_days": settings.overdue_days,
        "preview_days": settings.preview_days,
        "mails_notices": settings.mails_notices,
    }
    who = {"changed_at": datetime.now(UTC), "changed_by_id": actor.id}
    known = RegionSetting.region_code == region_code
    if session.execute(select(RegionSetting.region_code).where(known)).first():
        session.execute(update(RegionSetting).where(known).values(**values, **who))
    else:
        session.execute(insert(RegionSetting).values(region_code=region_code, **values, **who))
    record(session, actor.id, "settings.saved", f"region:{region_code}", {"region": region_code, **values})
    session.commit()
