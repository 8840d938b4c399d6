"""`portal registry purge`: lists that were kept long enough lose their people for good."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click

from portal.core.i18n import gettext as _
from portal.core.terminal import progress
from portal.registry.cli.group import actor, registry, steps
from portal.registry.cli.moving import list_json
from portal.registry.services.retention import list_due, purge_lists, retention
from portal.registry.shapes import EnrolmentList


@registry.command("purge")
@click.option("--dry-run", is_flag=True, help="Tell what would be purged; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON.")
def purge_command(dry_run: bool, as_json: bool) -> None:
    """Remove the people of lists that are replaced, withdrawn or were never published, once kept long enough.

    How long is PORTAL_LIST_RETENTION_DAYS; the worker does the same every day.
    """
    now = datetime.now(UTC)
    if dry_run:
        found = list_due(now)
    else:
        with progress(100) as advance:
            found = purge_lists(now, actor=actor(), progress=steps(advance))
    if as_json:
        click.echo(json.dumps([list_json(one) for one in found], ensure_ascii=False))
    _tell(found, dry_run=dry_run)
    if not dry_run and any(not one.purged_at for one in found):
        sys.exit(1)


def _tell(found: list[EnrolmentList], *, dry_run: bool) -> None:
    days = retention().days
    if not found:
        click.echo(_("No list has been kept for more than %(days)s days.", days=days), err=True)
    for one in found:
        words = {"id": one.id, "people": one.people}
        if dry_run:
            told = _("List %(id)s would be purged: %(people)s people.", **words)
        elif one.purged_at:
            told = _("List %(id)s is purged: %(people)s people.", **words)
        else:
            told = _(
                "List %(id)s can't be restored any more, but the keys were changed while its people were removed: "
                "run `portal registry rotate-key` to its end, then this command again.",
                id=one.id,
            )
        click.echo(told, err=True)
