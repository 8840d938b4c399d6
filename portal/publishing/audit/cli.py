"""`portal audit`: is the trail whole, and a change of its key."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.publishing.audit.services import check_trail, rekey

audit = AppGroup("audit", help="The audit trail: verify it, or change its key.")


@audit.command("verify")
def verify_command() -> None:
    """Find any edit, removal or reorder; exit status 1 names the first wrong entry."""
    verdict = check_trail(db.session)
    if verdict.fault:
        click.echo(verdict.fault, err=True)
        click.echo(_("Entries before it that hold: %(count)s.", count=verdict.count), err=True)
        sys.exit(1)
    click.echo(
        _(
            "The trail is whole: %(count)s entries, head %(hash)s",
            count=verdict.count,
            hash=verdict.hash or "-",
        )
    )


@audit.command("rekey")
@click.option("--former", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
def rekey_command(former: Path) -> None:
    """After PORTAL_SECRET_KEY was changed: FORMER is a file with the former key."""
    verdict = rekey(db.session, former.read_text(encoding="utf-8", errors="replace").strip().encode())
    click.echo(_("The present key vouches for %(count)s entries.", count=verdict.count))
