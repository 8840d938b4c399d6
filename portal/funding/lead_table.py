"""Keeps the leads in a table, so that ten thousand lines are sorted and added up in the database.

The rule that picks leads stays in `leads`; this only writes down what it picked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session, scoped_session

from portal.core.quantities import Quantity
from portal.funding.models import LeadFigure
from portal.funding.shapes import CommitmentShape


def refresh_lead_figures(
    session: Session | scoped_session[Session], commitments: Iterable[CommitmentShape]
) -> None:
    """Write the leads of all published lines anew, inside the caller's transaction.

    `commitments` are all of them; what is not among them has no lead figures afterwards.
    """
    rows = [row for commitment in commitments for row in _rows(commitment)]
    session.execute(delete(LeadFigure))
    if rows:
        # On the connection: the session would make a statement for each change of the columns that are NULL.
        session.connection().execute(insert(LeadFigure), rows)


def _rows(commitment: CommitmentShape) -> Iterator[dict[str, Any]]:
    for figure in commitment.stages:
        if figure.lead is None:
            continue
        workers, amount = figure.workers, figure.amount
        yield {
            "commitment_id": commitment.id,
            "stage": figure.stage,
            "statement_id": figure.lead.id,
            "workers": _whole(workers),
            "workers_qualifier": workers.qualifier if workers else None,
            "amount_idr": _whole(amount),
            "amount_qualifier": amount.qualifier if amount else None,
            "statement_count": figure.statements,
            "rival_count": figure.rivals,
        }


def _whole(quantity: Quantity | None) -> int | None:
    return None if quantity is None else int(quantity.value)
