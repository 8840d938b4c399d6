"""Guessing is slowed down, and nobody is locked out by somebody else's guessing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import SignInBrake
from portal.accounts.services import brakes
from portal.accounts.services.brakes import LONGEST_WAIT, Subject, address_of, give_back, take
from portal.extensions import db
from tests.accounts.doors import EMAIL, add_account, post, sign_in
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls

WRONG = "salah sama sekali"


class Clock:
    """A clock that tests move on."""

    def __init__(self, moment: int = 1_800_000_000) -> None:
        self.moment = moment

    def time(self) -> float:
        """As time.time."""
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The brakes go by this clock."""
    found = Clock()
    monkeypatch.setattr(brakes.time, "time", found.time)
    return found


@pytest.mark.usefixtures("app_context")
def test_waits_double_up_to_a_quarter_of_an_hour_and_no_longer(clock: Clock) -> None:
    subject, waits = Subject("account", "a@b.test", 3), []
    for _ in range(20):
        while wait := take(subject):
            waits.append(wait)
            clock.moment += wait
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert max(waits) == LONGEST_WAIT
    assert waits[-1] == LONGEST_WAIT


@pytest.mark.usefixtures("app_context")
def test_being_told_to_wait_does_not_make_the_wait_longer(clock: Clock) -> None:
    subject = Subject("account", "a@b.test", 1)
    assert take(subject) == 0
    assert [take(subject) for _ in range(50)] == [1] * 50


@pytest.mark.usefixtures("app_context")
def test_quiet_hours_are_forgiven(clock: Clock) -> None:
    subject = Subject("account", "a@b.test", 2)
    for _ in range(6):
        clock.moment += take(subject)
    clock.moment += 4 * 3600
    assert [take(subject), take(subject)] == [0, 0]


@pytest.mark.usefixtures("app_context")
def test_what_was_right_forgets_the_account_but_only_one_of_the_address(clock: Clock) -> None:
    account, address = Subject("account", "a@b.test", 5), Subject("address", "192.0.2.1", 5)
    for _ in range(3):
        take(account, address)
    give_back(account, address)
    left = dict(db.session.execute(select(SignInBrake.subject, SignInBrake.failures)).all())
    assert left == {address.key: 2}


def test_attempts_at_the_same_time_are_all_counted(app: Flask) -> None:
    subject = Subject("account", "a@b.test", 4)

    def attempt(_number: int) -> int:
        with app.app_context():
            return take(subject)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(24)))
    assert outcomes.count(0) <= 5


def test_the_database_keeps_no_address_and_no_e_mail(app: Flask, client: FlaskClient) -> None:
    sign_in(client, password=WRONG)
    with app.app_context():
        kept = db.session.scalars(select(SignInBrake.subject)).all()
    assert len(kept) == 2
    assert all(len(subject) == 64 for subject in kept)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
    ],
)
def test_a_subscriber_is_one_address(one: str, other: str, same: bool) -> None:
    assert (address_of(one) == address_of(other)) is same


def test_a_device_that_signed_in_before_gets_in_while_the_account_is_hammered(app: Flask) -> None:
    add_account(app)
    own, attacker = app.test_client(), app.test_client()
    assert sign_in(own).status_code == 303
    post(own, "/meja/akun", "/meja/keluar")
    codes = {sign_in(attacker, password=WRONG).status_code for _ in range(12)}
    assert 429 in codes
    assert sign_in(own).status_code == 303


def test_a_hammered_account_tells_how_long_to_wait_whether_it_exists_or_not(app: Flask) -> None:
    add_account(app)
    told = []
    for email in (EMAIL, "tidak@ada.test"):
        client = app.test_client()
        for _ in range(9):
            answer = sign_in(client, email, WRONG)
        told.append((answer.status_code, int(answer.headers["Retry-After"]) > 0, email in answer.text))
    assert told == [(429, True, True)] * 2


def test_even_the_right_password_waits_from_a_device_nobody_knows(app: Flask, client: FlaskClient) -> None:
    add_account(app)
    for _ in range(9):
        sign_in(client, password=WRONG)
    assert sign_in(client).status_code == 429


def test_behind_a_trusted_proxy_each_visitor_has_an_address_of_her_own(urls: Urls, tmp_path: Path) -> None:
    app = build_app(tmp_path / "instance", urls, PORTAL_TRUSTED_PROXIES="1")
    client = app.test_client()
    page = client.get("/meja/masuk").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    with app.app_context():
        for _ in range(30):
            take(Subject("address", "198.51.100.1", 20))
    codes = [
        client.post(
            "/meja/masuk",
            data={"csrf_token": token, "email": "x@y.test", "sandi": WRONG},
            headers={"X-Forwarded-For": address},
        ).status_code
        for address in ("198.51.100.1", "198.51.100.2")
    ]
    close_app(app)
    assert codes == [429, 422]
