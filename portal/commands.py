"""Every command group, in the order of `portal --help`."""

from __future__ import annotations

import click

from portal.accounts.cli import staff
from portal.areas.cli import areas
from portal.backup.cli import backup, restore
from portal.evidence.cli import checks
from portal.evidence.rules.cli import rules
from portal.opendata.cli import data
from portal.publishing.audit.cli import audit
from portal.registry.cli import registry
from portal.site.commands import db, serve
from portal.site.setup import setup
from portal.work.cli import worker

COMMANDS: tuple[click.Command, ...] = (
    serve,
    worker,
    setup,
    db,
    backup,
    restore,
    areas,
    rules,
    data,
    checks,
    registry,
    audit,
    staff,
)
