"""`portal registry sample` and `import`: made-up lists, and lists of offices in."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click

from portal.core.collecting import collected_seldom
from portal.core.i18n import gettext as _
from portal.core.terminal import progress
from portal.core.vocabulary import FUNDING_SOURCES
from portal.registry.cli.group import FILE, Month, actor, registry, steps
from portal.registry.cli.telling import tell
from portal.registry.errors import ListCannotMove
from portal.registry.keying.process import make_way
from portal.registry.queries import find_list
from portal.registry.reports.contents import mend_import
from portal.registry.reports.files import write_csv, write_workbook
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list
from portal.registry.services.sampling import MOST_SHEET_ROWS, ROWS_PER_STEP, write_sample
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover, ImportReport

SPREADSHEETS = (".csv", ".xlsx")


@registry.command("sample")
@click.option("--rows", type=click.IntRange(1, 10_000_000), required=True, help="How many people.")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True)
@click.option("--region", default="64.03", show_default=True, help="Kemendagri code of the regency.")
def sample(rows: int, out: Path, region: str) -> None:
    """Write a synthetic list, .csv or .xlsx: made-up people whose NIKs no office can have issued."""
    if out.suffix.lower() not in SPREADSHEETS:
        raise click.UsageError(_("Give a file name that ends in .csv or .xlsx."))
    if out.suffix.lower() == ".xlsx" and rows > MOST_SHEET_ROWS:
        raise click.UsageError(
            _("A sheet holds at most %(most)s people: write a .csv file.", most=MOST_SHEET_ROWS)
        )
    if not re.fullmatch(r"\d\d(\.?\d\d)?", region):
        raise click.UsageError(_("--region: give a code such as 64.03."))
    with progress(rows) as advance:
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
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write the report as a spreadsheet to mend the list with, .xlsx or .csv.",
)
def import_list(
    file: Path,
    program: str,
    funding: str,
    first: int,
    last: int,
    check: bool,
    publish: bool,
    as_json: bool,
    report_file: Path | None,
) -> None:
    """Take in an enrolment list (.xlsx, .xls, .ods or CSV); all of it or nothing."""
    if last < first:
        raise click.UsageError(_("--to is before --from: give the first month first."))
    if check and publish:
        raise click.UsageError(_("--check stores nothing, so there is nothing to --publish: leave one out."))
    cover = Cover(program, funding, first, last)
    if report_file is not None:
        _refuse_report(report_file, file)
    make_way()
    with collected_seldom():
        with progress(file.stat().st_size) as advance:
            report = stage_list(file, cover, actor=actor(), check_only=check, progress=steps(advance))
        if publish and report.list_id is not None:
            _publish_once(report.list_id)
    if report_file is not None:
        _write_report(report, report_file)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        tell(report, stored=not check)
    if report.reason or not (report.accepted or report.is_known):
        sys.exit(1)


def _refuse_report(report_file: Path, file: Path) -> None:
    """A report is never written over the list, nor in a form nobody can open."""
    if report_file.suffix.lower() not in SPREADSHEETS:
        raise click.UsageError(_("--report: give a file name that ends in .csv or .xlsx."))
    if not report_file.parent.is_dir():
        raise click.UsageError(_("--report: there is no folder %(folder)s.", folder=report_file.parent))
    if report_file.exists() and report_file.samefile(file):
        raise click.UsageError(_("--report would overwrite the list itself: give another file name."))


def _write_report(report: ImportReport, path: Path) -> None:
    found = mend_import(report)
    with path.open("wb") as out:
        if path.suffix.lower() == ".csv":
            out.write(write_csv(found))
        else:
            write_workbook(found, out)
    click.echo(_("The report is in %(file)s.", file=path), err=True)


def _publish_once(list_id: int) -> None:
    """Publish what was staged; a known file may be published already, by us or by somebody at this moment."""
    try:
        publish_list(list_id, actor=actor())
    except ListCannotMove:
        with registry_engine().connect() as connection:
            found = find_list(connection, list_id)
        if found is None or found.state != "published":
            raise
