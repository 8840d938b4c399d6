"""`portal areas load`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from portal.areas.services import load_areas
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.settings import ROOT

areas = AppGroup("areas", help="Provinces, regencies, districts, villages and population.")


@areas.command("load")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "data" / "areas"
)
def load(folder: Path) -> None:
    """Load the area files of FOLDER (default: data/areas); nothing happens where they are loaded."""
    done = load_areas(db.session(), folder)
    if done.changed:
        message = _(
            "%(provinces)s provinces, %(regencies)s regencies and cities, %(districts)s districts and "
            "%(villages)s villages are loaded.",
            provinces=done.provinces,
            regencies=done.regencies,
            districts=done.districts,
            villages=done.villages,
        )
    else:
        message = _("The areas are loaded already.")
    click.echo(message, err=True)
