"""The report of an import for people, on stderr."""

from __future__ import annotations

import click

from portal.core.i18n import gettext as _
from portal.registry.lists.held import SENTENCES
from portal.registry.shapes import Finding, ImportReport

FINDINGS_SHOWN = 20


def tell(report: ImportReport, *, stored: bool) -> None:
    """The report for people, on stderr."""
    if report.reason:
        click.echo(str(SENTENCES[report.reason]), err=True)
        return
    if report.is_known:
        click.echo(_("This file is list %(id)s already; nothing was added.", id=report.list_id), err=True)
        return
    counts = {"rows": report.rows, "accepted": report.accepted, "rejected": len(report.rejected)}
    click.echo(_("%(rows)s rows: %(accepted)s accepted, %(rejected)s rejected.", **counts), err=True)
    _tell_unread(report)
    _tell_findings(_("Rejected"), report.rejected)
    _tell_findings(_("To look at"), report.warnings)
    if stored and report.list_id is not None:
        click.echo(
            _("Stored as list %(id)s: %(people)s people.", id=report.list_id, people=report.people), err=True
        )
    elif stored:
        click.echo(_("No row could be taken, so no list was stored."), err=True)


def _tell_unread(report: ImportReport) -> None:
    """What of the workbook was left out."""
    left_out = {"sheets": report.hidden_sheets, "rows": report.hidden_rows, "more": report.unread_sheets}
    if any(left_out.values()):
        words = _(
            "Not read: %(sheets)s hidden sheets, %(rows)s hidden rows, %(more)s more lists.", **left_out
        )
        click.echo(words, err=True)


def _tell_findings(title: str, findings: list[Finding]) -> None:
    for finding in findings[:FINDINGS_SHOWN]:
        number = f" …{finding.nik_last4}" if finding.nik_last4 else ""
        row = _("row %(row)s", row=finding.row)
        click.echo(f"  {title}: {row}: {finding.reason}{number}", err=True)
    if len(findings) > FINDINGS_SHOWN:
        click.echo(
            _("  … and %(more)s more: --json lists all.", more=len(findings) - FINDINGS_SHOWN), err=True
        )
