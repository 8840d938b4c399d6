"""A difference explained by another published figure of the programme that fits, or is a slip of the pen away."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.formatting import integer, rupiah
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.cost import Cost
from portal.evidence.crosschecks.facts import ProgrammeFacts
from portal.evidence.crosschecks.priced import Priced
from portal.evidence.crosschecks.ranges import fits, is_slip
from portal.evidence.shapes import InputShape

KEY = "workers, another published figure"


@dataclass(frozen=True, slots=True)
class Nearby:
    """Another number of workers and what it would cost; `is_slip`: one digit (or a swap) from what is printed."""

    input: InputShape
    workers: int
    amount_idr: int
    is_slip: bool

    def words(self) -> str:
        """The end of the sentence."""
        people, amount = integer(self.workers), rupiah(self.amount_idr)
        if self.is_slip:
            return _(
                "; %(people)s workers, also published, would need %(amount)s, one digit apart from what is printed",
                people=people,
                amount=amount,
            )
        return _(
            "; %(people)s workers, also published, would need %(amount)s, which fits",
            people=people,
            amount=amount,
        )


def find_nearby(facts: ProgrammeFacts, pair: Priced, cost: Cost) -> Nearby | None:
    """The other published number of workers that fits the amount, else one whose price is a slip away."""
    amount = pair.amount
    slip = None
    for entry, people in _others(facts):
        if people == pair.workers.value:
            continue
        price = people * cost.total
        if fits(price, amount) and amount.qualifier in ("exact", "about"):
            return Nearby(entry, people, price, is_slip=False)
        if slip is None and amount.is_exact and is_slip(price, int(amount.value)):
            slip = Nearby(entry, people, price, is_slip=True)
    return slip


def _others(facts: ProgrammeFacts) -> list[tuple[InputShape, int]]:
    """Numbers of workers published anywhere about the programme, in a fixed order."""
    stated: list[tuple[Quantity, InputShape]] = [
        (claim.quantity, InputShape(KEY, claim.quantity, claim.source_ids, claim.sources))
        for claim in facts.claims_of("participants_total", "target_participants")
    ]
    stated += [
        (item.workers, InputShape(KEY, item.workers, item.source_ids, item.sources))
        for _line, item in facts.statements()
        if item.workers is not None
    ]
    return [(entry, int(figure.value)) for figure, entry in stated]
