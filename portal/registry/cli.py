"""`portal registry`: synthetic lists, and enrolment lists in, published and withdrawn."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.core.i18n import gettext as _
from portal.core.i18n import set_language
from portal.core.vocabulary import FUNDING_SOURCES
from portal.registry.errors import ListCannotMove
from portal.registry.lists.held import SENTENCES
from portal.registry.queries import find_list, list_lists
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list, withdraw_list
from portal.registry.services.sampling import ROWS_PER_STEP, write_sample
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover, EnrolmentList, Finding, ImportReport

FINDINGS_SHOWN = 20

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group(cls=AppGroup)
def registry() -> None:
    """Enrolment lists: who is covered, kept as keyed digests only."""
    # Offices run this too: the terminal's language where it is ours.
    set_language("id" if os.environ.get("LANG", "").startswith("id") else "en")


class Month(click.ParamType[int]):
    """A month written YYYY-MM, numbered year × 12 + month − 1."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """See click.ParamType."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", str(value))
        if not found:
            self.fail(_("write the month as YYYY-MM, for instance 2026-01"), param, ctx)
        return int(found[1]) * 12 + int(found[2]) - 1


@registry.command("sample")
@click.option("--rows", type=click.IntRange(1, 10_000_000), required=True, help="How many people.")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True)
@click.option("--region", default="64.03", show_default=True, help="Kemendagri code of the regency.")
def sample(rows: int, out: Path, region: str) -> None:
    """Write a synthetic list: made-up people whose NIKs no office can have issued."""
    if out.suffix.lower() != ".csv":
        raise click.UsageError(_("Only .csv can be written for now: give a file name that ends in .csv."))
    if not re.fullmatch(r"\d\d(\.?\d\d)?", region):
        raise click.UsageError(_("--region: give a code such as 64.03."))
    with _progress(rows) as advance:
        write_sample(out, rows, region, progress=lambda done: advance(ROWS_PER_STEP))
    click.echo(_("%(rows)s made-up people written to %(file)s.", rows=rows, file=out), err=True)


@registry.command("import")
@click.argument("file", type=FILE)
@click.option("--program", required=True, metavar="SLUG", help="The programme that covers these people.")
@click.option("--funding", required=True, type=click.Choice(FUNDING_SOURCES), help="Who pays.")
@click.option("--from", "first", required=True, type=Month(), help="First month covered.")
@click.option("--to", "last", required=True, type=Month(), help="Last month covered.")
@click.option("--check", is_flag=True, help="Report only; store nothing.")
@click.option("--publish", is_flag=True, help="Publish the list once it is staged.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_list(
    file: Path, program: str, funding: str, first: int, last: int, check: bool, publish: bool, as_json: bool
) -> None:
    """Take in an enrolment list (.xlsx, .xls, .ods or CSV); all of it or nothing."""
    if last < first:
        raise click.UsageError(_("--to is before --from: give the first month first."))
    if check and publish:
        raise click.UsageError(_("--check stores nothing, so there is nothing to --publish: leave one out."))
    cover = Cover(program, funding, first, last)
    with _progress(file.stat().st_size) as advance:
        report = stage_list(file, cover, actor=_actor(), check_only=check, progress=_steps(advance))
    if publish and report.list_id is not None:
        _publish_once(report.list_id)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _tell(report, stored=not check)
    if report.reason or not (report.accepted or report.is_known):
        sys.exit(1)


@registry.command("lists")
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON.")
def show_lists(as_json: bool) -> None:
    """Show all lists, newest first."""
    with registry_engine().connect() as connection:
        found = list_lists(connection)
    if as_json:
        click.echo(json.dumps([_list_json(one) for one in found], ensure_ascii=False))
        return
    click.echo(f"{'id':>5}  {'state':<10}  {'months':<17}  {'people':>9}  {'payer':<14}  programme")
    for one in found:
        months = f"{_month(one.cover.first_month)}..{_month(one.cover.last_month)}"
        made_up = _(" (synthetic)") if one.synthetic else ""
        click.echo(
            f"{one.id:>5}  {one.state:<10}  {months:<17}  {one.people:>9}  {one.cover.funding_source:<14}  "
            f"{one.cover.program}{made_up}"
        )


@registry.command("publish")
@click.argument("list_id", metavar="ID", type=int)
def publish_command(list_id: int) -> None:
    """Publish a staged list; it replaces the one before."""
    done = publish_list(list_id, actor=_actor())
    click.echo(_("List %(id)s is published: %(people)s people.", id=done.id, people=done.people), err=True)


@registry.command("withdraw")
@click.argument("list_id", metavar="ID", type=int)
def withdraw_command(list_id: int) -> None:
    """Withdraw a list; what it replaced is back."""
    done = withdraw_list(list_id, actor=_actor())
    click.echo(_("List %(id)s is withdrawn.", id=done.id), err=True)


def _publish_once(list_id: int) -> None:
    """Publish what was staged; a known file may be published already, by us or by somebody at this moment."""
    try:
        publish_list(list_id, actor=_actor())
    except ListCannotMove:
        with registry_engine().connect() as connection:
            found = find_list(connection, list_id)
        if found is None or found.state != "published":
            raise


def _tell(report: ImportReport, *, stored: bool) -> None:
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


def _list_json(one: EnrolmentList) -> dict[str, object]:
    return {
        "id": one.id,
        "state": one.state,
        "program": one.cover.program,
        "funding_source": one.cover.funding_source,
        "from": _month(one.cover.first_month),
        "to": _month(one.cover.last_month),
        "people": one.people,
        "rejected": one.rows_rejected,
        "synthetic": one.synthetic,
        "staged_at": one.staged_at,
        "superseded_by": one.superseded_by,
        "sha256": one.sha256,
    }


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"


def _actor() -> str:
    """The account at the machine: a list says who brought it."""
    try:
        return f"cli:{getpass.getuser()}"[:120]
    except (KeyError, OSError):
        return "cli"


def _steps(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Turn a position into the step since the last one."""
    before = 0

    def tell(done: int) -> None:
        nonlocal before
        advance(done - before)
        before = done

    return tell


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    with click.progressbar(length=length, file=sys.stderr) as bar:
        yield bar.update
