"""Why a statement leads, in words: the first criterion of the rule that sets it apart from the next one."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.funding.leads import LAST_RANK, RANKS, merit
from portal.funding.shapes import StageFigure, StatementShape


def why_it_leads(figure: StageFigure, statements: Sequence[StatementShape]) -> str:
    """The reason for the figure of a stage, given all its statements: the editor's, else that of the rule."""
    if figure.reason:
        return _("Chosen by an editor: %(reason)s", reason=figure.reason)
    sentences = [_rule(figure, statements), _borrowed(figure)]
    return " ".join(sentence for sentence in sentences if sentence)


def _rule(figure: StageFigure, statements: Sequence[StatementShape]) -> str:
    lead = figure.lead
    others = [item for item in statements if lead and item.id != lead.id]
    if lead is None or not others:
        return _("It is the only statement at this stage.")
    runner_up = min(others, key=merit)
    pairs = zip(merit(lead), merit(runner_up), strict=True)
    differing = next((place for place, (one, other) in enumerate(pairs) if one != other), None)
    match differing:
        case 0:
            return _("The other statements publish no figure.")
        case 1:
            return _kinds(lead, runner_up)
        case 2:
            return _("Its figure is exact, the next one is rounded.")
        case 3:
            return _("Of equally good sources it is the latest.")
        case 4:
            return _("It says more than the others of the same day.")
    return _("Nothing sets the statements apart; the first one is shown.")


def _kinds(lead: StatementShape, other: StatementShape) -> str:
    return _(
        "Its source ranks higher: “%(kind)s” comes before “%(other)s”.",
        kind=_best_kind(lead),
        other=_best_kind(other),
    )


def _best_kind(statement: StatementShape) -> str:
    kinds = sorted((source.kind for source in statement.sources), key=lambda kind: RANKS.get(kind, LAST_RANK))
    return label("source_kind", kinds[0]) if kinds else _("no source")


def _borrowed(figure: StageFigure) -> str:
    """Where the lead lacks one of the two figures and another statement gives it."""
    lead = figure.lead.id if figure.lead else None
    if figure.with_amount is not None and figure.with_amount.id != lead:
        return _("It gives no amount; the amount comes from the next statement that does.")
    if figure.with_workers is not None and figure.with_workers.id != lead:
        return _("It gives no number of workers; that comes from the next statement that does.")
    return ""
