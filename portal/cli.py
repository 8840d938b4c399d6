"""The `portal` command: every domain's commands, and errors without traceback."""

from __future__ import annotations

import sys

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal import create_app
from portal.commands import COMMANDS
from portal.core.errors import PortalError


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
    except (OperationalError, ProgrammingError) as error:
        click.echo(_database_sentence(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        sys.exit(1)


def _database_sentence(error: OperationalError | ProgrammingError) -> str:
    text = str(error.orig).splitlines()[0]
    if "no such table" in text or "does not exist" in text:
        return "The database has no tables yet: run `portal db upgrade` first."
    if "locked" in text:
        return "The database is locked by another process: wait for it to finish and run the command again."
    return f"The database cannot be used: {text}"
