"""Adding up: the figures shown of one stage and one fiscal year, each line once; an unknown is never zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.core.quantities import Quantity, joint_qualifier
from portal.core.vocabulary import FUNDING_SOURCES, STAGES
from portal.funding.shapes import CommitmentShape, PayerTotal, StageFigure, TotalShape


def total(commitments: Iterable[CommitmentShape], stage: str, fiscal_year: int | None) -> TotalShape | None:
    """The total of the lines with a statement at the stage; None where there is no such line."""
    lines = _at(commitments, stage, fiscal_year)
    return _total(lines, stage, fiscal_year) if lines else None


def list_totals(commitments: Sequence[CommitmentShape]) -> tuple[TotalShape, ...]:
    """Totals of every fiscal year (newest first, unstated last) and stage that has a line."""
    years = sorted({line.fiscal_year for line in commitments}, key=lambda year: -(year or 0))
    found = (total(commitments, stage, year) for year in years for stage in STAGES)
    return tuple(one for one in found if one is not None)


def payer_totals(
    commitments: Sequence[CommitmentShape], stage: str, fiscal_year: int | None
) -> tuple[PayerTotal, ...]:
    """The total of each funding source; mixed and unknown funds stand by themselves."""
    found = (
        (source, total([line for line in commitments if line.funding_source == source], stage, fiscal_year))
        for source in FUNDING_SOURCES
    )
    return tuple(PayerTotal(source, one) for source, one in found if one is not None)


def _at(commitments: Iterable[CommitmentShape], stage: str, fiscal_year: int | None) -> list[CommitmentShape]:
    """Lines with a statement at the stage, each once even where it is handed in twice."""
    unique = {line.id: line for line in commitments if line.fiscal_year == fiscal_year}
    return [line for line in unique.values() if line.figure(stage).lead is not None]


def _total(lines: Sequence[CommitmentShape], stage: str, fiscal_year: int | None) -> TotalShape:
    figures = [line.figure(stage) for line in lines]
    workers = [figure.workers for figure in figures if figure.workers is not None]
    amounts = [figure.amount for figure in figures if figure.amount is not None]
    return TotalShape(
        stage=stage,
        fiscal_year=fiscal_year,
        workers=_sum(workers, "person"),
        amount=_sum(amounts, "idr"),
        lines=len(lines),
        lines_without_workers=len(lines) - len(workers),
        lines_without_amount=len(lines) - len(amounts),
        lines_without_figure=sum(_is_unknown(figure) for figure in figures),
        may_overlap=_may_overlap([line.region_code for line in lines if line.figure(stage).workers]),
    )


def _sum(figures: Sequence[Quantity], unit: str) -> Quantity | None:
    if not figures:
        return None
    value = sum(int(figure.value) for figure in figures)
    return Quantity(value, joint_qualifier(figure.qualifier for figure in figures), unit)


def _is_unknown(figure: StageFigure) -> bool:
    return figure.workers is None and figure.amount is None


def _may_overlap(regions: Sequence[str]) -> bool:
    """Whether two lines may cover the same people: in one region, or in a province and a regency of it.

    One person-month has one payer, but the sources do not say whether two payers mean different people.
    """
    distinct = set(regions)
    return len(distinct) < len(regions) or any(
        code.partition(".")[0] in distinct - {code} for code in distinct
    )
