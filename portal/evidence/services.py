"""Writing down the findings of the cross-checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert

from portal.core.database import AnySession
from portal.evidence.models import CrossCheck
from portal.evidence.shapes import CheckShape, InputShape


def replace_checks(session: AnySession, checks: Iterable[CheckShape]) -> None:
    """Put these checks in the place of all former ones, inside the caller's transaction."""
    rows = [_row(number, check) for number, check in enumerate(checks, 1)]
    session.execute(delete(CrossCheck))
    if rows:
        # On the connection: the session would make a statement for each change of the columns that are NULL.
        session.connection().execute(insert(CrossCheck), rows)


def _row(number: int, check: CheckShape) -> dict[str, Any]:
    return {
        "id": number,
        "kind": check.kind,
        "subject_kind": check.subject_kind,
        "subject_id": check.subject_id,
        "region_code": check.region_code,
        "program_id": check.program_id,
        "commitment_id": check.commitment_id,
        "verdict": check.verdict,
        "inputs": [input_record(entry) for entry in check.inputs],
        "formula": check.stored_formula,
        "result": check.stored_result,
        "sentence_id": check.sentence_id,
        "sentence_en": check.sentence_en,
    }


def input_record(entry: InputShape) -> dict[str, Any]:
    """An input for JSON: an integer as such, a decimal as text with the digits that were stated."""
    amount = entry.amount
    value = None if amount is None else amount.value
    return {
        "label": entry.key,
        "value": value if value is None or isinstance(value, int) else str(value),
        "qualifier": amount.qualifier if amount else None,
        "unit": amount.unit if amount else None,
        "source_ids": list(entry.source_ids),
    }
