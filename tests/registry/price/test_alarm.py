"""The operator hears of a spike of misses: a line in the log, a word on `/readyz`, a mail an hour."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.core.jobs import Job, list_chores
from portal.core.mail import MailServer
from portal.extensions import db
from portal.registry.price.opening import price_gate
from portal.registry.services import alarm
from tests.conftest import build_app, close_app
from tests.support.databases import Urls
from tests.support.staff import Cast


@pytest.fixture
def mailing(urls: Urls, tmp_path: Path, content: Flask) -> Iterator[Flask]:
    """A portal that can mail, with three free checks."""
    settings = {"PORTAL_CHECK_ALLOWANCE": "3", "PORTAL_MAIL_URL": "smtp://mail.example.go.id:25"}
    app = build_app(tmp_path / "mailing", urls, **settings)
    with app.app_context():
        yield app
    close_app(app)


def attack() -> None:
    """Misses from many addresses."""
    gate = price_gate()
    tickets = [gate.admit(f"192.0.2.{number}", number.to_bytes(16, "big")) for number in range(40)]
    for ticket in tickets:
        gate.miss(ticket)
    gate.share()


def jobs() -> list[str]:
    db.session.rollback()
    return [job.name for job in db.session.query(Job)]


def test_a_spike_is_one_line_in_the_log_and_a_word_of_readyz(
    mailing: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = mailing.test_client()
    before = visitor.get("/readyz")
    assert before.json is not None
    with caplog.at_level(logging.WARNING, "portal.registry.price.gate"):
        attack()
    after = visitor.get("/readyz")
    assert after.json is not None
    assert (before.json["checks"], after.json["checks"], after.status_code) == ("ok", "braked", 200)
    lines = [record.getMessage() for record in caplog.records if "misses spike" in record.getMessage()]
    # One a minute, and the test may see two of them.
    assert 1 <= len(lines) <= 2
    assert "192.0.2" not in lines[0]


def test_the_worker_has_administrators_told_once_an_hour(mailing: Flask) -> None:
    alarm.watch(db.session, datetime.now(UTC))
    assert jobs() == []
    attack()
    for _turn in range(3):
        alarm.watch(db.session, datetime.now(UTC))
    assert len(jobs()) in (1, 2)
    assert set(jobs()) == {"registry.tell_brake"}
    assert "registry.brake" in {chore.name for chore in list_chores()}


def test_the_mail_goes_to_administrators_of_the_whole_portal_in_both_languages(
    mailing: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, str, str]] = []

    def keep(server: MailServer, to: str, subject: str, body: str) -> None:
        sent.append((to, subject, body))

    monkeypatch.setattr(alarm, "send_mail", keep)
    running: Any = None
    alarm.tell_brake(running, brake=2)
    assert sent
    for _to, subject, body in sent:
        assert "pemeriksaan" in subject
        assert "mencoba-coba nomor" in body
        assert "trying out numbers" in body


def test_without_a_mail_server_nobody_is_mailed(registry: Flask) -> None:
    attack()
    alarm.watch(db.session, datetime.now(UTC))
    assert jobs() == []
