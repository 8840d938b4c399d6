"""Signing in with password and code, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import passwords
from portal.accounts.doors import safe_target
from portal.accounts.models import Account
from portal.accounts.services import people
from portal.accounts.services.codes import renew_recovery_codes
from portal.extensions import db
from tests.accounts.doors import EMAIL, PASSWORD, add_account, add_app, app_code, is_in, post, sign_in
from tests.conftest import GetPage
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls


def test_the_right_password_opens_the_desk(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/meja")
    assert is_in(client)


def test_the_e_mail_address_may_be_written_in_capitals(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    assert sign_in(client, email=f" {EMAIL.upper()} ").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "salah sama sekali"), ("tidak@ada.test", PASSWORD), ("", ""), ("a\0b", "c\0d-sandi")],
)
def test_a_wrong_pair_is_told_the_same_whatever_is_wrong(
    app: Flask, client: FlaskClient, email: str, password: str
) -> None:
    add_account(app)
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert "Alamat surel atau kata sandi tidak benar" in answer.text
    assert password not in answer.text or not password
    assert not is_in(client)


def test_an_account_switched_off_or_not_set_up_is_told_the_same(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    wrong = sign_in(client, password="salah sama sekali").status_code
    with app.app_context():
        db.session.get_one(Account, account_id).active = False
        db.session.commit()
    assert sign_in(client).status_code == wrong


def test_signing_in_leads_back_to_the_page_that_was_asked_for(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    page = client.get("/en/meja/masuk?lanjut=/en/meja/akun?x=1").text
    assert 'name="lanjut" value="/en/meja/akun?x=1"' in page
    assert sign_in(client, lanjut="/meja/akun?x=1").location == "/meja/akun?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/meja",
        "//evil.example/meja",
        "/\\evil.example",
        "/meja//evil.example",
        "/meja/../cek",
        "/meja\\@evil.example",
        "/meja@evil.example",
        "/mejaku",
        "/cek",
        "javascript:alert(1)",
        "/meja\r\nSet-Cookie: a=b",
        "/meja/masuk",
        "/meja?" + "x" * 2000,
        "",
        None,
    ],
)
def test_signing_in_leads_nowhere_but_into_the_desk(target: str | None) -> None:
    assert safe_target(target) is None


@pytest.mark.parametrize("target", ["/meja", "/en/meja", "/meja/berita?hal=2", "/en/meja/butir/12/riwayat"])
def test_pages_of_the_desk_may_be_led_to(target: str) -> None:
    assert safe_target(target) == target


def test_signing_in_starts_a_session_with_another_id(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    client.get("/meja/masuk")
    with client.session_transaction() as session:
        before = dict(session)
        session["desk"] = "planted-by-somebody-else"
    sign_in(client)
    with client.session_transaction() as session:
        after = dict(session)
    assert after["desk"] != "planted-by-somebody-else"
    assert after.get("csrf_token") != before["csrf_token"]


def test_with_an_app_the_password_alone_opens_nothing(app: Flask, client: FlaskClient) -> None:
    secret = add_app(app, add_account(app))
    assert sign_in(client).location == "/meja/masuk/kode"
    assert not is_in(client)
    assert post(client, "/meja/masuk/kode", kode="000000").status_code == 422
    assert not is_in(client)
    assert post(client, "/meja/masuk/kode", kode=app_code(app, secret)).location == "/meja"
    assert is_in(client)


def test_a_code_is_good_once(app: Flask, client: FlaskClient) -> None:
    secret = add_app(app, add_account(app))
    code = app_code(app, secret)
    sign_in(client)
    post(client, "/meja/masuk/kode", kode=code)
    other = app.test_client()
    sign_in(other)
    assert post(other, "/meja/masuk/kode", kode=code).status_code == 422


def test_a_code_of_a_while_ago_is_refused(app: Flask, client: FlaskClient) -> None:
    secret = add_app(app, add_account(app))
    sign_in(client)
    assert post(client, "/meja/masuk/kode", kode=app_code(app, secret, -4)).status_code == 422


def test_a_recovery_code_opens_the_second_step_once(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    add_app(app, account_id)
    with app.app_context():
        codes = renew_recovery_codes(account_id)
        db.session.commit()
    sign_in(client)
    assert post(client, "/meja/masuk/kode", kode=codes[0].upper().replace("-", " ")).status_code == 303
    other = app.test_client()
    sign_in(other)
    assert post(other, "/meja/masuk/kode", kode=codes[0]).status_code == 422
    assert post(other, "/meja/masuk/kode", kode=codes[1]).status_code == 303


def test_a_code_without_the_password_before_leads_to_the_start(app: Flask, client: FlaskClient) -> None:
    secret = add_app(app, add_account(app))
    assert client.get("/meja/masuk/kode").location == "/meja/masuk"
    answer = post(client, "/meja/masuk", "/meja/masuk/kode", kode=app_code(app, secret))
    assert answer.location == "/meja/masuk"


def test_a_half_open_door_falls_shut_when_the_password_changes(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    secret = add_app(app, account_id)
    sign_in(client)
    with app.app_context():
        db.session.get_one(Account, account_id).password_hash = "another"
        db.session.commit()
    answer = post(client, "/meja/masuk", "/meja/masuk/kode", kode=app_code(app, secret))
    assert answer.location == "/meja/masuk"


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    sign_in(client)
    kept = client.get_cookie("meja")
    assert kept is not None
    post(client, "/meja/akun", "/meja/keluar")
    assert not is_in(client)
    client.set_cookie("meja", kept.value)
    assert not is_in(client)


def test_a_post_to_sign_in_without_token_is_refused(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    answer = client.post("/meja/masuk", data={"email": EMAIL, "sandi": PASSWORD})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/meja/masuk", "/meja/sandi/lupa", "/meja/sandi/dikirim"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_doors_are_good_pages_in_both_languages(get_page: GetPage, path: str, language: str) -> None:
    page = get_page(language + path)
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("email", [EMAIL, "tidak@ada.test", "baru@berau.test"])
def test_every_attempt_costs_one_check_of_a_hash(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    add_account(app)
    with app.app_context():
        people.invite(None, "baru@berau.test", "editor", "64.03")
    checked: list[str] = []
    real = passwords.PasswordHasher.verify

    def counting(self: passwords.PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return real(self, kept, password)

    monkeypatch.setattr(passwords.PasswordHasher, "verify", counting)
    sign_in(client, email, "salah sama sekali")
    assert len(checked) == 1


def test_over_https_cookies_are_secure_and_bound_to_this_host(urls: Urls, tmp_path: Path) -> None:
    app = build_app(tmp_path / "instance", urls, PORTAL_BASE_URL="https://portal.test")
    add_account(app)
    answer = sign_in(app.test_client(), base_url="https://portal.test")
    close_app(app)
    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["__Host-meja", "__Host-meja-perangkat"]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_no_password_and_no_address_reaches_the_log(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    add_account(app)
    sign_in(client, password="sandi-yang-salah")
    sign_in(client)
    assert PASSWORD not in caplog.text
    assert EMAIL not in caplog.text
