"""What the published lists hold, as the cross-checks of the floor below ask for it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from portal.evidence.crosschecks.facts import EnrolmentCount
from portal.registry.queries import enrolment_counts


def count_for_checks() -> dict[str, EnrolmentCount]:
    """People on the published lists by programme; a synthetic list counts only where there is no other.

    Empty where the registry's database doesn't answer: publishing facts must not wait for it, and the checks are
    made anew when the registry publishes a list.
    """
    try:
        counts = enrolment_counts(include_synthetic=True)
    except DBAPIError:
        return {}
    # Synthetic lists first, so that a real one takes their place.
    ordered = sorted(counts.items(), key=lambda item: not item[0][1])
    return {program: EnrolmentCount(count.people, synthetic) for (program, synthetic), count in ordered}
