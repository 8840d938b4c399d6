"""What an editor's choice of a leading figure must meet before review."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.funding.models import LeadChoice
from portal.publishing import queries
from portal.publishing.records import Problem, check_before_review, records
from portal.publishing.shapes import Cells


def init() -> None:
    """Have every choice checked."""
    check_before_review("lead_choices", check_choice)


def check_choice(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """The statement must be one of the line at that stage, and a line has one choice for each stage."""
    line, stage = cells["commitment_id"], cells["stage"]
    chosen = _statement(session, cells["statement_id"])
    if chosen and (chosen.get("commitment_id"), chosen.get("stage")) != (line, stage):
        yield Problem(
            "statement_id",
            _("The statement belongs to another line or stage: choose one of this line and stage."),
        )
    query = select(LeadChoice.id).where(
        LeadChoice.commitment_id == line, LeadChoice.stage == stage, LeadChoice.id != record_id
    )
    other = session.execute(query).scalar_one_or_none()
    if other:
        yield Problem(
            "stage",
            _("A choice for this line and stage is published already: change that one (%(id)s).", id=other),
        )


def _statement(session: AnySession, record_id: str) -> Cells | None:
    """The published statement, or the draft of a new one."""
    cells = records().cells(session, "statements", record_id)
    if cells is None:
        item = queries.find_item_of(session, "statements", record_id)
        cells = item.draft.cells if item and item.draft else None
    return cells
