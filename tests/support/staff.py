"""The cast of the desk: people with roles, signed in, and a visitor without any.

`cast.berau_editor.client` is a browser that is signed in and sends the form token with each POST of its own accord;
`cast.berau_editor.actor` is what services ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from portal.accounts.clock import now
from portal.accounts.guard import SESSION_KEY
from portal.accounts.keyed import digest, new_token
from portal.accounts.models import Account, AccountGrant, StaffSession
from portal.accounts.queries import get_actor
from portal.accounts.shapes import EVERYWHERE, Actor
from portal.extensions import db

BERAU, BENGKAYANG, EAST, NORTH = "64.03", "61.07", "64", "65"
# Enough to count as set up; a test that types codes sets a real one up.
FACTOR = "set-up"
RAW_TOKEN = "a-token-of-this-session"

PEOPLE: dict[str, tuple[tuple[str, str], ...]] = {
    "berau_editor": (("editor", BERAU),),
    "berau_reviewer": (("reviewer", BERAU),),
    "bengkayang_editor": (("editor", BENGKAYANG),),
    "bengkayang_reviewer": (("reviewer", BENGKAYANG),),
    "registrar": (("registrar", BERAU),),
    "berau_administrator": (("administrator", BERAU),),
    "administrator": (("administrator", EVERYWHERE),),
    "province_reader": (("editor", EAST), ("editor", NORTH)),
}


class StaffClient(FlaskClient):
    """A browser of the staff: forms it posts carry the token of its session."""

    form_token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send the request, with the token in its header unless the test sends one."""
        headers = dict(kwargs.pop("headers", None) or {})
        if self.form_token and "X-CSRFToken" not in headers:
            headers["X-CSRFToken"] = self.form_token
        # A test may stand in a context of its own, where the request before this one left who was signed in.
        with self.application.app_context():
            return super().open(*args, headers=headers, **kwargs)


@dataclass(frozen=True)
class Member:
    """One person: the account, its browser and what services see."""

    email: str
    actor: Actor
    client: StaffClient
    session_id: int

    @property
    def id(self) -> int:
        """The account's id."""
        return self.actor.id


@dataclass(frozen=True)
class Cast:
    """Everybody; `visitor` is nobody in particular."""

    visitor: FlaskClient
    berau_editor: Member
    berau_reviewer: Member
    bengkayang_editor: Member
    bengkayang_reviewer: Member
    registrar: Member
    berau_administrator: Member
    administrator: Member
    province_reader: Member


def add_member(app: Flask, email: str, *grants: tuple[str, str], factor: bool = True) -> Member:
    """Make an account with these roles (role, region code) and sign it in."""
    token = new_token()
    with app.app_context():
        account = Account(
            email=email,
            name="",
            password_hash=None,
            active=True,
            fs_uniquifier=new_token(),
            passkey_handle=new_token(),
            totp_secret=FACTOR if factor else None,
            created_at=now(),
        )
        db.session.add(account)
        db.session.flush()
        for role, region_code in grants:
            db.session.add(
                AccountGrant(account_id=account.id, role=role, region_code=region_code, granted_at=now())
            )
        opened = StaffSession(
            digest=digest("session", token),
            account_id=account.id,
            device="test",
            created_at=now(),
            seen_at=now(),
        )
        db.session.add(opened)
        db.session.commit()
        actor, session_id = get_actor(account.id), opened.id
        db.session.remove()
    return Member(email, actor, browser(app, token), session_id)


def browser(app: Flask, token: str | None = None) -> StaffClient:
    """A browser of its own, signed in with the session `token` where one is given."""
    client = StaffClient(app, app.response_class, use_cookies=True)
    with client.session_transaction() as session:
        session["csrf_token"] = RAW_TOKEN
        if token:
            session[SESSION_KEY] = token
    client.form_token = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(RAW_TOKEN)
    return client


def deactivate(app: Flask, member: Member) -> None:
    """Switch the account off behind its back."""
    with app.app_context():
        account = db.session.get_one(Account, member.id)
        account.active = False
        db.session.commit()


def gather(app: Flask) -> Cast:
    """The whole cast on an application of one's own."""
    people = {name: add_member(app, f"{name}@portal.test", *grants) for name, grants in PEOPLE.items()}
    return Cast(visitor=app.test_client(), **people)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The cast of the desk on the test's own application; ask for `content` too for the starter data."""
    return gather(app)
