"""What administrators may do with people, and what nobody may."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from portal.accounts.models import Account, AccountGrant
from portal.accounts.outcomes import AccountProblem
from portal.accounts.permissions import NotAllowed
from portal.accounts.queries import find_account, get_actor, list_grants
from portal.accounts.services import people
from portal.accounts.shapes import Actor, Grant
from portal.extensions import db
from tests.support.pages import Page, check_page
from tests.support.staff import Cast, add_member

NEW = {"email": "baru@berau.test", "nama": "Ibu Baru", "peran": "editor", "wilayah": "64.03"}


def test_an_invited_colleague_gets_a_link_that_is_shown_once(cast: Cast) -> None:
    client = cast.berau_administrator.client
    answer = client.post("/meja/tim", data=NEW)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert re.search(r"http://portal\.test/meja/sandi/tautan/\S{40,}<", page)
    other = cast.administrator.client.get(answer.location).text
    assert "/meja/sandi/tautan/" not in other


def test_inviting_somebody_known_adds_the_role_and_leaves_the_password(app: Flask, cast: Cast) -> None:
    email = cast.bengkayang_editor.email
    with app.app_context():
        db.session.get_one(Account, cast.bengkayang_editor.id).password_hash = "kept"
        db.session.commit()
    cast.administrator.client.post("/meja/tim", data=NEW | {"email": email.upper()})
    with app.app_context():
        account = db.session.get_one(Account, cast.bengkayang_editor.id)
        assert account.password_hash == "kept"
        assert Grant("editor", "64.03") in list_grants(account.id)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "bukan surel"),
        ("email", "a\0b@c.test"),
        ("peran", "raja"),
        ("wilayah", "99.99"),
        ("wilayah", ""),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_form_kept(cast: Cast, field: str, value: str) -> None:
    answer = cast.administrator.client.post("/meja/tim", data=NEW | {field: value})
    expected = 422 if value != "a\0b@c.test" else 303
    assert answer.status_code == expected
    assert expected == 303 or "Ibu Baru" in answer.text


@pytest.mark.parametrize("region", ["61.07", "semua", "64"])
def test_a_regions_administrator_gives_no_role_elsewhere(app: Flask, cast: Cast, region: str) -> None:
    answer = cast.berau_administrator.client.post("/meja/tim", data=NEW | {"wilayah": region})
    assert answer.status_code == 403
    with app.app_context():
        assert find_account(NEW["email"]) is None


def test_extra_fields_give_nothing(app: Flask, cast: Cast) -> None:
    extra = {"region_code": "", "role": "administrator", "active": "1", "password_hash": "x"}
    cast.berau_administrator.client.post("/meja/tim", data=NEW | extra)
    with app.app_context():
        found = find_account(NEW["email"])
        assert found is not None
        assert list_grants(found) == (Grant("editor", "64.03"),)


def test_a_link_for_somebody_with_roles_elsewhere_is_refused(app: Flask, cast: Cast) -> None:
    shared = add_member(app, "dua@portal.test", ("editor", "64.03"), ("reviewer", "61.07"))
    client = cast.berau_administrator.client
    assert "dua@portal.test" in client.get("/meja/tim").text
    for act in ("tautan", "nonaktif"):
        assert client.post(f"/meja/tim/{shared.id}/{act}").status_code == 403
    assert cast.administrator.client.post(f"/meja/tim/{shared.id}/tautan").status_code == 303


def test_a_team_sees_only_its_own_people_and_counts_no_others(cast: Cast) -> None:
    page = cast.berau_administrator.client.get("/meja/tim").text
    assert "bengkayang_editor@portal.test" not in page
    assert "4 orang" in page
    assert "bengkayang_editor@portal.test" in cast.administrator.client.get("/meja/tim").text


def test_switching_off_signs_out_at_once_and_on_again_needs_a_new_sign_in(cast: Cast) -> None:
    editor, administrator = cast.berau_editor, cast.berau_administrator.client
    assert editor.client.get("/meja/akun").status_code == 200
    administrator.post(f"/meja/tim/{editor.id}/nonaktif")
    assert editor.client.get("/meja/akun").status_code == 303
    administrator.post(f"/meja/tim/{editor.id}/aktif")
    assert editor.client.get("/meja/akun").status_code == 303


def test_a_role_taken_away_is_gone_at_the_next_request(cast: Cast) -> None:
    target, client = cast.berau_administrator, cast.administrator.client
    assert target.client.get("/meja/tim").status_code == 200
    client.post(f"/meja/tim/{target.id}/peran/cabut", data={"peran": "administrator", "wilayah": "64.03"})
    assert target.client.get("/meja/tim").status_code == 403


@pytest.mark.usefixtures("app_context")
def test_the_last_administrator_stays(cast: Cast) -> None:
    chief = get_actor(cast.administrator.id)
    with pytest.raises(AccountProblem):
        people.revoke_role(chief, chief.id, "administrator", "")
    with pytest.raises(AccountProblem):
        people.deactivate(chief, chief.id)
    with pytest.raises(AccountProblem):
        people.deactivate(None, chief.id)
    assert Grant("administrator", "") in list_grants(chief.id)
    assert db.session.get_one(Account, chief.id).active


def test_two_administrators_who_remove_each_other_at_once_leave_one(app: Flask, cast: Cast) -> None:
    with app.app_context():
        people.grant_role(None, cast.berau_reviewer.id, "administrator", "")
        db.session.remove()

    def remove(account_id: int) -> bool:
        with app.app_context():
            try:
                people.revoke_role(None, account_id, "administrator", "")
            except AccountProblem:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, (cast.administrator.id, cast.berau_reviewer.id)))
    assert sorted(done) == [False, True]


def test_an_invitation_sent_several_times_at_once_makes_one_account(app: Flask) -> None:
    def send(_number: int) -> int:
        with app.app_context():
            return people.invite(None, "baru@berau.test", "editor", "64.03").account_id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1


@pytest.mark.usefixtures("app_context")
def test_a_second_administrator_lets_the_first_go(cast: Cast) -> None:
    people.grant_role(None, cast.berau_reviewer.id, "administrator", "")
    people.revoke_role(None, cast.administrator.id, "administrator", "")
    assert list_grants(cast.administrator.id) == ()


@pytest.mark.usefixtures("app_context")
@pytest.mark.parametrize("role", ["editor", "reviewer", "registrar"])
def test_services_refuse_whoever_is_no_administrator(cast: Cast, role: str) -> None:
    actor = Actor(cast.berau_editor.id, "x", (Grant(role, "64.03"),))
    with pytest.raises(NotAllowed):
        people.invite(actor, "x@y.test", "editor", "64.03")
    with pytest.raises(NotAllowed):
        people.deactivate(actor, cast.berau_reviewer.id)
    with pytest.raises(NotAllowed):
        people.renew_link(actor, cast.berau_reviewer.id)


@pytest.mark.usefixtures("app_context")
def test_a_role_given_twice_is_one_role(cast: Cast) -> None:
    for _ in range(2):
        people.grant_role(None, cast.berau_editor.id, "reviewer", "64.03")
    rows = db.session.query(AccountGrant).filter_by(account_id=cast.berau_editor.id, role="reviewer")
    assert rows.count() == 1


def test_a_provinces_team_sees_its_regencies_and_writes_in_none(cast: Cast) -> None:
    actor = cast.province_reader.actor
    assert actor.sees("64.03")
    assert not actor.may("editor", "64.03")
    assert not actor.sees("61.07")
    assert not actor.sees(None)


def test_the_teams_pages_are_good_pages_in_both_languages(cast: Cast) -> None:
    client = cast.administrator.client
    for path in ("/meja/tim", f"/meja/tim/{cast.berau_editor.id}", f"/en/meja/tim/{cast.berau_editor.id}"):
        answer = client.get(path)
        assert check_page(Page(path, answer.status_code, answer.headers, answer.text)) == [], path
