"""A difference explained by another published figure of the programme that fits, or is a slip of the pen away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from portal.core.formatting import integer, rupiah
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.cost import Cost
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts
from portal.evidence.crosschecks.priced import Priced
from portal.evidence.crosschecks.ranges import fits, is_slip
from portal.evidence.shapes import InputShape, SourceShape

KEY = "workers, another published figure"


@dataclass(frozen=True, slots=True)
class Nearby:
    """Another number of workers and what it would cost; `is_slip`: one digit (or a swap) from what is printed."""

    input: InputShape
    workers: int
    amount_idr: int
    is_slip: bool
    when: Callable[[], str]

    def words(self) -> str:
        """The end of the sentence."""
        words = {"people": integer(self.workers), "amount": rupiah(self.amount_idr), "when": self.when()}
        if self.is_slip:
            return _(
                "; %(people)s workers, also published%(when)s, would need %(amount)s, one digit apart from what "
                "is printed",
                **words,
            )
        return _(
            "; %(people)s workers, also published%(when)s, would need %(amount)s, which fits",
            **words,
        )


def find_nearby(facts: ProgrammeFacts, line: LineFacts, pair: Priced, cost: Cost) -> Nearby | None:
    """The other published number of workers that fits the amount, else one whose price is a slip away.

    Figures of the line's own year come first; one of another year is told with its year.
    """
    amount = pair.amount
    slip = None
    for other in sorted(_others(facts), key=lambda other: other.year != line.fiscal_year):
        people = int(other.figure.value)
        if people == pair.workers.value:
            continue
        price = people * cost.total
        entry = InputShape(KEY, other.figure, other.source_ids, other.sources)
        when = partial(_when, other, line.fiscal_year)
        if fits(price, amount) and amount.qualifier in ("exact", "about"):
            return Nearby(entry, people, price, is_slip=False, when=when)
        if slip is None and amount.is_exact and is_slip(price, int(amount.value)):
            slip = Nearby(entry, people, price, is_slip=True, when=when)
    return slip


class _Other(NamedTuple):
    """A number of workers with its year: the fiscal year of its line, or that in which a claim was made."""

    figure: Quantity
    source_ids: tuple[str, ...]
    sources: tuple[SourceShape, ...]
    year: int | None
    is_claim: bool


def _when(other: _Other, year: int | None) -> str:
    if other.year is None or other.year == year:
        return ""
    if other.is_claim:
        return _(" in %(year)s", year=other.year)
    return _(" for fiscal year %(year)s", year=other.year)


def _others(facts: ProgrammeFacts) -> list[_Other]:
    """Numbers of workers published anywhere about the programme, in a fixed order."""
    claims = [
        _Other(
            claim.quantity, claim.source_ids, claim.sources, claim.as_of.year if claim.as_of else None, True
        )
        for claim in facts.claims_of("participants_total", "target_participants")
    ]
    said = [
        _Other(item.workers, item.source_ids, item.sources, line.fiscal_year, False)
        for line, item in facts.statements()
        if item.workers is not None
    ]
    return claims + said
