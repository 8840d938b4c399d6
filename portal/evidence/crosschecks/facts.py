"""What the checks of one programme look at; funding hands its own shapes in, they fit these protocols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portal.core.quantities import Quantity
from portal.evidence.rules.shapes import Rate
from portal.evidence.shapes import ClaimShape, SourceShape


class StatementFacts(Protocol):
    """What sources say of a line at one stage."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def stage(self) -> str: ...  # noqa: D102
    @property
    def workers(self) -> Quantity | None: ...  # noqa: D102
    @property
    def monthly_contribution_idr(self) -> int | None: ...  # noqa: D102
    @property
    def months(self) -> int | None: ...  # noqa: D102
    @property
    def amount(self) -> Quantity | None: ...  # noqa: D102
    @property
    def as_of(self) -> date | None: ...  # noqa: D102
    @property
    def is_lead(self) -> bool: ...  # noqa: D102
    @property
    def sources(self) -> tuple[SourceShape, ...]: ...  # noqa: D102
    @property
    def source_ids(self) -> tuple[str, ...]: ...  # noqa: D102


class StageFacts(Protocol):
    """The figures shown of a line at one stage, and the statements they come from."""

    @property
    def stage(self) -> str: ...  # noqa: D102
    @property
    def with_workers(self) -> StatementFacts | None: ...  # noqa: D102
    @property
    def with_amount(self) -> StatementFacts | None: ...  # noqa: D102


class LineFacts(Protocol):
    """A funding line with its statements."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def fiscal_year(self) -> int | None: ...  # noqa: D102
    @property
    def funding_source(self) -> str: ...  # noqa: D102
    @property
    def statements(self) -> tuple[StatementFacts, ...]: ...  # noqa: D102
    @property
    def stages(self) -> tuple[StageFacts, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ListedPeriod:
    """People on the published lists in each month from one first day of a month to another; None: not shown."""

    first: date
    last: date
    people: int | None


@dataclass(frozen=True, slots=True)
class EnrolmentCount:
    """People on the published enrolment lists of a programme; a synthetic list is made up and proves nothing.

    `people` are those of `month`, the one to go by where a stated figure has no date; None where the number is not
    shown, because it would give a small group away. Without periods the number holds for any month.
    """

    people: int | None
    is_synthetic: bool = False
    month: date | None = None
    periods: tuple[ListedPeriod, ...] = ()

    def at(self, day: date | None, year: int | None) -> EnrolmentCount | None:
        """The count in the month of a day, else in the last month listed of a year; None where no list covers it."""
        if not self.periods or (day is None and year is None):
            return self
        month = day.replace(day=1) if day else None
        for period in reversed(self.periods):
            found = month or min(period.last, date(year or 1, 12, 1))
            if period.first <= found <= period.last:
                return EnrolmentCount(period.people, self.is_synthetic, found, self.periods)
        return None


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """Everything that is published about one programme, and the official numbers of its region.

    `residents`, `desa` and `kelurahan` are None or 0 where the reference data has none for the region;
    `death_benefit_idr` is what JKM pays for a death in rupiah.
    """

    id: str
    region_code: str
    lines: tuple[LineFacts, ...] = ()
    claims: tuple[ClaimShape, ...] = ()
    benefits: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    residents: int | None = None
    desa: int = 0
    kelurahan: int = 0
    death_benefit_idr: int | None = None
    enrolment: EnrolmentCount | None = None

    def claims_of(self, *metrics: str) -> tuple[ClaimShape, ...]:
        """The claims with one of these metrics, in order."""
        return tuple(claim for claim in self.claims if claim.metric in metrics)

    def statements(self) -> Iterator[tuple[LineFacts, StatementFacts]]:
        """Every statement with its line."""
        for line in self.lines:
            for statement in line.statements:
                yield line, statement


class Dated(Protocol):
    """Something with a date and sources."""

    @property
    def as_of(self) -> date | None: ...  # noqa: D102
    @property
    def source_ids(self) -> tuple[str, ...]: ...  # noqa: D102


def same_report(one: Dated, other: Dated) -> bool:
    """Whether two figures come from the same report: a source in common, or the same stated day."""
    if set(one.source_ids) & set(other.source_ids):
        return True
    return one.as_of is not None and one.as_of == other.as_of


def lead(line: LineFacts, stage: str) -> StatementFacts | None:
    """The statement shown for a line at one stage."""
    return next((item for item in line.statements if item.stage == stage and item.is_lead), None)
