"""How long the money lasts: amount ÷ (workers × contribution) = months, against the months stated or a full year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portal.core.formatting import decimal, integer, quantity
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.cost import YEAR, possible_costs
from portal.evidence.crosschecks.facts import ProgrammeFacts
from portal.evidence.crosschecks.findings import (
    AGREES,
    DIFFERS,
    Finding,
    of_line,
    official_input,
)
from portal.evidence.crosschecks.numbers import rounded_to
from portal.evidence.crosschecks.priced import Priced, list_priced
from portal.evidence.crosschecks.ranges import Range, exactly, input_range, stated_range
from portal.evidence.shapes import CheckShape, InputShape


def check_durations(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for each pair of workers, above zero, and amount with one known rate."""
    for line, pair in list_priced(facts):
        costs = possible_costs(facts, line, pair)
        rate = costs[0].rate if len(costs) == 1 else None
        if rate and pair.workers.value:
            yield of_line(facts, "duration", line, _finding(pair, rate))


def _finding(pair: Priced, rate: int) -> Finding:
    workers, amount = pair.workers, pair.amount
    lasts = Fraction(int(amount.value), int(workers.value) * rate)
    wanted = YEAR if pair.months is None else pair.months
    span = _span(input_range(workers), stated_range(amount), rate)
    target = exactly(wanted)
    agrees = span.overlaps(target)
    cited = pair.contribution_cited if pair.contribution is not None else ()
    months = (
        official_input("months of a full year", YEAR, "month")
        if pair.months is None
        else InputShape("months", Quantity(wanted, "exact", "month"), *pair.months_cited)
    )
    return Finding(
        AGREES if agrees else DIFFERS,
        (
            pair.amount_input,
            pair.workers_input,
            InputShape(
                "contribution per person and month",
                Quantity(rate, "exact", "idr"),
                *cited,
            ),
            months,
        ),
        f"Rp{amount.value} ÷ ({workers.value} × Rp{rate})",
        f"{rounded_to(lasts, 1)} months",
        lambda: _sentence(workers, amount, lasts, pair.months, agrees=agrees),
    )


def _span(people: Range, money: Range, rate: int) -> Range:
    """The months that the rounding of both figures allows; `rate` is above zero."""
    low = None if money.low is None or people.high is None else _divide(money.low, people.high * rate)
    high = None if money.high is None or not people.low else _divide(money.high, people.low * rate)
    return Range(low, high, money.low_open or people.high_open, money.high_open or people.low_open)


def _divide(amount: Fraction, by: Fraction) -> Fraction | None:
    return amount / by if by else None


def _sentence(
    workers: Quantity, amount: Quantity, lasts: Fraction, stated: int | None, *, agrees: bool
) -> str:
    words = {
        "amount": quantity(amount),
        "workers": quantity(workers),
        "months": decimal(rounded_to(lasts, 1)),
    }
    if stated is not None:
        words["stated"] = integer(stated)
        if agrees:
            return _(
                "%(amount)s pays %(workers)s workers for %(months)s months; %(stated)s months are stated: they agree.",
                **words,
            )
        return _(
            "%(amount)s pays %(workers)s workers for %(months)s months, but %(stated)s months are stated.",
            **words,
        )
    if agrees and lasts < YEAR:
        return _(
            "%(amount)s pays %(workers)s workers for %(months)s months: within the rounding of the figures a full "
            "year is funded.",
            **words,
        )
    if agrees:
        return _("%(amount)s pays %(workers)s workers for %(months)s months: a full year is funded.", **words)
    if lasts < YEAR:
        return _(
            "%(amount)s pays %(workers)s workers for %(months)s months: a full year is not funded.", **words
        )
    return _(
        "%(amount)s would pay %(workers)s workers for %(months)s months, longer than the year it is meant for.",
        **words,
    )
