"""Lines as they would be with a statement that is still being written; nothing here is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.funding.leads import Choice, mark_leads, pick_leads
from portal.funding.shapes import CommitmentShape, StatementShape


def put_statements(
    lines: Iterable[CommitmentShape], candidates: Sequence[StatementShape]
) -> tuple[CommitmentShape, ...]:
    """The lines with the candidates in the place of the statements with their ids, or after the others."""
    ids = {one.id for one in candidates}
    return tuple(
        _with(line, ids, [one for one in candidates if one.commitment_id == line.id]) for line in lines
    )


def _with(line: CommitmentShape, ids: set[str], added: list[StatementShape]) -> CommitmentShape:
    if not added and not any(one.id in ids for one in line.statements):
        return line
    new = {one.id: one for one in added}
    said = [
        replace(new.pop(one.id, one), is_lead=False)
        for one in line.statements
        if one.id not in ids or one.id in new
    ]
    said += new.values()
    stages = pick_leads(said, _choices(line))
    return replace(line, statements=mark_leads(said, stages), stages=stages)


def _choices(line: CommitmentShape) -> dict[str, Choice]:
    """What editors chose, read off the stages it shows in."""
    return {
        figure.stage: Choice(figure.lead.id, figure.reason_id, figure.reason_en or "")
        for figure in line.stages
        if figure.lead and figure.reason_id is not None
    }
