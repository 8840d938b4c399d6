"""Which statement leads a line at a stage: the figure that lists, pages and totals show.

The rule, first to last: a published figure before none; government (also a regulation or a budget document) before
press, before other texts, before paid ones; an exact figure before a rounded one; the latest; the one that gives
more; the id. An editor may overrule it with a public reason. Where the rule's lead gives no workers or no amount,
that figure comes from the next statement that does, so that an unknown never hides a published number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.core.quantities import Quantity
from portal.core.vocabulary import STAGES
from portal.evidence.crosschecks.ranges import compatible
from portal.funding.shapes import StageFigure, StatementShape

RANKS = {"government": 0, "regulation": 0, "budget_document": 0, "press": 1, "other": 2, "advertorial": 3}
LAST_RANK = max(RANKS.values()) + 1


@dataclass(frozen=True, slots=True)
class Choice:
    """An editor's lead for a stage and why, in both languages."""

    statement_id: str
    reason_id: str
    reason_en: str


def pick_leads(
    statements: Sequence[StatementShape], choices: Mapping[str, Choice] | None = None
) -> tuple[StageFigure, ...]:
    """The lead of each stage of one line, in the order of STAGES; `choices` go by stage."""
    return tuple(
        _pick([item for item in statements if item.stage == stage], stage, (choices or {}).get(stage))
        for stage in STAGES
    )


def mark_leads(
    statements: Sequence[StatementShape], stages: Sequence[StageFigure]
) -> tuple[StatementShape, ...]:
    """The statements with `is_lead` set as picked."""
    leads = {figure.lead.id for figure in stages if figure.lead}
    return tuple(replace(item, is_lead=True) if item.id in leads else item for item in statements)


def _pick(said: Sequence[StatementShape], stage: str, choice: Choice | None) -> StageFigure:
    if not said:
        return StageFigure(stage, None, None, None, statements=0, rivals=0)
    ordered = sorted(said, key=lambda item: item.id)
    ordered.sort(key=merit)
    chosen = next((item for item in ordered if choice and item.id == choice.statement_id), None)
    lead = replace(chosen or ordered[0], is_lead=True)
    if chosen:
        with_workers = lead if lead.workers is not None else None
        with_amount = lead if lead.amount is not None else None
    else:
        with_workers = next((item for item in (lead, *ordered) if item.workers is not None), None)
        with_amount = next((item for item in (lead, *ordered) if item.amount is not None), None)
    rivals = sum(_is_rival(item, with_workers, with_amount) for item in ordered if item.id != lead.id)
    reasons = (choice.reason_id, choice.reason_en) if choice and chosen else (None, None)
    return StageFigure(stage, lead, with_workers, with_amount, len(ordered), rivals, *reasons)


def merit(item: StatementShape) -> tuple[bool, int, bool, int, int]:
    """How much a statement has going for it, criterion by criterion; the smallest leads."""
    figure = item.workers or item.amount
    return (
        not item.has_figure,
        min((RANKS.get(source.kind, LAST_RANK) for source in item.sources), default=LAST_RANK),
        figure is None or not figure.is_exact,
        -_day(item).toordinal(),
        (item.workers is None) + (item.amount is None),
    )


def _day(item: StatementShape) -> date:
    """The day it was said: as stated, else the newest of its sources."""
    published = [source.published_on for source in item.sources if source.published_on]
    return item.as_of or max(published, default=date.min)


def _is_rival(
    item: StatementShape, with_workers: StatementShape | None, with_amount: StatementShape | None
) -> bool:
    return _clash(item.workers, with_workers.workers if with_workers else None) or _clash(
        item.amount, with_amount.amount if with_amount else None
    )


def _clash(one: Quantity | None, other: Quantity | None) -> bool:
    return one is not None and other is not None and not compatible(one, other)
