"""Funding lines and what is said of them, as pages, PDF, JSON and CSV use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.core.i18n import language
from portal.core.quantities import Quantity
from portal.evidence.shapes import SourceShape


@dataclass(frozen=True, slots=True)
class StatementShape:
    """What its sources say of a line at one stage; None where they publish no such figure, never zero.

    `workers` counts people, `amount` and `monthly_contribution_idr` are rupiah (the latter per person and month).
    """

    id: str
    commitment_id: str
    stage: str
    workers: Quantity | None
    monthly_contribution_idr: int | None
    months: int | None
    amount: Quantity | None
    as_of: date | None
    note: str | None
    sources: tuple[SourceShape, ...]
    is_lead: bool = False

    @property
    def has_figure(self) -> bool:
        """Whether a number of workers or an amount was published."""
        return self.workers is not None or self.amount is not None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of its sources, in the order given."""
        return tuple(source.id for source in self.sources)


@dataclass(frozen=True, slots=True)
class StageFigure:
    """The lead of a line at one stage. `lead` None: no statement at this stage.

    `with_workers` and `with_amount` are the statements the two figures come from: the lead wherever it gives them.
    `statements` counts what is said at the stage, `rivals` those among it that state another figure.
    The reasons are set where an editor overruled the rule.
    """

    stage: str
    lead: StatementShape | None
    with_workers: StatementShape | None
    with_amount: StatementShape | None
    statements: int
    rivals: int
    reason_id: str | None = None
    reason_en: str | None = None

    @property
    def workers(self) -> Quantity | None:
        """Workers as shown; None where no statement publishes them."""
        return self.with_workers.workers if self.with_workers else None

    @property
    def amount(self) -> Quantity | None:
        """Rupiah as shown; None where no statement publishes them."""
        return self.with_amount.amount if self.with_amount else None

    @property
    def sources(self) -> tuple[SourceShape, ...]:
        """Sources of the figures shown, each once."""
        shown = (item for item in (self.lead, self.with_workers, self.with_amount) if item)
        return tuple({source.id: source for item in shown for source in item.sources}.values())

    @property
    def reason(self) -> str | None:
        """Why an editor chose this lead, in the page's language."""
        return self.reason_id if language() == "id" else self.reason_en


@dataclass(frozen=True, slots=True)
class CommitmentShape:
    """A funding line: one programme, fiscal year (None: not stated), funding source and funder.

    `stages` has one StageFigure for each of vocabulary.STAGES, in that order; `statements` keeps all that is said.
    """

    id: str
    program_id: str
    program_name_id: str
    program_name_en: str
    region_code: str
    region_name: str
    region_slug: str
    fiscal_year: int | None
    funding_source: str
    funder_name: str | None
    note: str | None
    statements: tuple[StatementShape, ...]
    stages: tuple[StageFigure, ...]

    @property
    def program_name(self) -> str:
        """The programme's name in the page's language."""
        return self.program_name_id if language() == "id" else self.program_name_en

    def figure(self, stage: str) -> StageFigure:
        """The lead at one stage; raises KeyError for an unknown stage."""
        for figure in self.stages:
            if figure.stage == stage:
                return figure
        raise KeyError(stage)

    @property
    def statement_ids(self) -> tuple[str, ...]:
        """The ids of all that is said of the line."""
        return tuple(statement.id for statement in self.statements)

    @property
    def has_figure(self) -> bool:
        """Whether any statement published a number."""
        return any(statement.has_figure for statement in self.statements)


@dataclass(frozen=True, slots=True)
class TotalShape:
    """Lead figures of one stage and one fiscal year (None: not stated) added up, each line once.

    `workers` and `amount` are None where no line published one. `may_overlap`: two of the lines may cover the
    same people, so fewer may be covered than the total says.
    """

    stage: str
    fiscal_year: int | None
    workers: Quantity | None
    amount: Quantity | None
    lines: int
    lines_without_workers: int
    lines_without_amount: int
    lines_without_figure: int
    may_overlap: bool

    @property
    def amount_idr(self) -> int | None:
        """The amount in rupiah, without its qualifier."""
        return int(self.amount.value) if self.amount else None

    @property
    def is_rounded(self) -> bool:
        """Whether any part was stated with a qualifier other than exact."""
        stated = (part for part in (self.workers, self.amount) if part is not None)
        return any(part.qualifier not in (None, "exact") for part in stated)


@dataclass(frozen=True, slots=True)
class PayerTotal:
    """A total of the lines of one funding source; mixed and unknown funds are categories of their own."""

    funding_source: str
    total: TotalShape
