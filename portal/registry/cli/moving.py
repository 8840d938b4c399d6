"""`portal registry lists`, `publish` and `withdraw`."""

from __future__ import annotations

import json

import click

from portal.core.i18n import gettext as _
from portal.registry.cli.group import actor, registry
from portal.registry.queries import list_lists
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list, withdraw_list
from portal.registry.shapes import EnrolmentList


@registry.command("lists")
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON.")
def show_lists(as_json: bool) -> None:
    """Show all lists, newest first."""
    with registry_engine().connect() as connection:
        found = list_lists(connection)
    if as_json:
        click.echo(json.dumps([_list_json(one) for one in found], ensure_ascii=False))
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
    done = publish_list(list_id, actor=actor())
    click.echo(_("List %(id)s is published: %(people)s people.", id=done.id, people=done.people), err=True)


@registry.command("withdraw")
@click.argument("list_id", metavar="ID", type=int)
def withdraw_command(list_id: int) -> None:
    """Withdraw a list; what it replaced is back."""
    done = withdraw_list(list_id, actor=actor())
    click.echo(_("List %(id)s is withdrawn.", id=done.id), err=True)


def _list_json(one: EnrolmentList) -> dict[str, object]:
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
    }


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"
