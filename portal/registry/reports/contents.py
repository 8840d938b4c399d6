"""What a report says: figures of the file, and its rejected and odd rows in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import repeat
from typing import Final

from flask_babel.speaklater import LazyString

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext
from portal.registry.lists.held import held_words
from portal.registry.reports.reasons import mending, problem
from portal.registry.shapes import Finding, FoundColumn, ImportReport
from portal.registry.uploads.shapes import UploadReport

COLUMN_KINDS: Final[dict[str, LazyString]] = {
    "nik": lazy_gettext("NIK"),
    "name": lazy_gettext("Name"),
    "village": lazy_gettext("Village"),
    "village_code": lazy_gettext("Village code"),
    "district": lazy_gettext("District"),
    "occupation": lazy_gettext("Occupation"),
}


@dataclass(frozen=True, slots=True)
class Mending:
    """A report to write down: label and value of each fact, and the findings (of very long lists the first ones)."""

    facts: Sequence[tuple[str, str | int]]
    rejections: Sequence[Finding]
    warnings: Sequence[Finding]

    def rows(self) -> Iterator[tuple[int, str, str, str, str]]:
        """Row number, result, problem, what to do, and the NIK masked, in the order of the file."""
        rejected, odd = _("rejected"), _("to look at")
        codes = {one.reason for one in self.rejections} | {one.reason for one in self.warnings}
        words = {code: (problem(code), mending(code)) for code in codes}
        kinds = ((rejected, self.rejections), (odd, self.warnings))
        found = [zip(repeat(result), sorted(some), strict=False) for result, some in kinds]
        for result, one in merge(*found, key=lambda entry: entry[1].row):
            yield one.row, result, *words[one.reason], mask_nik(one.nik_last4)


def mask_nik(last4: str) -> str:
    """A NIK as a report may show it: its last four digits."""
    return f"…{last4}" if last4 else ""


def describe_column(column: FoundColumn) -> str:
    """Which column something was taken from: `Name: column C (Nama Lengkap)`."""
    words = {"kind": COLUMN_KINDS[column.kind], "letter": column.letter}
    if not column.heading:
        return _("%(kind)s: column %(letter)s", **words)
    return _("%(kind)s: column %(letter)s (%(heading)s)", heading=column.heading, **words)


def mend_import(report: ImportReport) -> Mending:
    """The report on a list that was imported or only checked."""
    facts: list[tuple[str, str | int]] = [("SHA-256", report.sha256)] if report.sha256 else []
    if report.columns:
        columns = "; ".join(map(describe_column, report.columns))
        facts += [(_("Row with the headings"), report.header_row), (_("Columns read"), columns)]
    counts = _counts(report, len(report.rejected), len(report.warnings))
    reasons = _by_reason(_count(report.rejected), _count(report.warnings))
    return Mending(
        [*_held(report.reason, report.held_row), *facts, *counts, *reasons], report.rejected, report.warnings
    )


def mend_upload(report: UploadReport) -> Mending:
    """The report on an uploaded list, as its row keeps it."""
    counts = _counts(report, report.rejected, report.warned)
    reasons = _by_reason(report.rejected_by, report.warned_by)
    return Mending(
        [*_held(report.reason, report.held_row), *counts, *reasons], report.rejections, report.warnings
    )


def _held(reason: str | None, row: int) -> list[tuple[str, str | int]]:
    return [(_("The file was held back; nothing was stored"), held_words(reason, row))] if reason else []


def _counts(report: ImportReport | UploadReport, rejected: int, warned: int) -> list[tuple[str, str | int]]:
    """The figures; those of what was left out only where there is something."""
    if report.reason:
        return []
    left_out = [
        (_("Hidden sheets, not read"), report.hidden_sheets),
        (_("Hidden rows, not read"), report.hidden_rows),
        (_("More sheets with a list, not read"), report.unread_sheets),
    ]
    return [
        (_("Rows about people"), report.rows),
        (_("Taken"), report.accepted),
        (_("Rejected"), rejected),
        (_("Taken, but look at them"), warned),
        (_("People"), report.people),
        *((label, number) for label, number in left_out if number),
    ]


def _by_reason(*counts: Mapping[str, int]) -> list[tuple[str, str | int]]:
    return [(problem(code), number) for found in counts for code, number in found.items()]


def _count(findings: Sequence[Finding]) -> dict[str, int]:
    return dict(Counter(one.reason for one in findings).most_common())
