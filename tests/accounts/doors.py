"""What the tests of sign-in do as a person would: open pages, fill in forms, read codes off an app."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.clock import now
from portal.accounts.models import Account
from portal.accounts.passwords import hash_password
from portal.accounts.services import codes, people
from portal.extensions import db

PASSWORD = "sungai kelay jernih sekali"
EMAIL = "sari@berau.test"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def add_account(
    app: Flask, email: str = EMAIL, role: str = "editor", region: str = "64.03", password: str = PASSWORD
) -> int:
    """An account with a password, as after its set-up link."""
    with app.app_context():
        account_id = people.invite(None, email, role, region).account_id
        db.session.get_one(Account, account_id).password_hash = hash_password(password)
        db.session.commit()
    return account_id


def add_app(app: Flask, account_id: int) -> str:
    """Give the account an authenticator app; gives its secret."""
    with app.app_context():
        secret = codes.new_secret()
        db.session.get_one(Account, account_id).totp_secret = secret
        db.session.commit()
    return secret


def app_code(app: Flask, secret: str, shift: int = 0) -> str:
    """The code the app shows now (or `shift` half minutes from now)."""
    with app.app_context():
        moment = int(now().timestamp()) + 30 * shift
        return str(codes._totp()._totp.from_source(secret).generate(moment).token)


def post(client: FlaskClient, page: str, action: str | None = None, /, **fields: Any) -> TestResponse:
    """Open `page` and post its form to `action` (default: the same address) with the page's own token."""
    site = {"base_url": fields.pop("base_url", "http://localhost")}
    shown = client.get(page, follow_redirects=True, **site).text
    found = TOKEN.search(shown)
    token = {"csrf_token": found[1]} if found else {}
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(action or page, data={**token, **fields}, **site)


def sign_in(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **fields: Any) -> TestResponse:
    """Fill in the sign-in form."""
    return post(client, "/meja/masuk", email=email, sandi=password, **fields)


def is_in(client: FlaskClient) -> bool:
    """Whether the desk opens."""
    return client.get("/meja/akun").status_code == 200
