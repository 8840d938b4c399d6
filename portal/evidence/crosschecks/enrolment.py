"""Published enrolment lists against the stated participants; a synthetic list is no evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portal.core.formatting import integer, month_year, percent
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
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
from portal.evidence.crosschecks.numbers import rounded_to
from portal.evidence.crosschecks.ranges import fits, stated_range
from portal.evidence.crosschecks.stated import Stated, stated_participants
from portal.evidence.shapes import CheckShape, InputShape


def check_enrolment(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for a programme that states how many people it covers, or has published a list."""
    stated = stated_participants(facts)
    if stated is not None or facts.enrolment is not None:
        yield of_program(facts, "registry", _finding(stated, facts.enrolment))


def _finding(stated: Stated | None, published: EnrolmentCount | None) -> Finding:
    listed = published.at(stated.as_of, stated.year) if published and stated else published
    verdict = _verdict(stated, listed)
    inputs = (*(stated.inputs if stated else ()), *_listed_input(listed))
    formula, result = _sum(stated, published, listed)
    return Finding(verdict, inputs, formula, result, lambda: _sentence(verdict, stated, published, listed))


def _listed_input(listed: EnrolmentCount | None) -> tuple[InputShape, ...]:
    if listed is None or listed.people is None:
        return ()
    key = "people on synthetic lists" if listed.is_synthetic else "people on published lists"
    month = f": {listed.month:%Y-%m}" if listed.month else ""
    return (official_input(key + month, listed.people),)


def _sum(
    stated: Stated | None, published: EnrolmentCount | None, listed: EnrolmentCount | None
) -> tuple[str, str]:
    """Formula and result as they are stored."""
    if listed is None:
        return "", "no list of that month" if published else "no published list"
    if listed.people is None:
        return "", "not shown"
    if stated is None:
        return "", f"{listed.people}"
    gap = _gap(stated, listed.people)
    share = "" if gap.share is None else f" ({'−' if gap.people < 0 else ''}{gap.share}%)"
    return f"{listed.people} − {stated.formula}", signed(gap.people) + share


@dataclass(frozen=True, slots=True)
class _Gap:
    """How many people more (or, below zero, fewer) are listed than stated, and per cent of the stated without sign."""

    people: int
    share: Decimal | None


def _gap(stated: Stated, listed: int) -> _Gap:
    value = int(stated.amount.value)
    gap = listed - value
    return _Gap(gap, rounded_to(Fraction(abs(gap), value) * 100, 1) if value and gap else None)


def _verdict(stated: Stated | None, listed: EnrolmentCount | None) -> str:
    if listed is None or stated is None or listed.is_synthetic or listed.people is None:
        return CANNOT_TELL
    if fits(listed.people, stated.amount):
        return AGREES
    # Lines of several payers may cover the same people: then a shorter list is no contradiction.
    low = stated_range(stated.amount).low
    return CANNOT_TELL if stated.is_added and low is not None and listed.people < low else DIFFERS


def _sentence(
    verdict: str, stated: Stated | None, published: EnrolmentCount | None, listed: EnrolmentCount | None
) -> str:
    if listed is None:
        return _without_list(stated, published)
    if listed.people is None:
        return _hidden()
    words = {"listed": integer(listed.people), "stated": stated.words() if stated else ""}
    if listed.is_synthetic:
        return _(
            "The list of %(listed)s people is synthetic (made up for trying the portal) and proves nothing.",
            **words,
        )
    found = _found(listed)
    if stated is None:
        return found + " " + _("No number of participants is stated.")
    if verdict == AGREES:
        return found + " " + _("That agrees with the stated %(stated)s.", **words)
    if verdict == CANNOT_TELL:
        return (
            found
            + " "
            + _(
                "Stated are %(stated)s; the lines may cover the same people, so it cannot be told whether they agree.",
                **words,
            )
        )
    return f"{found} {_differing(stated, listed.people)}"


def _without_list(stated: Stated | None, published: EnrolmentCount | None) -> str:
    said = stated.words() if stated else ""
    if published is None or stated is None:
        return _(
            "No enrolment list has been published, so the stated %(stated)s participants cannot be checked.",
            stated=said,
        )
    time = month_year(stated.as_of) if stated.as_of else f"{stated.year}"
    return _(
        "The %(stated)s participants are stated for %(time)s, which no published list covers: they cannot be compared.",
        stated=said,
        time=time,
    )


def _hidden() -> str:
    return _(
        "How many people are on the published lists is not shown, because it would give away a group of fewer than "
        "five; so it cannot be compared."
    )


def _found(listed: EnrolmentCount) -> str:
    people = listed.people or 0
    if listed.month is None:
        return ngettext(
            "The published lists have %(people)s person.",
            "The published lists have %(people)s people.",
            people,
            people=integer(people),
        )
    return ngettext(
        "The published lists have %(people)s person in %(month)s.",
        "The published lists have %(people)s people in %(month)s.",
        people,
        people=integer(people),
        month=month_year(listed.month),
    )


def _differing(stated: Stated, listed: int) -> str:
    gap = _gap(stated, listed)
    people = integer(abs(gap.people))
    share = "" if gap.share is None else f" ({percent(gap.share)})"
    words = {"people": people + share, "stated": stated.words()}
    if gap.people < 0:
        return _(
            "That is %(people)s fewer than the stated %(stated)s. A list that is not published yet would explain it "
            "as well as a mistake.",
            **words,
        )
    return _(
        "That is %(people)s more than the stated %(stated)s. People who came later would explain it as well as a mistake.",
        **words,
    )
