"""The ledger of corrections: append-only, public."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase


class Correction(ContentBase):
    """One field of one published record that changed: old value, new value, why, when (UTC)."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    subject: Mapped[str]
    subject_id: Mapped[str]
    field: Mapped[str]
    old_value: Mapped[str | None] = mapped_column(Text)
    new_value: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
