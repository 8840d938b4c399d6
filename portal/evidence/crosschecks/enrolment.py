"""Published enrolment lists against the stated participants; a synthetic list is no evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.core.formatting import integer, quantity
from portal.core.i18n import gettext as _
from portal.evidence.crosschecks.facts import EnrolmentCount, ProgrammeFacts, lead
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    claim_input,
    of_program,
    official_input,
    plain,
    signed,
    workers_input,
)
from portal.evidence.crosschecks.ranges import fits
from portal.evidence.shapes import CheckShape, InputShape


def check_enrolment(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for a programme that states how many people it covers, or has published a list."""
    stated = stated_participants(facts)
    if stated is not None or facts.enrolment is not None:
        yield of_program(facts, "registry", _finding(stated, facts.enrolment))


def stated_participants(facts: ProgrammeFacts) -> InputShape | None:
    """The latest stated number of participants: a claim, else the enrolled figure shown of the latest line."""
    claims = sorted(
        facts.claims_of("participants_total"), key=lambda claim: (claim.as_of or date.min, claim.id)
    )
    if claims:
        return claim_input(claims[-1], "participants")
    enrolled = [
        (line.fiscal_year or 0, item.as_of or date.min, line.id, item)
        for line in facts.lines
        if (item := lead(line, "enrolled")) is not None and item.workers is not None
    ]
    enrolled.sort(key=lambda entry: entry[:3])
    return workers_input(enrolled[-1][3], "workers, enrolled") if enrolled else None


def _finding(stated: InputShape | None, listed: EnrolmentCount | None) -> Finding:
    figure = stated.amount if stated else None
    if listed is None or figure is None or listed.is_synthetic:
        verdict = CANNOT_TELL
    else:
        verdict = AGREES if fits(listed.people, figure) else DIFFERS
    inputs = (stated,) if stated else ()
    if listed is not None:
        key = "people on synthetic lists" if listed.is_synthetic else "people on published lists"
        inputs = (*inputs, official_input(key, listed.people))

    def say() -> str:
        if listed is None:
            return _(
                "No enrolment list has been published, so the stated %(stated)s participants cannot be checked.",
                stated=quantity(figure),
            )
        words = {"listed": integer(listed.people), "stated": quantity(figure)}
        if listed.is_synthetic:
            return _(
                "The list of %(listed)s people is synthetic (made up for trying the portal) and proves nothing.",
                **words,
            )
        if figure is None:
            return _(
                "The published lists have %(listed)s people; no number of participants is stated.", **words
            )
        if verdict == AGREES:
            return _(
                "The published lists have %(listed)s people, which agrees with the stated %(stated)s.",
                **words,
            )
        return _("The published lists have %(listed)s people, but %(stated)s are stated.", **words)

    if listed is None or figure is None:
        formula, result = "", f"{listed.people}" if listed else "no published list"
    else:
        formula, result = f"{listed.people} − {plain(figure)}", signed(listed.people - int(figure.value))
    return Finding(verdict, inputs, formula, result, say)
