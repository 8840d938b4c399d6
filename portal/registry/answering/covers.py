"""Covers as the answer shows them: named, current ones first, and when each ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from portal.offices.queries import list_offices
from portal.offices.shapes import OfficeShape
from portal.registry.answering.shapes import CoverView
from portal.registry.proofs.queries import NamedProgram, list_named_programs
from portal.registry.shapes import FoundCover

# Kalimantan's clocks: UTC+7 in the west, UTC+8 elsewhere; a month's end is the same to a worker.
LOCAL = timedelta(hours=8)
ORDER = ("now", "between", "later", "past")

Spans = Sequence[tuple[int, int]]


def local_today() -> date:
    """The day it is in Kalimantan."""
    return (datetime.now(UTC) + LOCAL).date()


def month_of(day: date) -> int:
    """The month of a day as the lists number it."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a numbered month."""
    return date(month // 12, month % 12 + 1, 1)


def when_covered(spans: Spans, month: int) -> tuple[str, int]:
    """How spans of months (in order) lie to a month, and the month at which that turns; see CoverView."""
    present = [last for first, last in spans if first <= month <= last]
    if present:
        return "now", max(present)
    coming = [first for first, _last in spans if first > month]
    if coming:
        return ("between" if len(coming) < len(spans) else "later"), min(coming)
    return "past", max(last for _first, last in spans)


def list_cover_views(covers: Sequence[FoundCover], today: date) -> tuple[CoverView, ...]:
    """Covers with the names of programme and region in this request's language, current ones first."""
    programs = list_named_programs({cover.program for cover in covers})
    offices = list_offices({program.region_code for program in programs.values()})
    views = [_view(cover, programs.get(cover.program), offices, today) for cover in covers]
    return tuple(sorted(views, key=lambda view: ORDER.index(view.when)))


def _view(
    cover: FoundCover, program: NamedProgram | None, offices: Collection[OfficeShape], today: date
) -> CoverView:
    when, turn = when_covered(cover.months, month_of(today))
    return CoverView(
        program_name=program.name if program else cover.program,
        program_path=f"/program/{cover.program}" if program else "",
        region_name=program.region_name if program else "",
        region_path=f"/wilayah/{program.region_slug}" if program else "",
        funding_source=cover.funding_source,
        spans=tuple((first_day(first), first_day(last)) for first, last in cover.months),
        when=when,
        turn=first_day(turn),
        ends_now=when == "now" and turn == month_of(today),
        synthetic=cover.synthetic,
        offices=tuple(office for office in offices if program and office.region_code == program.region_code),
    )
