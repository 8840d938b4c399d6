"""Moments in a region's own clock, which always says which one it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from babel.dates import format_date

from portal.areas.clocks import clock_of
from portal.core.formatting import date_short, date_time, hour
from portal.core.i18n import gettext as _
from portal.core.i18n import language


def moment_short(moment: datetime, region_code: str | None) -> str:
    """`1 Des 2025, 08.00 WITA`."""
    local = clock_of(region_code).local(moment)
    return f"{date_short(local.date())}, {hour(local)}"


def moment_long(moment: datetime, region_code: str | None) -> str:
    """`1 Desember 2025, 08.00 WITA`."""
    return date_time(clock_of(region_code).local(moment))


def moment_with_day(moment: datetime, region_code: str | None) -> str:
    """`Senin, 1 Desember 2025, 08.00 WITA`."""
    local = clock_of(region_code).local(moment)
    return f"{format_date(local.date(), 'EEEE, d MMMM y', locale=language())}, {hour(local)}"


def will_come_out(moment: datetime, region_code: str | None) -> str:
    """`akan terbit otomatis Senin, 1 Desember 2025, 08.00 WITA`; nobody can take it for anything else."""
    when = moment_with_day(moment, region_code)
    if moment <= datetime.now(UTC) - timedelta(minutes=1):
        return _("should have been published on %(when)s and is late", when=when)
    return _("will be published automatically on %(when)s", when=when)
