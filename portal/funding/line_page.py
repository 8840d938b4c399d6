"""What the page of one funding line shows besides the line itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.charts import Funnel, funnel
from portal.core.i18n import gettext as _
from portal.evidence.shapes import CheckShape
from portal.funding.citation import citations
from portal.funding.missing import missing_facts
from portal.funding.reasons import why_it_leads
from portal.funding.shapes import CommitmentShape, StageFigure, StatementShape


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage with a lead: the figure shown, why, and every statement, the lead first."""

    figure: StageFigure
    why: str
    statements: tuple[StatementShape, ...]


@dataclass(frozen=True, slots=True)
class LinePage:
    """The parts of the page; `funnel` None where fewer than two stages publish a number of workers."""

    year: str
    stages: tuple[StageView, ...]
    funnel: Funnel | None
    missing: tuple[str, ...]
    citations: tuple[str, ...]


def line_page(commitment: CommitmentShape, site_name: str, address: str) -> LinePage:
    """The page of a line, in the page's language; `address` is its public address."""
    return LinePage(
        year=str(commitment.fiscal_year or _("year not stated")),
        stages=tuple(_stage(commitment, figure) for figure in commitment.stages if figure.lead is not None),
        funnel=_funnel(commitment),
        missing=missing_facts(commitment),
        citations=citations(commitment, site_name, address),
    )


def ordered_checks(checks: Sequence[CheckShape]) -> tuple[CheckShape, ...]:
    """What differs first; who carries each figure, which every line has, last."""
    urgency = ("differs", "agrees", "cannot_tell")
    return tuple(sorted(checks, key=lambda check: (check.kind == "sources", urgency.index(check.verdict))))


def _stage(commitment: CommitmentShape, figure: StageFigure) -> StageView:
    said = [statement for statement in commitment.statements if statement.stage == figure.stage]
    ordered = tuple(sorted(said, key=lambda statement: not statement.is_lead))
    return StageView(figure, why_it_leads(figure, ordered), ordered)


def _funnel(commitment: CommitmentShape) -> Funnel | None:
    published = {figure.stage: figure.workers for figure in commitment.stages}
    if sum(workers is not None for workers in published.values()) < 2:
        return None
    return funnel(published)
