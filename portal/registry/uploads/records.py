"""Choice and report of an upload as the JSON its row keeps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from portal.registry.lists.header import Choice, Columns
from portal.registry.shapes import Finding, ImportReport
from portal.registry.uploads.shapes import UploadReport

# More nobody mends by hand; the counts are of all.
MOST_FINDINGS: Final = 20_000


def write_choice(choice: Choice) -> str:
    """Column numbers as JSON."""
    return json.dumps(asdict(choice))


def read_choice(text: str) -> Choice:
    """What `write_choice` wrote."""
    found = json.loads(text)
    return Choice(found["header_row"], Columns(**found["columns"]))


def write_report(report: ImportReport) -> str:
    """Counts and findings as JSON."""
    return json.dumps(
        {
            "reason": report.reason,
            "held_row": report.held_row,
            "rows": report.rows,
            "accepted": report.accepted,
            "people": report.people,
            "synthetic": report.synthetic,
            "hidden_sheets": report.hidden_sheets,
            "hidden_rows": report.hidden_rows,
            "unread_sheets": report.unread_sheets,
            "is_known": report.is_known,
            "rejected": len(report.rejected),
            "warned": len(report.warnings),
            "rejections": [list(finding) for finding in report.rejected[:MOST_FINDINGS]],
            "warnings": [list(finding) for finding in report.warnings[:MOST_FINDINGS]],
            "rejected_by": _by_reason(report.rejected),
            "warned_by": _by_reason(report.warnings),
        }
    )


def read_report(text: str) -> UploadReport:
    """What `write_report` wrote."""
    found: dict[str, Any] = json.loads(text)
    found["rejections"] = tuple(Finding(*one) for one in found["rejections"])
    found["warnings"] = tuple(Finding(*one) for one in found["warnings"])
    return UploadReport(**found)


def _by_reason(findings: Iterable[Finding]) -> dict[str, int]:
    return dict(Counter(finding.reason for finding in findings).most_common())
