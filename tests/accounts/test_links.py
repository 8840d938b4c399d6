"""One-time links: set-up and reset, by hand and by mail."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.clock import now
from portal.accounts.models import Account, OneTimeLink
from portal.accounts.services import people
from portal.accounts.services.post import room
from portal.extensions import db
from tests.accounts.doors import EMAIL, PASSWORD, add_account, add_app, is_in, post, sign_in
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls

NEW = "hutan bakau di pesisir"
LINK = re.compile(r"http://portal\.test(/meja/sandi/tautan/\S+)")


def _link(app: Flask, account_id: int) -> str:
    with app.app_context():
        return people.renew_link(None, account_id).removeprefix("http://portal.test")


def _use(client: FlaskClient, link: str, password: str = NEW, again: str | None = None) -> Any:
    client.get(link)
    return post(client, "/meja/sandi/baru", sandi=password, ulang=password if again is None else again)


def test_a_set_up_link_sets_the_password_and_signs_in(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    link = _link(app, account_id)
    assert client.get(link).location == "/meja/sandi/baru"
    assert _use(client, link).location == "/meja"
    assert is_in(client)
    assert sign_in(app.test_client(), password=NEW).status_code == 303


def test_opening_a_link_does_not_use_it_but_setting_a_password_does(app: Flask, client: FlaskClient) -> None:
    link = _link(app, add_account(app))
    for _ in range(3):
        app.test_client().get(link, follow_redirects=True)
    assert _use(client, link).status_code == 303
    assert app.test_client().get(link, follow_redirects=True).status_code == 410


def test_a_link_expires_and_a_newer_one_replaces_it(app: Flask) -> None:
    account_id = add_account(app)
    first, second = _link(app, account_id), _link(app, account_id)
    assert app.test_client().get(first, follow_redirects=True).status_code == 410
    assert app.test_client().get(second, follow_redirects=True).status_code == 200
    with app.app_context():
        for kept in db.session.query(OneTimeLink):
            kept.expires_at = now() - timedelta(seconds=1)
        db.session.commit()
    assert app.test_client().get(second, follow_redirects=True).status_code == 410


@pytest.mark.parametrize(
    "password", ["pendek", "bismillah123", "aaaaaaaaaaaaaaaa", "x" * 201, "sari12345678"]
)
def test_a_weak_password_is_refused_and_the_link_stays_good(
    app: Flask, client: FlaskClient, password: str
) -> None:
    link = _link(app, add_account(app))
    assert _use(client, link, password).status_code == 422
    assert _use(client, link).status_code == 303


def test_two_different_passwords_are_refused(app: Flask, client: FlaskClient) -> None:
    link = _link(app, add_account(app))
    assert _use(client, link, NEW, again=NEW + "x").status_code == 422


def test_a_new_password_ends_every_session(app: Flask) -> None:
    account_id, elsewhere = add_account(app), app.test_client()
    sign_in(elsewhere)
    assert is_in(elsewhere)
    _use(app.test_client(), _link(app, account_id))
    assert not is_in(elsewhere)


def test_a_set_up_link_takes_the_lost_second_factor_away(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app, role="reviewer")
    add_app(app, account_id)
    _use(client, _link(app, account_id))
    assert client.get("/meja").location == "/meja/akun/faktor"


def test_a_link_of_an_account_switched_off_is_worthless(app: Flask, client: FlaskClient) -> None:
    account_id = add_account(app)
    link = _link(app, account_id)
    with app.app_context():
        db.session.get_one(Account, account_id).active = False
        db.session.commit()
    assert client.get(link, follow_redirects=True).status_code == 410


def test_the_database_keeps_no_token(app: Flask) -> None:
    link = _link(app, add_account(app))
    with app.app_context():
        kept = db.session.query(OneTimeLink).one()
        assert link.rpartition("/")[2] not in kept.digest


def test_without_a_mail_server_the_page_says_whom_to_ask(client: FlaskClient) -> None:
    assert "Portal ini tidak mengirim surel" in client.get("/meja/sandi/lupa").text


@dataclass
class Letterbox:
    """A mail server on this machine that keeps what it gets."""

    letters: list[tuple[str, str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (named by aiosmtpd)
        """Keep recipient, subject and text."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], letter["Subject"], letter.get_content()))
        return "250 OK"


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    """The server and its port."""
    box = Letterbox()
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    yield box, port
    controller.stop(no_assert=True)


@pytest.fixture
def mailing(urls: Urls, tmp_path: Path, letterbox: tuple[Letterbox, int]) -> Iterator[Flask]:
    """An application that mails to the letterbox."""
    app = build_app(tmp_path / "instance", urls, PORTAL_MAIL_URL=f"smtp://127.0.0.1:{letterbox[1]}")
    yield app
    with app.app_context():
        room().finish()
    close_app(app)


def _ask(app: Flask, email: str) -> Any:
    answer = post(app.test_client(), "/meja/sandi/lupa", email=email)
    with app.app_context():
        room().finish()
    return answer


def test_a_reset_link_comes_by_mail_and_keeps_the_second_factor(
    mailing: Flask, letterbox: tuple[Letterbox, int]
) -> None:
    account_id = add_account(mailing, role="reviewer")
    add_app(mailing, account_id)
    assert _ask(mailing, EMAIL).location == "/meja/sandi/dikirim"
    [(to, subject, text)] = letterbox[0].letters
    assert to == EMAIL
    assert "Kata sandi baru" in subject
    assert "Open this link within an hour" in text
    found = LINK.search(text)
    assert found is not None
    client = mailing.test_client()
    assert _use(client, found[1]).location == "/meja/masuk/kode"
    assert not is_in(client)


def test_an_unknown_address_is_told_the_same_and_gets_no_mail(
    mailing: Flask, letterbox: tuple[Letterbox, int]
) -> None:
    add_account(mailing)
    known, unknown = _ask(mailing, EMAIL), _ask(mailing, "tidak@ada.test")
    assert (known.status_code, known.location, known.text) == (
        unknown.status_code,
        unknown.location,
        unknown.text,
    )
    assert [letter[0] for letter in letterbox[0].letters] == [EMAIL]


def test_nobody_can_flood_a_colleague_with_mail(mailing: Flask, letterbox: tuple[Letterbox, int]) -> None:
    add_account(mailing)
    codes = [_ask(mailing, EMAIL).status_code for _ in range(8)]
    assert codes[-1] == 429
    assert len(letterbox[0].letters) < 8


def test_an_old_password_stays_good_until_the_link_is_used(mailing: Flask) -> None:
    add_account(mailing)
    _ask(mailing, EMAIL)
    assert sign_in(mailing.test_client(), password=PASSWORD).status_code == 303
