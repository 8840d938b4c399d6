"""Ways to somebody else's account: links in the wrong hands, passkeys without the password, old sessions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import OneTimeLink
from portal.accounts.outcomes import LinkIsSpent
from portal.accounts.queries import list_grants
from portal.accounts.services import links, people
from portal.extensions import db
from tests.accounts.authenticator import Authenticator
from tests.accounts.doors import TOKEN, add_account, is_in, sign_in
from tests.support.staff import BENGKAYANG, BERAU, Cast, add_member

WAITING = "menunggu@portal.test"


def _invite(client: FlaskClient, email: str, role: str = "editor", region: str = BERAU) -> str:
    form = {"email": email, "nama": "", "peran": role, "wilayah": region}
    answer = client.post("/meja/tim", data=form)
    assert answer.status_code == 303
    return client.get(answer.location).text


def test_an_invitation_gives_no_link_to_an_account_with_roles_elsewhere(cast: Cast) -> None:
    assert "/meja/sandi/tautan/" in _invite(cast.administrator.client, WAITING, "administrator", "semua")
    page = _invite(cast.berau_administrator.client, WAITING)
    assert "/meja/sandi/tautan/" not in page
    assert WAITING in page


def _unused(account_id: int) -> int:
    query = select(OneTimeLink.id).where(OneTimeLink.account_id == account_id, OneTimeLink.used_at.is_(None))
    return len(db.session.execute(query).all())


def test_a_link_made_before_a_role_elsewhere_was_given_is_worthless(app: Flask, cast: Cast) -> None:
    with app.app_context():
        people.renew_link(cast.berau_administrator.actor, cast.berau_editor.id)
        people.grant_role(cast.berau_administrator.actor, cast.berau_editor.id, "reviewer", BERAU)
        assert _unused(cast.berau_editor.id) == 1
        people.grant_role(cast.administrator.actor, cast.berau_editor.id, "reviewer", BENGKAYANG)
        assert _unused(cast.berau_editor.id) == 0


def _headers(client: FlaskClient, page: str) -> dict[str, str]:
    found = TOKEN.search(client.get(page).text)
    assert found is not None
    return {"X-CSRFToken": found[1]}


def _register(client: FlaskClient, device: Authenticator, asked_at: str) -> Any:
    headers = _headers(client, "/meja/akun/faktor")
    asked = client.post(asked_at, headers=headers)
    options = json.loads(asked.text)
    body = {"credential": device.make(options), "name": "Kunci"}
    return client.post("/meja/akun/kunci", headers=headers, json=body)


def test_a_challenge_for_signing_in_makes_no_passkey(app: Flask, client: FlaskClient) -> None:
    add_account(app, role="editor")
    sign_in(client)
    assert _register(client, Authenticator(), "/meja/masuk/kunci/tanya").status_code == 422
    assert _register(client, Authenticator(), "/meja/akun/kunci/tanya").status_code == 200


def test_what_a_passkey_signed_opens_one_door_only(app: Flask, client: FlaskClient) -> None:
    add_account(app, role="reviewer")
    device = Authenticator(counts=False)
    sign_in(client)
    assert _register(client, device, "/meja/akun/kunci/tanya").status_code == 200
    thief, owner = app.test_client(), app.test_client()
    headers = _headers(owner, "/meja/masuk")
    asked = json.loads(owner.post("/meja/masuk/kunci/tanya", headers=headers).text)
    cookie = owner.get_cookie("meja")
    assert cookie is not None
    thief.set_cookie("meja", cookie.value)
    signed = device.sign(asked)
    assert owner.post("/meja/masuk/kunci", headers=headers, json=signed).status_code == 200
    assert thief.post("/meja/masuk/kunci", headers=headers, json=signed).status_code == 422
    assert not is_in(thief)


@pytest.mark.parametrize("name", ["\ud800", "a\0b", "", "x" * 60_000])
def test_a_passkey_with_an_odd_name_is_not_known(client: FlaskClient, name: str) -> None:
    headers = {**_headers(client, "/meja/masuk"), "Content-Type": "application/json"}
    client.post("/meja/masuk/kunci/tanya", headers=headers)
    answer = client.post("/meja/masuk/kunci", headers=headers, data=json.dumps({"id": name}))
    assert answer.status_code == 422


def test_a_session_from_before_the_second_factor_ends_with_it(app: Flask, client: FlaskClient) -> None:
    add_account(app, role="editor")
    thief = app.test_client()
    sign_in(thief)
    sign_in(client)
    assert is_in(thief)
    assert _register(client, Authenticator(), "/meja/akun/kunci/tanya").status_code == 200
    assert is_in(client)
    assert not is_in(thief)


def test_a_role_everywhere_is_not_given_by_a_region(app: Flask, cast: Cast) -> None:
    other = add_member(app, "lain@portal.test", ("editor", BERAU))
    client = cast.berau_administrator.client
    for region in ("semua", "", "64", "64.03 ", "6403", BENGKAYANG, "\0"):
        form = {"peran": "administrator", "wilayah": region}
        answer = client.post(f"/meja/tim/{other.id}/peran", data=form)
        assert answer.status_code in (403, 422), region
    with app.app_context():
        assert [grant.role for grant in list_grants(other.id)] == ["editor"]


def test_asking_for_a_reset_takes_no_set_up_link_away(app: Flask) -> None:
    account_id = add_account(app)
    with app.app_context():
        setup = links.make_link(account_id, "setup").rpartition("/")[2]
        for _again in range(2):
            reset = links.make_link(account_id, "reset").rpartition("/")[2]
        assert links.get_link(setup).purpose == "setup"
        assert _unused(account_id) == 2
        links.use_link(reset, "perahu di hulu sungai kayan")
        with pytest.raises(LinkIsSpent):
            links.get_link(setup)
