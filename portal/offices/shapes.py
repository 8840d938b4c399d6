"""Offices as pages, PDF and the check's answer use them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.core.i18n import language
from portal.evidence.shapes import SourceShape

_NOT_DIALLED = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True)
class OfficeShape:
    """An office of a region. What no source publishes of it is None."""

    id: str
    region_code: str
    kind: str
    name_id: str
    name_en: str | None
    address: str | None
    phone: str | None
    email: str | None
    website: str | None
    hours_id: str | None
    hours_en: str | None
    note: str | None
    sources: tuple[SourceShape, ...]

    @property
    def name(self) -> str:
        """Its name in the page's language, Indonesian where it has no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_id

    @property
    def hours(self) -> str | None:
        """When it is open, in the page's language, Indonesian where it has no English."""
        return self.hours_en if language() == "en" and self.hours_en else self.hours_id

    @property
    def dialled(self) -> str:
        """The telephone number as a telephone dials it."""
        return _NOT_DIALLED.sub("", self.phone or "")

    @property
    def host(self) -> str | None:
        """The website's name, None without website."""
        return urlsplit(self.website).hostname if self.website else None
