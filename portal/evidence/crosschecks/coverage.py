"""A stated coverage against participants ÷ potential workers, or ÷ (participants + not covered)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portal.core.formatting import percent, quantity
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.facts import ProgrammeFacts
from portal.evidence.crosschecks.findings import AGREES, DIFFERS, Finding, claim_input, of_claim
from portal.evidence.crosschecks.numbers import rounded_to
from portal.evidence.crosschecks.ranges import Range, fits, input_range, stated_range
from portal.evidence.shapes import CheckShape, ClaimShape


def check_coverage(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for each coverage whose own report gives the participants and the people they are measured by."""
    for coverage in facts.claims_of("coverage_percent"):
        for people in facts.claims_of("participants_total"):
            for base in facts.claims_of("potential_workers", "not_covered"):
                whole = Fraction(base.quantity.value)
                whole += Fraction(people.quantity.value) if _is_rest(base) else 0
                if whole and _share_sources(coverage, people, base):
                    yield of_claim(facts, "ratio", coverage, _finding(people, base, coverage, whole))


def is_measured_by(facts: ProgrammeFacts, people: ClaimShape, base: ClaimShape) -> bool:
    """Whether a stated coverage is held against just these two figures."""
    return any(_share_sources(coverage, people, base) for coverage in facts.claims_of("coverage_percent"))


def _is_rest(base: ClaimShape) -> bool:
    return base.metric == "not_covered"


def _share_sources(*claims: ClaimShape) -> bool:
    """Whether one source states them all: only then do they surely measure the same people."""
    return bool(set.intersection(*(set(claim.source_ids) for claim in claims)))


def _finding(people: ClaimShape, base: ClaimShape, coverage: ClaimShape, whole: Fraction) -> Finding:
    """`whole` is above zero."""
    stated = coverage.quantity
    share = Fraction(people.quantity.value) / whole * 100
    agrees = fits(share, stated) or _span(people, base).overlaps(stated_range(stated))
    shown = rounded_to(share, 2)

    def say() -> str:
        words = {
            "people": quantity(people.quantity),
            "base": quantity(Quantity(int(whole), base.quantity.qualifier)),
            "share": percent(shown),
            "stated": quantity(stated),
        }
        if agrees:
            return _(
                "%(people)s of %(base)s are %(share)s, which agrees with the stated %(stated)s.", **words
            )
        return _("%(people)s of %(base)s are %(share)s, but %(stated)s is stated.", **words)

    parts = f"{people.quantity.value} + {base.quantity.value}"
    divisor = f"({parts})" if _is_rest(base) else f"{base.quantity.value}"
    return Finding(
        AGREES if agrees else DIFFERS,
        (
            claim_input(people, "participants"),
            claim_input(base, "not covered" if _is_rest(base) else "potential workers"),
            claim_input(coverage, "coverage stated"),
        ),
        f"{people.quantity.value} ÷ {divisor} × 100%",
        f"{shown}%",
        say,
    )


def _span(people: ClaimShape, base: ClaimShape) -> Range:
    """The shares that the rounding of both figures allows."""
    part, rest = input_range(people.quantity), input_range(base.quantity)
    added = _is_rest(base)
    low = _share(part.low, rest.high, added=added)
    high = _share(part.high, rest.low, added=added)
    return Range(low, high, part.low_open or rest.high_open, part.high_open or rest.low_open)


def _share(part: Fraction | None, rest: Fraction | None, *, added: bool) -> Fraction | None:
    if part is None or rest is None:
        return None
    whole = part + rest if added else rest
    return part / whole * 100 if whole else None
