"""`portal registry sample` and `import`: made-up lists, and lists of offices in."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click

from portal.core.i18n import gettext as _
from portal.core.vocabulary import FUNDING_SOURCES
from portal.registry.cli.group import FILE, Month, actor, progress, registry, steps
from portal.registry.cli.telling import tell
from portal.registry.errors import ListCannotMove
from portal.registry.queries import find_list
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list
from portal.registry.services.sampling import ROWS_PER_STEP, write_sample
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover


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
def import_list(
    file: Path, program: str, funding: str, first: int, last: int, check: bool, publish: bool, as_json: bool
) -> None:
    """Take in an enrolment list (.xlsx, .xls, .ods or CSV); all of it or nothing."""
    if last < first:
        raise click.UsageError(_("--to is before --from: give the first month first."))
    if check and publish:
        raise click.UsageError(_("--check stores nothing, so there is nothing to --publish: leave one out."))
    cover = Cover(program, funding, first, last)
    with progress(file.stat().st_size) as advance:
        report = stage_list(file, cover, actor=actor(), check_only=check, progress=steps(advance))
    if publish and report.list_id is not None:
        _publish_once(report.list_id)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        tell(report, stored=not check)
    if report.reason or not (report.accepted or report.is_known):
        sys.exit(1)


def _publish_once(list_id: int) -> None:
    """Publish what was staged; a known file may be published already, by us or by somebody at this moment."""
    try:
        publish_list(list_id, actor=actor())
    except ListCannotMove:
        with registry_engine().connect() as connection:
            found = find_list(connection, list_id)
        if found is None or found.state != "published":
            raise
