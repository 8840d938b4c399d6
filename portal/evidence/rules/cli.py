"""`portal rules load`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from portal.core.i18n import gettext as _
from portal.evidence.rules.services import load_rules
from portal.extensions import db
from portal.settings import ROOT

rules = AppGroup("rules", help="Contribution rates and what the cover pays.")


@rules.command("load")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "data" / "rules"
)
def load(folder: Path) -> None:
    """Load contribution rates and rules of benefit from FOLDER (default: data/rules)."""
    changed = load_rules(db.session(), folder)
    click.echo(
        _("The rules of cover are loaded.") if changed else _("The rules are loaded already."), err=True
    )
