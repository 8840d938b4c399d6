"""`/meja/tim`: an administrator's people."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import queries
from portal.accounts.guard import current_actor, desk_view
from portal.accounts.keyed import seal, unseal
from portal.accounts.outcomes import AccountProblem
from portal.accounts.services import people
from portal.accounts.services.post import try_to_mail
from portal.accounts.shapes import PersonShape
from portal.accounts.vocabulary import EVERYWHERE
from portal.accounts.words import list_places, local_clock, role_words
from portal.areas.queries import list_region_names
from portal.core.i18n import gettext as _
from portal.core.pages import page

team_bp = Blueprint("team", __name__)
LINK, SHOWN_FOR = "team_link", 900
FIELDS = ("email", "nama", "peran", "wilayah")


@team_bp.get("/meja/tim")
@desk_view("administrator")
def show_team() -> Response:
    """The people of one's regions, and the form that invites another."""
    return _team_page()


@team_bp.post("/meja/tim")
@desk_view("administrator")
def invite() -> BaseResponse:
    """Give somebody a role, with an account where there is none."""
    typed = {name: request.form.get(name, "")[:300] for name in FIELDS}
    try:
        done = people.invite(
            current_actor(), typed["email"], typed["peran"], _region(typed["wilayah"]), typed["nama"]
        )
    except AccountProblem as problem:
        return _team_page(422, typed, {problem.field: str(problem)})
    if done.link:
        _keep_link(done.account_id, done.email, done.link)
    return _to(done.account_id)


@team_bp.get("/meja/tim/<int:account_id>")
@desk_view("administrator")
def show_person(account_id: int) -> Response:
    """One person: roles, and whether the account is on."""
    return _person_page(_person(account_id))


@team_bp.post("/meja/tim/<int:account_id>/peran")
@desk_view("administrator")
def grant(account_id: int) -> BaseResponse:
    """One more role."""
    return _do(account_id, lambda: people.grant_role(current_actor(), account_id, *_role()))


@team_bp.post("/meja/tim/<int:account_id>/peran/cabut")
@desk_view("administrator")
def revoke(account_id: int) -> BaseResponse:
    """A role taken away."""
    return _do(account_id, lambda: people.revoke_role(current_actor(), account_id, *_role()))


@team_bp.post("/meja/tim/<int:account_id>/nonaktif")
@desk_view("administrator")
def deactivate(account_id: int) -> BaseResponse:
    """Switch the account off."""
    return _do(account_id, lambda: people.deactivate(current_actor(), account_id))


@team_bp.post("/meja/tim/<int:account_id>/aktif")
@desk_view("administrator")
def activate(account_id: int) -> BaseResponse:
    """Switch it on again."""
    return _do(account_id, lambda: people.activate(current_actor(), account_id))


@team_bp.post("/meja/tim/<int:account_id>/tautan")
@desk_view("administrator")
def renew_link(account_id: int) -> BaseResponse:
    """A new set-up link, shown once."""
    person = _person(account_id)
    link = people.renew_link(current_actor(), account_id)
    _keep_link(account_id, person.email, link)
    return _to(account_id)


def _do(account_id: int, act: Callable[[], None]) -> BaseResponse:
    person = _person(account_id)
    try:
        act()
    except AccountProblem as problem:
        return _person_page(person, 422, {problem.field: str(problem)})
    # The role taken away may have been the last one that made the person visible.
    return _to(account_id) if _is_visible(account_id) else redirect(url_for("team.show_team"), 303)


def _is_visible(account_id: int) -> bool:
    actor = queries.get_actor(current_actor().id)
    return actor.holds("administrator") and any(
        person.id == account_id for person in queries.list_people(actor)
    )


def _person(account_id: int) -> PersonShape:
    return queries.get_person(current_actor(), account_id)


def _role() -> tuple[str, str]:
    return request.form.get("peran", ""), _region(request.form.get("wilayah", ""))


def _region(code: str) -> str:
    """The form writes `semua` for everywhere, so that a field left out is not the whole portal."""
    return EVERYWHERE if code == "semua" else code or "-"


def _to(account_id: int) -> BaseResponse:
    return redirect(url_for("team.show_person", account_id=account_id), 303)


def _keep_link(account_id: int, email: str, link: str) -> None:
    mailed = try_to_mail(email, link, "setup")
    session[LINK] = seal(f"{account_id} {int(mailed)} {link}")


def _take_link(account_id: int) -> tuple[str, bool] | None:
    """The link made for this person a moment ago, and whether it was mailed."""
    kept = unseal(session.get(LINK, ""), SHOWN_FOR)
    whose, mailed, link = kept.split() if kept else ("", "", "")
    return (link, mailed == "1") if whose == str(account_id) else None


def _team_page(
    status: int = 200, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    actor = current_actor()
    people_seen = queries.list_people(actor)
    codes = {grant.region_code for person in people_seen for grant in person.grants}
    return page(
        "accounts/team.html",
        status=status,
        people=people_seen,
        names=list_region_names(codes),
        places=list_places(actor),
        at=local_clock(actor),
        roles=role_words(),
        typed=typed or dict.fromkeys(FIELDS, ""),
        errors=errors or {},
    )


def _person_page(person: PersonShape, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    actor = current_actor()
    return page(
        "accounts/person.html",
        status=status,
        person=person,
        names=list_region_names({grant.region_code for grant in person.grants}),
        places=list_places(actor),
        at=local_clock(actor),
        roles=role_words(),
        link=_take_link(person.id),
        may_switch=not person.has_other_grants,
        errors=errors or {},
        title=_("Person: %(name)s", name=person.label),
    )
