"""Workers × contribution × months against the amount.

A stated number of workers gives one product. Workers stated as "about" give a span; an exact amount must then be
the price of a whole number of people within it, unless the amount itself is a round one (three digits or fewer).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from portal.core.formatting import integer, quantity, rupiah
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.cost import YEAR, Cost, possible_costs
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    of_line,
    official_input,
)
from portal.evidence.crosschecks.nearby import Nearby, find_nearby
from portal.evidence.crosschecks.priced import Priced, list_priced
from portal.evidence.crosschecks.ranges import Range, fits, input_range, significant_digits, stated_range
from portal.evidence.shapes import CheckShape, InputShape

ROUND_DIGITS = 3


def check_contributions(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for each pair of workers and amount whose contribution is known."""
    for line, pair in list_priced(facts):
        if costs := possible_costs(facts, line, pair):
            yield of_line(facts, "contribution", line, _finding(facts, line, pair, costs))


def _finding(facts: ProgrammeFacts, line: LineFacts, pair: Priced, costs: tuple[Cost, ...]) -> Finding:
    workers, amount = pair.workers, pair.amount
    verdicts = [_verdict(workers, amount, cost) for cost in costs]
    verdict = verdicts[0] if len(set(verdicts)) == 1 else CANNOT_TELL
    # Where several rates are possible the one that fits is shown, else the first.
    cost = next((cost for cost, one in zip(costs, verdicts, strict=True) if one == AGREES), costs[0])
    period = shorter_period(workers, amount, cost) if verdict == DIFFERS else None
    nearby = find_nearby(facts, line, pair, cost) if verdict == DIFFERS and period is None else None
    if period is not None:
        verdict = CANNOT_TELL
    product = int(workers.value) * cost.total
    return Finding(
        verdict,
        (
            pair.workers_input,
            *_rate_inputs(pair, cost),
            pair.amount_input,
            *((nearby.input,) if nearby else ()),
        ),
        f"{workers.value} × {cost.formula}" + ("" if cost.months_stated else " (months assumed)"),
        f"Rp{product}",
        lambda: _sentence(verdict, workers, amount, cost, nearby, period),
    )


def _verdict(workers: Quantity, amount: Quantity, cost: Cost) -> str:
    if workers.qualifier in (None, "exact"):
        return AGREES if fits(int(workers.value) * cost.total, amount) else DIFFERS
    people = input_range(workers)
    if amount.is_exact and significant_digits(amount.value) > ROUND_DIGITS and cost.total:
        covered = Fraction(int(amount.value), cost.total)
        return AGREES if covered.denominator == 1 and people.contains(covered) else DIFFERS
    span = Range(
        None if people.low is None else people.low * cost.total,
        None if people.high is None else people.high * cost.total,
        people.low_open,
        people.high_open,
    )
    return AGREES if span.overlaps(stated_range(amount)) else DIFFERS


def shorter_period(workers: Quantity, amount: Quantity, cost: Cost) -> int | None:
    """The whole months below a year that the amount pays for, where no source states the months."""
    if cost.months_stated or cost.rate is None:
        return None
    fitting = (n for n in range(YEAR - 1, 0, -1) if fits(int(workers.value) * cost.rate * n, amount))
    return next(fitting, None)


def _rate_inputs(pair: Priced, cost: Cost) -> tuple[InputShape, ...]:
    """The contribution and the months; sources stand beside what they state, not beside what is assumed."""
    cited = pair.contribution_cited
    rates = [
        InputShape(
            "contribution per person and month",
            Quantity(rate, "exact", "idr"),
            *(cited if cost.rate_stated else ()),
        )
        for rate in dict.fromkeys(cost.monthly)
    ]
    if cost.months_stated:
        return (*rates, InputShape("months", Quantity(cost.months, "exact", "month"), *pair.months_cited))
    return (*rates, official_input("months assumed", cost.months, "month"))


def _sentence(
    verdict: str,
    workers: Quantity,
    amount: Quantity,
    cost: Cost,
    nearby: Nearby | None,
    period: int | None,
) -> str:
    product = rupiah(int(workers.value) * cost.total)
    words = {"workers": quantity(workers), "published": quantity(amount), "product": product}
    words["period"] = _period(cost)
    if period is not None:
        return _(
            "%(workers)s workers for %(period)s would cost %(product)s; the published %(published)s "
            "would pay for %(shorter)s months, and the months are not stated.",
            shorter=integer(period),
            **words,
        )
    if verdict == AGREES:
        return _(
            "%(workers)s workers for %(period)s cost %(product)s, which agrees with the published %(published)s.",
            **words,
        )
    if verdict == CANNOT_TELL:
        return _(
            "%(workers)s workers for %(period)s cost %(product)s against the published %(published)s; "
            "which rate applies is not stated, so it cannot be told whether they agree.",
            **words,
        )
    return _(
        "%(workers)s workers for %(period)s cost %(product)s, but %(published)s is published%(nearby)s.",
        nearby=nearby.words() if nearby else "",
        **words,
    )


def _period(cost: Cost) -> str:
    """The months and the contribution in words, with what is assumed said as such."""
    months = integer(cost.months)
    if cost.rate is None:
        if cost.months_stated:
            return _("%(months)s months at the rates then valid", months=months)
        return _("%(months)s months (assumed) at the rates then valid", months=months)
    if cost.months_stated:
        return _("%(months)s months at %(rate)s", months=months, rate=rupiah(cost.rate))
    return _("%(months)s months (assumed) at %(rate)s", months=months, rate=rupiah(cost.rate))
