"""Table of the regions' settings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, UtcDateTime


class RegionSetting(ContentBase):
    """What a region's administrator has set; a region without a row goes by `shapes.DEFAULT`."""

    __tablename__ = "region_settings"
    __table_args__ = (
        CheckConstraint("overdue_days BETWEEN 1 AND 60", name="overdue_days"),
        CheckConstraint("preview_days BETWEEN 1 AND 30", name="preview_days"),
    )

    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    overdue_days: Mapped[int]
    preview_days: Mapped[int]
    mails_notices: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
