"""Passkeys: made on one's own page, used to sign in alone or after the password."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.authenticator import Authenticator
from tests.accounts.doors import TOKEN, add_account, is_in, sign_in


def _token(client: FlaskClient, page: str) -> dict[str, str]:
    found = TOKEN.search(client.get(page).text)
    assert found is not None
    return {"X-CSRFToken": found[1]}


def _register(client: FlaskClient, device: Authenticator, **made: Any) -> Any:
    headers = _token(client, "/meja/akun/faktor")
    asked = client.post("/meja/akun/kunci/tanya", headers=headers)
    assert asked.status_code == 200, asked.text
    credential = device.make(json.loads(asked.text), **made)
    return client.post("/meja/akun/kunci", headers=headers, json={"credential": credential, "name": "Laptop"})


def _enter(client: FlaskClient, device: Authenticator, page: str = "/meja/masuk", **made: Any) -> Any:
    headers = _token(client, page)
    asked = json.loads(client.post("/meja/masuk/kunci/tanya", headers=headers).text)
    return client.post("/meja/masuk/kunci", headers=headers, json=device.sign(asked, **made))


@pytest.fixture
def device(app: Flask) -> Authenticator:
    """The device of a reviewer who has just registered it."""
    add_account(app, role="reviewer")
    found, client = Authenticator(), app.test_client()
    sign_in(client)
    answer = _register(client, found)
    assert (answer.status_code, answer.json["go"]) == (200, "/meja/akun/pemulihan")
    assert client.get("/meja/akun/pemulihan").text.count("<li><code>") == 10
    assert is_in(client)
    return found


def test_a_passkey_alone_signs_in(client: FlaskClient, device: Authenticator) -> None:
    answer = _enter(client, device)
    assert (answer.status_code, answer.json["go"]) == (200, "/meja")
    assert is_in(client)


def test_a_passkey_is_the_second_step_after_the_password(client: FlaskClient, device: Authenticator) -> None:
    assert sign_in(client).location == "/meja/masuk/kode"
    assert _enter(client, device, "/meja/masuk/kode").status_code == 200
    assert is_in(client)


def test_what_a_passkey_signed_is_good_once(app: Flask, client: FlaskClient, device: Authenticator) -> None:
    headers = _token(client, "/meja/masuk")
    asked = json.loads(client.post("/meja/masuk/kunci/tanya", headers=headers).text)
    signed = device.sign(asked)
    assert client.post("/meja/masuk/kunci", headers=headers, json=signed).status_code == 200
    other = app.test_client()
    again = _token(other, "/meja/masuk")
    other.post("/meja/masuk/kunci/tanya", headers=again)
    assert other.post("/meja/masuk/kunci", headers=again, json=signed).status_code == 422


def test_a_passkey_of_another_site_or_an_unknown_one_is_refused(
    client: FlaskClient, device: Authenticator
) -> None:
    assert _enter(client, device, origin="https://evil.example").status_code == 422
    assert _enter(client, Authenticator()).status_code == 422
    assert not is_in(client)


def test_the_passkey_of_somebody_else_is_no_second_step(
    app: Flask, client: FlaskClient, device: Authenticator
) -> None:
    add_account(app, "lain@berau.test")
    other, own = app.test_client(), Authenticator()
    sign_in(other, "lain@berau.test")
    _register(other, own)
    sign_in(client)
    assert _enter(client, own, "/meja/masuk/kode").status_code == 422
    assert not is_in(client)


def test_a_device_that_asks_for_nothing_is_not_taken(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    sign_in(client)
    assert _register(client, Authenticator(verifies=False)).status_code == 422


@pytest.mark.parametrize("body", ["", "null", "[]", '{"id": "\\u0000"}', '{"id": 1}', "x" * 5000])
def test_rubbish_in_the_place_of_a_passkey_is_refused(client: FlaskClient, body: str) -> None:
    headers = _token(client, "/meja/masuk")
    client.post("/meja/masuk/kunci/tanya", headers=headers)
    answer = client.post("/meja/masuk/kunci", headers=headers, data=body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["error"]


def test_a_second_passkey_asks_for_the_password(
    app: Flask, client: FlaskClient, device: Authenticator
) -> None:
    _enter(client, device)
    headers = _token(client, "/meja/akun/faktor")
    assert client.post("/meja/akun/kunci/tanya", headers=headers).status_code == 422
