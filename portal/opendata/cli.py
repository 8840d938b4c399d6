"""`portal data load` and `portal data export`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.opendata.changes import TableChanges
from portal.opendata.export import export_package
from portal.opendata.services import LoadReport, load_package

data = AppGroup("data", help="The open data package, in and out.")


@data.command("load")
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Only report what is wrong and what would change.")
def load(package: Path, check: bool) -> None:
    """Load the data package in PACKAGE, a folder or a zip file: all of it or, with any fault, nothing."""
    report = load_package(db.session(), package, check=check)
    for line in _lines(report, check):
        click.echo(line, err=True)


def _lines(report: LoadReport, check: bool) -> list[str]:
    if not report.changed:
        return [_("The package %(name)s is loaded already.", name=report.name)]
    lines = [_table_line(table) for table in report.tables]
    if check:
        return [*lines, _("The package %(name)s has no fault; nothing was changed.", name=report.name)]
    return [*lines, _("The package %(name)s is loaded.", name=report.name)]


def _table_line(table: TableChanges) -> str:
    line = _(
        "%(table)s: %(new)s new, %(changed)s changed, %(unchanged)s as before",
        table=table.name,
        new=len(table.new),
        changed=len(table.changed),
        unchanged=table.unchanged,
    )
    if table.absent:
        line += _("; %(absent)s published but not in the package, kept", absent=len(table.absent))
    return line


@data.command("export")
@click.argument("target", type=click.Path(path_type=Path))
def export(target: Path) -> None:
    """Write everything published to TARGET as a data package: a folder, or a zip file where it ends in .zip."""
    count = export_package(db.session(), target)
    click.echo(_("%(count)s files are written to %(target)s.", count=count, target=target), err=True)
