"""One's own page: second factors, password, sessions."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Account
from portal.extensions import db
from tests.accounts.doors import EMAIL, PASSWORD, add_account, add_app, app_code, is_in, post, sign_in
from tests.support.pages import Page, check_page

NEW = "hutan bakau di pesisir"
CODE = re.compile(r"<code>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</code>")


def _secret(app: Flask, client: FlaskClient) -> str:
    client.get("/meja/akun/totp")
    with client.session_transaction() as session:
        return str(session["totp"])


def _faults(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return check_page(Page(path, answer.status_code, answer.headers, answer.text))


def test_a_reviewer_sets_up_an_app_without_any_script(app: Flask, client: FlaskClient) -> None:
    add_account(app, role="reviewer")
    assert sign_in(client).status_code == 303
    assert client.get("/meja/akun").location == "/meja/akun/faktor"
    secret = _secret(app, client)
    assert post(client, "/meja/akun/totp", kode="12345").status_code == 422
    answer = post(client, "/meja/akun/totp", kode=app_code(app, secret))
    assert answer.location == "/meja/akun/pemulihan"
    codes = CODE.findall(client.get("/meja/akun/pemulihan").text)
    assert len(codes) == 10
    other = app.test_client()
    sign_in(other)
    assert post(other, "/meja/masuk/kode", kode=codes[3]).location == "/meja"


def test_the_qr_code_is_a_drawing_without_style(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    sign_in(client)
    drawn = client.get("/meja/akun/totp.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert "<path" in drawn.text
    assert "style" not in drawn.text


def test_the_secret_of_the_app_is_encrypted_in_the_database(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    sign_in(client)
    page = client.get("/meja/akun/totp").text
    key = re.search(r'class="key">([^<]+)<', page)
    assert key is not None
    post(client, "/meja/akun/totp", kode=app_code(app, _secret(app, client)))
    with app.app_context():
        kept = db.session.get_one(Account, account_id).totp_secret
    assert kept is not None
    assert key[1].replace("-", "") not in kept


def test_the_last_second_factor_of_a_reviewer_stays(app: Flask, client: FlaskClient) -> None:
    secret = add_app(app, add_account(app, role="reviewer"))
    sign_in(client)
    post(client, "/meja/masuk/kode", kode=app_code(app, secret))
    answer = post(client, "/meja/akun", "/meja/akun/totp/hapus", sandi_totp=PASSWORD)
    assert answer.status_code == 422
    assert "ini yang terakhir" in answer.text


def test_an_editor_may_do_without_but_only_with_her_password(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    secret = add_app(app, account_id)
    sign_in(client)
    post(client, "/meja/masuk/kode", kode=app_code(app, secret))
    assert post(client, "/meja/akun", "/meja/akun/totp/hapus", sandi_totp="salah").status_code == 422
    assert post(client, "/meja/akun", "/meja/akun/totp/hapus", sandi_totp=PASSWORD).status_code == 303
    assert sign_in(app.test_client()).location == "/meja"


def test_changing_the_password_signs_the_other_browsers_out(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    elsewhere = app.test_client()
    sign_in(client)
    sign_in(elsewhere)
    fields = {"sandi_baru": NEW, "ulang": NEW}
    assert post(client, "/meja/akun", "/meja/akun/sandi", sandi_lama="salah", **fields).status_code == 422
    assert post(client, "/meja/akun", "/meja/akun/sandi", sandi_lama=PASSWORD, **fields).status_code == 303
    assert is_in(client)
    assert not is_in(elsewhere)
    assert sign_in(app.test_client(), password=NEW).status_code == 303


def test_one_browser_is_signed_out_from_another_and_nobody_elses(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    add_account(app, "lain@berau.test")
    elsewhere, stranger = app.test_client(), app.test_client()
    for browser, email in ((elsewhere, EMAIL), (client, EMAIL), (stranger, "lain@berau.test")):
        sign_in(browser, email)
    ends = re.findall(r"/meja/akun/sesi/\d+/akhiri", client.get("/meja/akun").text)
    assert len(ends) == 1
    post(stranger, "/meja/akun", ends[0])
    assert is_in(elsewhere)
    post(client, "/meja/akun", ends[0])
    assert not is_in(elsewhere)
    assert is_in(client)


def test_signing_out_everywhere_ends_this_browser_too(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    elsewhere = app.test_client()
    sign_in(client)
    sign_in(elsewhere)
    post(client, "/meja/akun", "/meja/akun/sesi/akhiri")
    assert not is_in(client)
    assert not is_in(elsewhere)


def test_a_name_of_markup_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    sign_in(client)
    post(client, "/meja/akun", "/meja/akun/nama", nama="<script>alert(1)</script>")
    page = client.get("/meja/akun").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_pages_of_the_account_are_good_pages(app: Flask, client: FlaskClient) -> None:
    secret = add_app(app, add_account(app))
    sign_in(client)
    assert _faults(client, "/meja/masuk/kode") == []
    post(client, "/meja/masuk/kode", kode=app_code(app, secret))
    for path in ("/meja/akun", "/meja/akun/faktor", "/meja/akun/totp", "/en/meja/akun"):
        assert _faults(client, path) == []
