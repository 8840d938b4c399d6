"""How many participants a programme states: its latest claim, else the enrolled figures of its latest year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.core.formatting import quantity
from portal.core.i18n import ngettext
from portal.core.quantities import Quantity, joint_qualifier
from portal.evidence.crosschecks.facts import ProgrammeFacts, StatementFacts, lead
from portal.evidence.crosschecks.findings import claim_input, joined, plain, workers_input
from portal.evidence.shapes import InputShape


@dataclass(frozen=True, slots=True)
class Stated:
    """Participants as stated: one figure, or those of several lines added up, which may cover the same people.

    `as_of` is the day it is stated for, `year` the fiscal year of its lines; None where they are not known.
    """

    inputs: tuple[InputShape, ...]
    amount: Quantity
    as_of: date | None = None
    year: int | None = None

    @property
    def is_added(self) -> bool:
        """Whether several lines were added up."""
        return len(self.inputs) > 1

    @property
    def formula(self) -> str:
        """The figure, or the sum in brackets."""
        terms = joined((plain(entry.amount) for entry in self.inputs if entry.amount), "+")
        return f"({terms})" if self.is_added else terms

    def words(self) -> str:
        """The figure as stated; of a sum how many lines it has."""
        figure = quantity(self.amount)
        if not self.is_added:
            return figure
        return ngettext(
            "%(figure)s (%(num)s line)",
            "%(figure)s (%(num)s lines added up)",
            len(self.inputs),
            figure=figure,
        )


def stated_participants(facts: ProgrammeFacts) -> Stated | None:
    """The latest stated number of participants, None where none is stated."""
    claims = sorted(
        facts.claims_of("participants_total"), key=lambda claim: (claim.as_of or date.min, claim.id)
    )
    if claims:
        latest = claims[-1]
        return Stated((claim_input(latest, "participants"),), latest.quantity, latest.as_of)
    enrolled = [
        (line.fiscal_year or 0, item)
        for line in facts.lines
        if (item := lead(line, "enrolled")) is not None and item.workers is not None
    ]
    newest = max((year for year, _item in enrolled), default=0)
    stated = added_up([item for year, item in enrolled if year == newest])
    return replace(stated, year=newest or None) if stated else None


def added_up(items: Sequence[StatementFacts]) -> Stated | None:
    """The workers of statements of several lines as one figure, never more certain than its vaguest part."""
    figures = [item.workers for item in items if item.workers is not None]
    if not figures:
        return None
    inputs = tuple(workers_input(item, "workers: enrolled") for item in items)
    as_of = max((item.as_of for item in items if item.as_of), default=None)
    if len(figures) == 1:
        return Stated(inputs, figures[0], as_of)
    whole = sum(int(figure.value) for figure in figures)
    return Stated(inputs, Quantity(whole, joint_qualifier(figure.qualifier for figure in figures)), as_of)
