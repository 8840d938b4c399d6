"""Participants against the people concerned (potential workers, residents), never cut off at 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portal.core.formatting import integer, percent, quantity
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.enrolment import stated_participants
from portal.evidence.crosschecks.facts import ProgrammeFacts, lead, same_report
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    claim_input,
    of_program,
    official_input,
    workers_input,
)
from portal.evidence.crosschecks.numbers import rounded_to
from portal.evidence.crosschecks.ranges import stated_range
from portal.evidence.shapes import CheckShape, ClaimShape, InputShape


def check_ratios(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """Every ratio that the claims of a programme and the population of its region allow."""
    for potential in facts.claims_of("potential_workers"):
        for entry, people, same in _paired(facts, potential):
            yield of_program(facts, "ratio", _of_potential(entry, people, potential, same=same))
    stated = stated_participants(facts)
    if facts.residents and stated is not None and stated.amount is not None:
        yield of_program(facts, "ratio", _of_residents(stated, stated.amount, facts.residents))


def _paired(facts: ProgrammeFacts, potential: ClaimShape) -> Iterator[tuple[InputShape, Quantity, bool]]:
    """Participants, and whether they are of the same report; without any such, the latest that are stated."""
    totals = facts.claims_of("participants_total")
    own = [claim_input(claim, "participants") for claim in totals if same_report(claim, potential)]
    if not totals:
        enrolled = [item for line in facts.lines if (item := lead(line, "enrolled")) is not None]
        own = [workers_input(item, "workers: enrolled") for item in enrolled if same_report(item, potential)]
    stated = stated_participants(facts)
    for entry in own:
        if entry.amount is not None:
            yield entry, entry.amount, True
    if not own and stated is not None and stated.amount is not None:
        yield stated, stated.amount, False


def _of_potential(entry: InputShape, people: Quantity, potential: ClaimShape, *, same: bool) -> Finding:
    base = potential.quantity
    share = rounded_to(Fraction(people.value) / Fraction(base.value) * 100, 1) if base.value else None
    over = stated_range(base).below(stated_range(people))
    verdict = (DIFFERS if over else AGREES) if same and share is not None else CANNOT_TELL

    def say() -> str:
        words = {"people": quantity(people), "base": quantity(base)}
        if share is None:
            return _(
                "%(people)s participants of %(base)s potential workers: there is nothing to measure them by.",
                **words,
            )
        words["share"] = percent(share)
        if not same:
            return _(
                "%(people)s participants of %(base)s potential workers would be %(share)s, but the two figures "
                "come from different reports.",
                **words,
            )
        if over:
            return _(
                "%(people)s participants of %(base)s potential workers are %(share)s: more people than the "
                "programme is said to concern.",
                **words,
            )
        return _("%(people)s participants of %(base)s potential workers are %(share)s.", **words)

    inputs = (entry, claim_input(potential, "potential workers"))
    result = "no base" if share is None else f"{share}%"
    return Finding(verdict, inputs, f"{people.value} ÷ {base.value} × 100%", result, say)


def _of_residents(stated: InputShape, people: Quantity, residents: int) -> Finding:
    """`residents` is above zero."""
    share = rounded_to(Fraction(people.value) / residents * 100, 1)
    low = stated_range(people).low
    over = low is not None and low > residents

    def say() -> str:
        words = {"people": quantity(people), "residents": integer(residents), "share": percent(share)}
        if over:
            return _(
                "%(people)s participants are more than the %(residents)s residents of the region (%(share)s).",
                **words,
            )
        return _(
            "%(people)s participants are %(share)s of the %(residents)s residents of the region.", **words
        )

    return Finding(
        DIFFERS if over else AGREES,
        (stated, official_input("residents", residents)),
        f"{people.value} ÷ {residents} × 100%",
        f"{share}%",
        say,
    )
