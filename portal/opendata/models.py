"""What is kept of a loaded data package so that it can be exported as it came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase


class DataPackage(ContentBase):
    """A loaded package: its descriptor as written and how each table was written."""

    __tablename__ = "data_packages"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str]
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    descriptor: Mapped[str] = mapped_column(Text)
    dialects: Mapped[dict[str, Any]] = mapped_column(JSON)
