"""Published enrolment lists against the stated participants; a synthetic list is no evidence."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.formatting import integer
from portal.core.i18n import gettext as _
from portal.evidence.crosschecks.facts import EnrolmentCount, ProgrammeFacts
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    of_program,
    official_input,
    signed,
)
from portal.evidence.crosschecks.ranges import fits, stated_range
from portal.evidence.crosschecks.stated import Stated, stated_participants
from portal.evidence.shapes import CheckShape


def check_enrolment(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for a programme that states how many people it covers, or has published a list."""
    stated = stated_participants(facts)
    if stated is not None or facts.enrolment is not None:
        yield of_program(facts, "registry", _finding(stated, facts.enrolment))


def _finding(stated: Stated | None, listed: EnrolmentCount | None) -> Finding:
    inputs = stated.inputs if stated else ()
    if listed is not None:
        key = "people on synthetic lists" if listed.is_synthetic else "people on published lists"
        inputs = (*inputs, official_input(key, listed.people))
    verdict = _verdict(stated, listed)
    if listed is None or stated is None:
        formula, result = "", f"{listed.people}" if listed else "no published list"
    else:
        formula = f"{listed.people} − {stated.formula}"
        result = signed(listed.people - int(stated.amount.value))
    return Finding(verdict, inputs, formula, result, lambda: _sentence(verdict, stated, listed))


def _verdict(stated: Stated | None, listed: EnrolmentCount | None) -> str:
    if listed is None or stated is None or listed.is_synthetic:
        return CANNOT_TELL
    if fits(listed.people, stated.amount):
        return AGREES
    # Lines of several payers may cover the same people: then a shorter list is no contradiction.
    low = stated_range(stated.amount).low
    return CANNOT_TELL if stated.is_added and low is not None and listed.people < low else DIFFERS


def _sentence(verdict: str, stated: Stated | None, listed: EnrolmentCount | None) -> str:
    said = stated.words() if stated else ""
    if listed is None:
        return _(
            "No enrolment list has been published, so the stated %(stated)s participants cannot be checked.",
            stated=said,
        )
    words = {"listed": integer(listed.people), "stated": said}
    if listed.is_synthetic:
        return _(
            "The list of %(listed)s people is synthetic (made up for trying the portal) and proves nothing.",
            **words,
        )
    if stated is None:
        return _("The published lists have %(listed)s people; no number of participants is stated.", **words)
    if verdict == AGREES:
        return _(
            "The published lists have %(listed)s people, which agrees with the stated %(stated)s.", **words
        )
    if verdict == CANNOT_TELL:
        return _(
            "The published lists have %(listed)s people and %(stated)s are stated; the lines may cover the same "
            "people, so it cannot be told whether they agree.",
            **words,
        )
    return _("The published lists have %(listed)s people, but %(stated)s are stated.", **words)
