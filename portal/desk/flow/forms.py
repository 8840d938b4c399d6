"""What is typed and chosen on the desk's pages: filters, the moment of a schedule, revisions to compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from portal.areas.clocks import Clock
from portal.core.errors import BadQuery
from portal.core.i18n import gettext as _
from portal.desk.flow.queries.lists import MARKS, STATES
from portal.desk.flow.shapes import ItemFilter
from portal.publishing.outcomes import BadSchedule

LONGEST_WORDS = 200
# Said aloud, because without a region the one in view counts.
EVERY_REGION = "semua"
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
LOCAL_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?")
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
REGION = re.compile(r"\d\d(?:\.\d\d)?", re.ASCII)


def read_filter(kind: str, arguments: Mapping[str, str]) -> ItemFilter:
    """The filter in a list's address; raises BadQuery for a state, mark or region that can't be one."""
    region = arguments.get("wilayah", "").strip()
    region = "" if region == EVERY_REGION else region
    state, mark = arguments.get("keadaan", "").strip(), arguments.get("tanda", "").strip()
    if (state and state not in STATES) or (mark and mark not in MARKS) or not _is_region(region):
        raise BadQuery(_("This list has no such filter. Choose from what the form offers."))
    words = " ".join(arguments.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS]
    return ItemFilter(kind, region, state, mark, words)


def _is_region(text: str) -> bool:
    return not text or REGION.fullmatch(text) is not None


def read_moment(day: str, hour: str, clock: Clock) -> datetime:
    """Day and time as typed, in the region's clock; raises BadSchedule for what is none."""
    return datetime.combine(_day(day.strip()), _hour(hour.strip()), clock.zone)


def _day(text: str) -> date:
    iso, local = ISO_DAY.fullmatch(text), LOCAL_DAY.fullmatch(text)
    parts = [int(part) for part in iso.groups()] if iso else []
    if local:
        parts = [int(part) for part in reversed(local.groups())]
    try:
        if parts and 2000 <= parts[0] <= 2999:
            return date(*parts)
    except ValueError:
        pass
    raise BadSchedule(_("Give the day as year-month-day, such as 2025-12-01."))


def _hour(text: str) -> time:
    found = HOUR.fullmatch(text)
    try:
        if found:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise BadSchedule(_("Give the time as hours and minutes, such as 08:00."))


def read_number(text: str | None) -> int:
    """A version or a revision's number as a form carries it; 0 for what is none."""
    return int(text) if text and NUMBER.fullmatch(text) else 0
