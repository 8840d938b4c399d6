"""`portal backup FILE` and `portal restore FILE`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.core.i18n import gettext as _
from portal.core.terminal import progress, speak_its_language
from portal.settings import Settings


def _settings() -> Settings:
    speak_its_language()
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    return settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write both databases into FILE while the portal serves; the keys are not in it."""
    from portal.backup.services.saving import STEPS, write_backup

    settings = _settings()
    with progress(STEPS) as advance:
        made = write_backup(settings, file, advance)
    rows = sum(table.rows for table in made.tables)
    click.echo(
        _(
            "Backup written to %(file)s: %(rows)s rows, %(size)s MB. The keys are not in it: keep them elsewhere.",
            file=file,
            rows=rows,
            size=-(-file.stat().st_size // 1_000_000),
        ),
        err=True,
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is in the databases.")
@click.option("--check", is_flag=True, help="Only check that FILE could be restored here.")
@with_appcontext
def restore(file: Path, force: bool, check: bool) -> None:
    """Put a backup in place of both databases, each whole or not at all; run it again should it be cut off between the two."""
    from portal.backup.services.restoring import check_backup, restore_backup
    from portal.backup.services.saving import STEPS

    settings = _settings()
    with progress((2 if check else 3) * STEPS) as advance:
        if check:
            done = check_backup(settings, file, advance)
        else:
            done = restore_backup(settings, file, force=force, progress=advance)
    made_at = done.manifest.made_at
    if check:
        click.echo(
            _("The backup of %(moment)s is whole and belongs to this portal's keys.", moment=made_at),
            err=True,
        )
    else:
        click.echo(
            _("The portal is as it was at %(moment)s. Everybody signs in anew.", moment=made_at), err=True
        )
    if not done.same_secret:
        click.echo(
            _(
                "It was made under another PORTAL_SECRET_KEY: second factors can't be read, so hand out new links "
                "(portal staff link), and run `portal audit rekey`."
            ),
            err=True,
        )
