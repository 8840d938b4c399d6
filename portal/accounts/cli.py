"""`portal staff`: accounts of the regions' teams."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from portal.accounts import queries
from portal.accounts.services import people
from portal.accounts.services.post import try_to_mail
from portal.accounts.shapes import PersonShape
from portal.accounts.vocabulary import EVERYWHERE, ROLES
from portal.areas.queries import find_region, region_exists
from portal.core.i18n import gettext as _
from portal.core.terminal import speak_its_language


@click.group(cls=AppGroup)
def staff() -> None:
    """Accounts of the regions' teams."""
    speak_its_language()


@staff.command("add")
@click.argument("email")
@click.option("--region", "region_code", required=True, help="Code, slug, or `semua`.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the person may do there.")
@click.option("--name", default="", help="What colleagues see in place of the address.")
def add(email: str, region_code: str, role: str, name: str) -> None:
    """Give EMAIL a role, with an account where there is none; prints a one-time set-up link."""
    region_code = _region(region_code)
    done = people.invite(None, email, role, region_code, name)
    place = region_code or _("the whole portal")
    words = {"email": done.email, "role": role, "place": place}
    if done.is_new:
        click.echo(_("%(email)s has an account now, as %(role)s in %(place)s.", **words), err=True)
    else:
        click.echo(_("%(email)s had an account already and is %(role)s in %(place)s now.", **words), err=True)
    if not done.active:
        click.echo(_("The account is switched off: `portal staff activate` switches it on."), err=True)
    if done.link:
        _hand_over(done.email, done.link)


@staff.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a new one-time set-up link: password and second factors are set up anew with it."""
    account_id = _account(email)
    _hand_over(queries.fold_email(email), people.renew_link(None, account_id))


@staff.command("deactivate")
@click.argument("email")
def deactivate(email: str) -> None:
    """Switch an account off; it is signed out everywhere at once."""
    people.deactivate(None, _account(email))
    click.echo(_("%(email)s is switched off.", email=email), err=True)


@staff.command("activate")
@click.argument("email")
def activate(email: str) -> None:
    """Switch an account on again."""
    people.activate(None, _account(email))
    click.echo(_("%(email)s is switched on.", email=email), err=True)


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON.")
def list_staff(as_json: bool) -> None:
    """Show all accounts with their roles."""
    found = queries.list_people(None)
    if as_json:
        click.echo(json.dumps([_person_json(person) for person in found], ensure_ascii=False))
        return
    for person in found:
        roles = ", ".join(f"{grant.role}:{grant.region_code or 'semua'}" for grant in person.grants)
        click.echo(f"{person.email:<40}  {_state(person):<12}  {roles}")


def _hand_over(email: str, address: str) -> None:
    """The link on stdout, alone, so that scripts can take it."""
    if try_to_mail(email, address, "setup"):
        click.echo(_("The link was mailed too. It is good once, for 72 hours:"), err=True)
    else:
        click.echo(_("Give this link to the person. It is good once, for 72 hours:"), err=True)
    click.echo(address)


def _region(text: str) -> str:
    """The code of a region given by code or slug; `semua` is the whole portal."""
    if text == "semua":
        return EVERYWHERE
    if region_exists(text):
        return text
    region = find_region(text)
    if region is None:
        reason = _("no region has the code or slug %(code)s; `semua` is the whole portal", code=text)
        raise click.BadParameter(reason, param_hint="--region")
    return region.code


def _account(email: str) -> int:
    found = queries.find_account(email)
    if found is None:
        raise click.ClickException(_("nobody has the e-mail address %(email)s", email=email))
    return found


def _state(person: PersonShape) -> str:
    if not person.active:
        return "off"
    return ("second factor" if person.has_factor else "password") if person.is_set_up else "invited"


def _person_json(person: PersonShape) -> dict[str, object]:
    return {
        "email": person.email,
        "name": person.name,
        "state": _state(person),
        "roles": [{"role": grant.role, "region": grant.region_code or "semua"} for grant in person.grants],
    }
