"""`portal registry lists`, `publish`, `withdraw` and `restore`."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from portal.core.i18n import gettext as _
from portal.registry.cli.group import actor, registry
from portal.registry.errors import ListCannotMove
from portal.registry.queries import find_list, list_lists
from portal.registry.services.events import tell_events
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list, restore_list, withdraw_list
from portal.registry.services.retention import kept_until
from portal.registry.shapes import EnrolmentList


@registry.command("lists")
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON.")
def show_lists(as_json: bool) -> None:
    """Show all lists, newest first."""
    with registry_engine().connect() as connection:
        found = list_lists(connection)
    if as_json:
        click.echo(json.dumps([list_json(one) for one in found], ensure_ascii=False))
        return
    click.echo(f"{'id':>5}  {'state':<10}  {'months':<17}  {'people':>9}  {'payer':<14}  programme")
    for one in found:
        months = f"{_month(one.cover.first_month)}..{_month(one.cover.last_month)}"
        made_up = _(" (synthetic)") if one.synthetic else ""
        click.echo(
            f"{one.id:>5}  {one.state:<10}  {months:<17}  {one.people:>9}  {one.cover.funding_source:<14}  "
            f"{one.cover.program}{made_up}"
        )


@registry.command("publish")
@click.argument("list_id", metavar="ID", type=int)
def publish_command(list_id: int) -> None:
    """Publish a staged list; it replaces the one before."""
    done = _once("published", list_id, lambda: publish_list(list_id, actor=actor()))
    click.echo(_("List %(id)s is published: %(people)s people.", id=done.id, people=done.people), err=True)


@registry.command("withdraw")
@click.argument("list_id", metavar="ID", type=int)
def withdraw_command(list_id: int) -> None:
    """Withdraw a list; what it replaced is back."""
    done = _once("withdrawn", list_id, lambda: withdraw_list(list_id, actor=actor()))
    click.echo(_("List %(id)s is withdrawn.", id=done.id), err=True)


@registry.command("restore")
@click.argument("list_id", metavar="ID", type=int)
def restore_command(list_id: int) -> None:
    """Publish a replaced or withdrawn list again; whoever has its months now is replaced by it."""
    done = _once("published", list_id, lambda: restore_list(list_id, actor=actor()))
    click.echo(_("List %(id)s is published: %(people)s people.", id=done.id, people=done.people), err=True)


def _once(state: str, list_id: int, step: Callable[[], EnrolmentList]) -> EnrolmentList:
    """Take a step; where it was taken already, by us before a crash or by somebody else, that is as good."""
    try:
        return step()
    except ListCannotMove:
        with registry_engine().connect() as connection:
            found = find_list(connection, list_id)
        if found is None or found.state != state:
            raise
    tell_events()
    return found


def list_json(one: EnrolmentList) -> dict[str, object]:
    """A list as scripts read it; `kept_until` is when it may be purged."""
    until = kept_until(one)
    return {
        "id": one.id,
        "state": one.state,
        "program": one.cover.program,
        "funding_source": one.cover.funding_source,
        "from": _month(one.cover.first_month),
        "to": _month(one.cover.last_month),
        "people": one.people,
        "rejected": one.rows_rejected,
        "synthetic": one.synthetic,
        "staged_at": one.staged_at,
        "superseded_by": one.superseded_by,
        "sha256": one.sha256,
        "kept_until": until.isoformat(timespec="seconds") if until else None,
        "purged_at": one.purged_at or None,
    }


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"
