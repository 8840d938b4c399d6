"""The official clock of a region: Western, Central or Eastern Indonesian Time (Keputusan Presiden 41/1987)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

# Provinces by Kemendagri code. Sumatra, Java, West and Central Kalimantan keep WIB; Maluku and Papua WIT.
WITA_PROVINCES = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
WIT_PROVINCES = {"81", "82", "91", "92", "93", "94", "95", "96"}


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock: its official abbreviation and hours ahead of UTC."""

    name: str
    hours: int

    @property
    def zone(self) -> timezone:
        """The clock for datetimes."""
        return timezone(timedelta(hours=self.hours), self.name)

    def local(self, moment: datetime) -> datetime:
        """A stored moment (UTC, with or without saying so) as this clock shows it."""
        utc = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return utc.astimezone(self.zone)


WIB, WITA, WIT = Clock("WIB", 7), Clock("WITA", 8), Clock("WIT", 9)


def clock_of(region_code: str | None) -> Clock:
    """The clock of a region by its code; national records (None) go by WIB, the capital's."""
    province = (region_code or "")[:2]
    if province in WITA_PROVINCES:
        return WITA
    return WIT if province in WIT_PROVINCES else WIB
