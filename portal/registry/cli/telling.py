"""The report of an import for people, on stderr."""

from __future__ import annotations

from collections.abc import Sequence

import click

from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.registry.lists.held import held_words
from portal.registry.reports.contents import describe_column, mask_nik
from portal.registry.reports.reasons import mending, problem
from portal.registry.shapes import Finding, ImportReport

ROWS_SHOWN = 10


def tell(report: ImportReport, *, stored: bool) -> None:
    """The report for people, on stderr."""
    if report.reason:
        _say(held_words(report.reason, report.held_row))
        _tell_columns(report)
        return
    if report.is_known:
        _say(_("This file is list %(id)s already; nothing was added.", id=report.list_id))
        return
    _tell_columns(report)
    counts = {"rows": report.rows, "accepted": report.accepted, "rejected": len(report.rejected)}
    _say(_("%(rows)s rows: %(accepted)s accepted, %(rejected)s rejected.", **counts))
    _tell_unread(report)
    _tell_findings(_("Rejected rows"), report.rejected)
    _tell_findings(_("Taken, but look at them"), report.warnings)
    if stored and report.list_id is not None:
        _say(_("Stored as list %(id)s: %(people)s people.", id=report.list_id, people=report.people))
    elif stored:
        _say(_("No row could be taken, so no list was stored."))


def _tell_columns(report: ImportReport) -> None:
    """Which columns were read, for the officer to confirm."""
    if report.header_row:
        _say(_("Headings in row %(row)s. Read from these columns:", row=report.header_row))
    for column in report.columns:
        _say(f"  {describe_column(column)}")


def _tell_unread(report: ImportReport) -> None:
    """What of the workbook was left out, in the words of the desk."""
    if sheets := report.hidden_sheets:
        _say(ngettext("%(num)s hidden sheet is not read.", "%(num)s hidden sheets are not read.", sheets))
    if rows := report.hidden_rows:
        _say(
            ngettext(
                "%(num)s hidden row was not read. Show it in the spreadsheet if it belongs to the list.",
                "%(num)s hidden rows were not read. Show them in the spreadsheet if they belong to the list.",
                rows,
            )
        )
    if lists := report.unread_sheets:
        _say(
            ngettext(
                "%(num)s more sheet has a list of its own and is not read: bring it as a file of its own.",
                "%(num)s more sheets have lists of their own and are not read: bring each as a file of its own.",
                lists,
            )
        )


def _tell_findings(title: str, findings: Sequence[Finding]) -> None:
    """Each problem once, in words, with what to do and the rows that have it."""
    by_reason: dict[str, list[Finding]] = {}
    for one in findings:
        by_reason.setdefault(one.reason, []).append(one)
    if findings:
        _say(f"{title}:")
    for code, found in sorted(by_reason.items(), key=lambda entry: -len(entry[1])):
        number = ngettext("%(num)s row", "%(num)s rows", len(found))
        _say(f"  {number}: {problem(code)} {mending(code)}")
        _say("    " + ", ".join(map(_row, found[:ROWS_SHOWN])))
        if len(found) > ROWS_SHOWN:
            more = _("… and %(more)s more: --report FILE.xlsx lists all.", more=len(found) - ROWS_SHOWN)
            _say(f"    {more}")


def _row(finding: Finding) -> str:
    row = _("row %(row)s", row=finding.row)
    masked = mask_nik(finding.nik_last4)
    return f"{row} ({masked})" if masked else row


def _say(words: str) -> None:
    click.echo(words, err=True)
