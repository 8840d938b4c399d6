"""What the published lists hold, as the cross-checks of the floor below ask for it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from portal.evidence.crosschecks.facts import EnrolmentCount, ListedPeriod
from portal.registry.counts.queries import list_counts
from portal.registry.counts.shapes import ProgramCounts, month_of
from portal.registry.counts.unions import ANY_PAYER


def count_for_checks() -> dict[str, EnrolmentCount]:
    """People on the published lists by programme; a synthetic list counts only where there is no other.

    They are the published numbers: what is hidden there is hidden here. Empty where the registry's database doesn't
    answer: publishing facts must not wait for it, and the checks are made anew when the registry publishes a list.
    """
    try:
        counts = list_counts()
    except DBAPIError:
        return {}
    return {program: _count(one) for program, one in counts.items()}


def _count(counts: ProgramCounts) -> EnrolmentCount:
    if not counts.totals:
        return EnrolmentCount(counts.synthetic, is_synthetic=True)
    newest = max(total.published_on for total in counts.totals)
    current = counts.nearest(month_of(newest))
    periods = tuple(
        ListedPeriod(total.first_day, total.last_day, total.people)
        for total in counts.totals
        if total.payer == ANY_PAYER
    )
    return EnrolmentCount(
        current.people if current else None, month=current.day if current else None, periods=periods
    )
