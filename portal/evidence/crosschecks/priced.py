"""Workers and an amount that belong together: of one statement, else the two figures shown of a line's stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.core.quantities import Quantity
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts, StatementFacts
from portal.evidence.shapes import InputShape, SourceShape

Cited = tuple[tuple[str, ...], tuple[SourceShape, ...]]


@dataclass(frozen=True, slots=True)
class Priced:
    """Workers from one statement, the amount from the same or another one."""

    workers: Quantity
    amount: Quantity
    people: StatementFacts
    money: StatementFacts

    @property
    def workers_input(self) -> InputShape:
        """The workers with their sources."""
        return InputShape("workers", self.workers, self.people.source_ids, self.people.sources)

    @property
    def amount_input(self) -> InputShape:
        """The amount with its sources."""
        return InputShape("amount", self.amount, self.money.source_ids, self.money.sources)

    @property
    def contribution(self) -> int | None:
        """Rupiah per person and month as stated."""
        stated = (item.monthly_contribution_idr for item in (self.people, self.money))
        return next((value for value in stated if value is not None), None)

    @property
    def contribution_cited(self) -> Cited:
        """Who states the contribution."""
        return _cited(self.people if self.people.monthly_contribution_idr is not None else self.money)

    @property
    def months(self) -> int | None:
        """The length of the period as stated."""
        return self.people.months if self.people.months is not None else self.money.months

    @property
    def months_cited(self) -> Cited:
        """Who states the months."""
        return _cited(self.people if self.people.months is not None else self.money)

    @property
    def as_of(self) -> date | None:
        """The day of the amount, else of the workers."""
        return self.money.as_of or self.people.as_of


def list_priced(facts: ProgrammeFacts) -> Iterator[tuple[LineFacts, Priced]]:
    """Each different pair of workers and amount on a line, once, with its line."""
    for line in facts.lines:
        done = set()
        for pair in _of_line(line):
            key = (pair.workers, pair.amount, pair.contribution, pair.months)
            if key not in done:
                done.add(key)
                yield line, pair


def _of_line(line: LineFacts) -> Iterator[Priced]:
    both = set()
    for item in line.statements:
        if item.workers is not None and item.amount is not None:
            both.add(item.stage)
            yield Priced(item.workers, item.amount, item, item)
    for shown in line.stages:
        people, money = shown.with_workers, shown.with_amount
        if shown.stage not in both and people and money and people.workers and money.amount:
            yield Priced(people.workers, money.amount, people, money)


def _cited(statement: StatementFacts) -> Cited:
    return statement.source_ids, statement.sources
