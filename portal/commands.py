"""Every command group, in the order of `portal --help`."""

from __future__ import annotations

import click

from portal.site.commands import db, serve

COMMANDS: tuple[click.Command, ...] = (serve, db)
