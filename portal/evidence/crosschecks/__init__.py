"""Cross-checks: pure functions from what is published about a programme to findings that anyone can redo.

They go by rule, never by the name of a region or programme; docs/figures.md gives each formula and tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal.evidence.crosschecks.contribution import check_contributions
from portal.evidence.crosschecks.coverage import check_coverage
from portal.evidence.crosschecks.duration import check_durations
from portal.evidence.crosschecks.enrolment import check_enrolment
from portal.evidence.crosschecks.facts import ProgrammeFacts
from portal.evidence.crosschecks.product import check_products
from portal.evidence.crosschecks.publishers import check_sources
from portal.evidence.crosschecks.ratio import check_ratios
from portal.evidence.crosschecks.rivals import check_rivals
from portal.evidence.crosschecks.stages import check_stages
from portal.evidence.crosschecks.sums import check_sums
from portal.evidence.shapes import CheckShape

# In the order of vocabulary.CHECK_KINDS, in which pages list them.
CHECKS: tuple[Callable[[ProgrammeFacts], Iterator[CheckShape]], ...] = (
    check_contributions,
    check_durations,
    check_products,
    check_sums,
    check_rivals,
    check_stages,
    check_sources,
    check_enrolment,
    check_ratios,
    check_coverage,
)


def check_programme(facts: ProgrammeFacts) -> tuple[CheckShape, ...]:
    """Every cross-check of one programme, in a fixed order."""
    return tuple(found for check in CHECKS for found in check(facts))
