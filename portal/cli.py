"""The `portal` command: every domain's commands, and errors without traceback."""

from __future__ import annotations

import sys

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from portal import create_app
from portal.commands import COMMANDS
from portal.core.errors import PortalError
from portal.core.full_disk import is_full
from portal.core.i18n import gettext as _


@click.group()
def cli() -> None:
    """Portal transparansi perlindungan pekerja rentan."""


for _command in COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Run a command: exit status 0 done, 1 refused or failed, 2 wrong use."""
    try:
        cli(prog_name="portal", obj=ScriptInfo(create_app=create_app))
    except PortalError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except (DataError, IntegrityError):
        # A mistake of the portal's own, for its maintainers to see whole; the others come from the database.
        raise
    except DatabaseError as error:
        click.echo(_database_sentence(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        sys.exit(1)


def _database_sentence(error: DatabaseError) -> str:
    text = str(error.orig).splitlines()[0]
    if "no such table" in text or "does not exist" in text:
        return _("The database has no tables yet: run `portal db upgrade` first.")
    if "locked" in text:
        return _(
            "The database is locked by another process: wait for it to finish and run the command again."
        )
    if is_full(error):
        return _(
            "The disk is full or can't be written; nothing was changed. Make room and run the command again."
        )
    return _("The database cannot be used: %(reason)s", reason=text)
