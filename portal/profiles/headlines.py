"""Which year leads a page, and its figures stage by stage: pure functions over funding lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.core.charts import Funnel, Stack, StackedBars, funnel, stacked_bars
from portal.core.labels import label
from portal.core.quantities import Quantity
from portal.core.vocabulary import STAGES
from portal.funding.shapes import CommitmentShape
from portal.funding.totals import payer_totals, total
from portal.profiles.shapes import LineAtStage, StageHeadline


def headline_year(lines: Iterable[CommitmentShape]) -> int | None:
    """The newest fiscal year with a figure beyond a plan; else with any figure; else the newest stated.

    A plan for next year says less than what is budgeted, paid or enrolled this year. None: no line states a year.
    """
    dated = [line for line in lines if line.fiscal_year is not None]
    return max(dated, key=_weight).fiscal_year if dated else None


def _weight(line: CommitmentShape) -> tuple[int, int]:
    said = {statement.stage for statement in line.statements if statement.has_figure}
    return (2 if said - {"planned"} else 1 if said else 0, line.fiscal_year or 0)


def stage_headlines(lines: Sequence[CommitmentShape], year: int | None) -> tuple[StageHeadline, ...]:
    """One headline for each stage of that year, lines in their order; none where no line has that year."""
    chosen = [line for line in lines if line.fiscal_year == year]
    return tuple(_headline(chosen, stage, year) for stage in STAGES) if chosen else ()


def undated_headlines(lines: Sequence[CommitmentShape], year: int | None) -> tuple[StageHeadline, ...]:
    """The stages that lines without a fiscal year speak of; none where those lines lead the page themselves."""
    if year is None:
        return ()
    return tuple(headline for headline in stage_headlines(lines, None) if headline.lines)


def _headline(lines: Sequence[CommitmentShape], stage: str, year: int | None) -> StageHeadline:
    said = tuple(_at_stage(line, stage) for line in lines if line.figure(stage).lead is not None)
    counted = [at for at in said if at.figure.workers is not None]
    added = total([at.line for at in said], stage, year) if len(counted) > 1 else None
    return StageHeadline(stage, year, said, added)


def _at_stage(line: CommitmentShape, stage: str) -> LineAtStage:
    said = [statement for statement in line.statements if statement.stage == stage]
    said.sort(key=lambda statement: not statement.is_lead)
    return LineAtStage(line, line.figure(stage), tuple(said))


def stage_funnel(headlines: Sequence[StageHeadline]) -> Funnel | None:
    """Workers by stage; None where no stage has a number.

    A step from one stage to the next is told only where both speak of the same lines: otherwise a line without
    a figure would look like workers lost.
    """
    drawn = funnel({headline.stage: _workers(headline) for headline in headlines})
    if all(row.quantity is None for row in drawn.rows):
        return None
    counted = {headline.stage: _counted(headline) for headline in headlines}
    rows, before = [], frozenset[str]()
    for row in drawn.rows:
        rows.append(row if counted[row.stage] == before else replace(row, change=None))
        before = counted[row.stage] or before
    return replace(drawn, rows=tuple(rows))


def _workers(headline: StageHeadline) -> Quantity | None:
    if headline.total is not None:
        return headline.total.workers
    return next((at.figure.workers for at in headline.lines if at.figure.workers is not None), None)


def _counted(headline: StageHeadline) -> frozenset[str]:
    return frozenset(at.line.id for at in headline.lines if at.figure.workers is not None)


def payer_chart(lines: Sequence[CommitmentShape], year: int | None) -> StackedBars | None:
    """Workers of that year by payer, one bar for each stage with a number; None where there is none."""
    chosen = [line for line in lines if line.fiscal_year == year]
    stacks = [stack for stage in STAGES if (stack := _stack(chosen, stage, year))]
    return stacked_bars(stacks) if stacks else None


def _stack(lines: Sequence[CommitmentShape], stage: str, year: int | None) -> Stack | None:
    parts = [
        (payer.funding_source, payer.total.workers)
        for payer in payer_totals(lines, stage, year)
        if payer.total.lines
    ]
    whole = total(lines, stage, year)
    if whole is None or whole.workers is None:
        return None
    return Stack(label("stage", stage), parts, whole.workers)
