"""`portal registry rotate-key`: a newer key for the registry, while people go on checking."""

from __future__ import annotations

from contextlib import suppress

import click
from flask import current_app

from portal.core.i18n import gettext as _
from portal.core.terminal import progress
from portal.registry.cli.group import registry, steps
from portal.registry.errors import NoNewerKey
from portal.registry.services.keys import known_ring, provide_next_key
from portal.registry.services.rotation import BATCH, PARTS, rotate
from portal.settings import Settings


@registry.command("rotate-key")
@click.option(
    "--batch",
    type=click.IntRange(1, 1_000_000),
    default=BATCH,
    show_default=True,
    help="Rows moved in one transaction.",
)
@click.option("--prepare", is_flag=True, help="Only add the new key to the key file; move nothing yet.")
def rotate_key(batch: int, prepare: bool) -> None:
    """Move all lists to a new key; may be interrupted at any moment and run again."""
    if provide_next_key():
        _tell_added()
    if prepare:
        _tell_prepared()
        return
    # Somebody who ran the same command at the same time may have ended what was begun.
    with progress(PARTS) as advance, suppress(NoNewerKey):
        rotate(known_ring(), batch=batch, progress=steps(advance))
    click.echo(
        _(
            "All lists use key number %(number)s now. Keep the former keys: they are needed too.",
            number=_count(),
        ),
        err=True,
    )


def _tell_added() -> None:
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    click.echo(
        _(
            "Key number %(number)s was added to %(file)s. Back that file up now, apart from the databases: "
            "from here on all its keys are needed.",
            number=_count(),
            file=settings.registry_key_file,
        ),
        err=True,
    )


def _tell_prepared() -> None:
    click.echo(
        _(
            "Nothing was moved. Once every machine of the portal has all %(number)s keys, run the command "
            "without --prepare.",
            number=_count(),
        ),
        err=True,
    )


def _count() -> int:
    return known_ring().version
