"""Published numbers as pages, tables and documents get them; None is a hidden number, never zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.core.content_version import WITA
from portal.registry.counts.unions import ANY_PAYER


def month_of(day: date) -> int:
    """The number of a day's month."""
    return day.year * 12 + day.month - 1


def this_month() -> int:
    """The present month in Kalimantan's larger clock."""
    return month_of(datetime.now(WITA).date())


def day_of(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def iso_month(month: int) -> str:
    """2026-03."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Total:
    """People of a programme in each month of a period, paid by one payer or ('') by any, each once.

    `published_on` is the day of the newest list behind it.
    """

    payer: str
    first_month: int
    last_month: int
    people: int | None
    published_on: date

    def covers(self, month: int) -> bool:
        """Whether the month lies in the period."""
        return self.first_month <= month <= self.last_month

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return day_of(self.first_month)

    @property
    def last_day(self) -> date:
        """The first day of the last month."""
        return day_of(self.last_month)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month of a programme: people whoever pays, people of each payer, and those paid for twice.

    A hidden `people` lies between `least` and `most` where the payers' numbers are shown.
    """

    month: int
    whole: Total
    payers: tuple[Total, ...]

    @property
    def day(self) -> date:
        """The first day of the month."""
        return day_of(self.month)

    @property
    def people(self) -> int | None:
        """People covered, each once."""
        return self.whole.people

    @property
    def _shown(self) -> list[int]:
        return [one.people for one in self.payers if one.people is not None]

    @property
    def paid_twice(self) -> int | None:
        """Person-months that a second payer also pays for; None where it is not shown."""
        if self.people is None or len(self._shown) < len(self.payers):
            return None
        return sum(self._shown) - self.people

    @property
    def least(self) -> int | None:
        """As many people as the largest payer has; None where no payer's number is shown."""
        return self.people if self.people is not None else max(self._shown, default=None)

    @property
    def most(self) -> int | None:
        """As many people as the payers have together; None where a payer's number is hidden."""
        if self.people is not None:
            return self.people
        return sum(self._shown) if len(self._shown) == len(self.payers) else None

    def of(self, payer: str) -> Total | None:
        """A payer's number; '' for all."""
        return next((one for one in (self.whole, *self.payers) if one.payer == payer), None)


@dataclass(frozen=True, slots=True)
class Sum:
    """People over the whole time of a programme, each once, and the months they are covered."""

    payer: str
    people: int | None
    person_months: int | None
    months_paid_twice: int | None


@dataclass(frozen=True, slots=True)
class ProgramCounts:
    """What the published lists of one programme come to.

    `synthetic` is the number of made-up people on lists for trying out, who are in none of the other numbers.
    `villages` are known villages with a number of their own, shown or hidden.
    """

    program: str
    totals: tuple[Total, ...] = ()
    sums: tuple[Sum, ...] = ()
    villages: int = 0
    synthetic: int = 0

    @property
    def whole(self) -> Sum | None:
        """The sum whoever pays; None without a real list."""
        return next((one for one in self.sums if one.payer == ANY_PAYER), None)

    @property
    def by_payer(self) -> tuple[Sum, ...]:
        """The sums of each payer."""
        return tuple(one for one in self.sums if one.payer != ANY_PAYER)

    @property
    def lists(self) -> tuple[Total, ...]:
        """The lists behind the numbers: payer, period, people and day of publication, newest period first."""
        own = (one for one in self.totals if one.payer != ANY_PAYER)
        return tuple(sorted(own, key=lambda one: (-one.last_month, one.payer)))

    def months(self) -> Iterator[int]:
        """Every month covered, in order."""
        for one in self.totals:
            if one.payer == ANY_PAYER:
                yield from range(one.first_month, one.last_month + 1)

    def month(self, month: int) -> MonthCount | None:
        """The numbers of one month; None where no list covers it."""
        whole = next((one for one in self.totals if one.payer == ANY_PAYER and one.covers(month)), None)
        if whole is None:
            return None
        own = (one for one in self.totals if one.payer != ANY_PAYER and one.covers(month))
        return MonthCount(month, whole, tuple(own))

    def nearest(self, month: int) -> MonthCount | None:
        """The numbers of this month, else of the last one before it, else of the first after it."""
        covered = list(self.months())
        before = [one for one in covered if one <= month]
        chosen = before[-1] if before else next(iter(covered), None)
        return None if chosen is None else self.month(chosen)

    def series(self, month: int) -> tuple[MonthCount, ...]:
        """The covered months of a month's year."""
        year = month // 12
        found = (self.month(one) for one in range(year * 12, year * 12 + 12))
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one village ('' unknown) in each month of a period, by one payer or ('') by any."""

    program: str
    payer: str
    first_month: int
    last_month: int
    village_code: str
    people: int | None
