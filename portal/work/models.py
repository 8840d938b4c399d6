"""The worker's signs of life."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase


class WorkerBeat(ContentBase):
    """One row per worker: when it started and when it last said that it lives (UTC)."""

    __tablename__ = "worker_beats"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    beat_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
