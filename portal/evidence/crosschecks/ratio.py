"""Participants against the people concerned (potential workers, residents), never cut off at 100 %.

More participants than people concerned differs. A share that nothing stated can be held against tells its size
and no more; where the report states a share of its own, `coverage` holds the two together instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portal.core.formatting import integer, percent, quantity
from portal.core.i18n import gettext as _
from portal.evidence.crosschecks.coverage import is_measured_by
from portal.evidence.crosschecks.facts import ProgrammeFacts, lead, same_report
from portal.evidence.crosschecks.findings import (
    CANNOT_TELL,
    DIFFERS,
    Finding,
    claim_input,
    of_program,
    official_input,
)
from portal.evidence.crosschecks.numbers import rounded_to
from portal.evidence.crosschecks.ranges import stated_range
from portal.evidence.crosschecks.stated import Stated, added_up, stated_participants
from portal.evidence.shapes import CheckShape, ClaimShape


def check_ratios(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """Every ratio that the claims of a programme and the population of its region allow."""
    for potential in facts.claims_of("potential_workers"):
        for stated, same in _paired(facts, potential):
            yield of_program(facts, "ratio", _of_potential(stated, potential, same=same))
    stated_last = stated_participants(facts)
    if facts.residents and stated_last is not None:
        yield of_program(facts, "ratio", _of_residents(stated_last, facts.residents))


def _paired(facts: ProgrammeFacts, potential: ClaimShape) -> Iterator[tuple[Stated, bool]]:
    """Participants, and whether they are of the same report; without any such, the latest that are stated."""
    totals = facts.claims_of("participants_total")
    own = [claim for claim in totals if same_report(claim, potential)]
    for claim in own:
        if _is_over(Stated((), claim.quantity), potential) or not is_measured_by(facts, claim, potential):
            yield Stated((claim_input(claim, "participants"),), claim.quantity), True
    lines = None if totals else _enrolled(facts, potential)
    if lines is not None:
        yield lines, True
    stated = stated_participants(facts)
    if not own and lines is None and stated is not None:
        yield stated, False


def _enrolled(facts: ProgrammeFacts, potential: ClaimShape) -> Stated | None:
    """The enrolled workers of the same report, those of its latest year's lines added up."""
    found = [
        (line.fiscal_year or 0, item)
        for line in facts.lines
        if (item := lead(line, "enrolled")) is not None
        and item.workers is not None
        and same_report(item, potential)
    ]
    newest = max((year for year, _item in found), default=0)
    return added_up([item for year, item in found if year == newest])


def _is_over(stated: Stated, potential: ClaimShape) -> bool:
    return stated_range(potential.quantity).below(stated_range(stated.amount))


def _of_potential(stated: Stated, potential: ClaimShape, *, same: bool) -> Finding:
    base = potential.quantity
    share = rounded_to(Fraction(stated.amount.value) / Fraction(base.value) * 100, 1) if base.value else None
    over = same and share is not None and not stated.is_added and _is_over(stated, potential)

    def say() -> str:
        words = {"people": stated.words(), "base": quantity(base)}
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
        return _(
            "%(people)s participants of %(base)s potential workers are %(share)s; no source states a share to "
            "compare it with.",
            **words,
        )

    inputs = (*stated.inputs, claim_input(potential, "potential workers"))
    result = "no base" if share is None else f"{share}%"
    verdict = DIFFERS if over else CANNOT_TELL
    return Finding(verdict, inputs, f"{stated.formula} ÷ {base.value} × 100%", result, say)


def _of_residents(stated: Stated, residents: int) -> Finding:
    """`residents` is above zero."""
    share = rounded_to(Fraction(stated.amount.value) / residents * 100, 1)
    low = stated_range(stated.amount).low
    over = low is not None and low > residents and not stated.is_added

    def say() -> str:
        words = {"people": stated.words(), "residents": integer(residents), "share": percent(share)}
        if over:
            return _(
                "%(people)s participants are more than the %(residents)s residents of the region (%(share)s).",
                **words,
            )
        return _(
            "%(people)s participants are %(share)s of the %(residents)s residents of the region; how many of them "
            "are workers is not stated here, so this shows the size only.",
            **words,
        )

    return Finding(
        DIFFERS if over else CANNOT_TELL,
        (*stated.inputs, official_input("residents", residents)),
        f"{stated.formula} ÷ {residents} × 100%",
        f"{share}%",
        say,
    )
