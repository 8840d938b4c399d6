"""Pages of the desk with 10.000 items, 2.000 of them drafts, beside the 30 ms they may take on the server."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from benchmarks.measure import Row, median_seconds
from benchmarks.server import prepare
from portal import create_app
from portal.accounts.guard import SESSION_KEY
from portal.accounts.keyed import new_token
from portal.accounts.models import Account, AccountGrant
from portal.accounts.services.sessions import start_session
from portal.accounts.shapes import EVERYWHERE
from portal.areas.models import Region
from portal.extensions import db
from portal.publishing.models import Draft, DraftAuthor, Item
from portal.settings import read_settings

ITEMS = 10_000
DRAFTED = 5
LIMIT = 0.030
STATES = ("draft", "in_review", "returned", "approved", "scheduled")
PAGES = {
    "desk: home": "/meja",
    "desk: list of 10.000": "/meja/news",
    "desk: search in 10.000": "/meja/news?q=kata+77",
    "desk: last page of 10.000": "/meja/news?hal=500",
    "desk: queue of 400": "/meja/antrean/tinjau",
    "desk: item": "/meja/butir/{item}",
    "desk: history": "/meja/butir/{item}/riwayat",
}


def rows() -> list[Row]:
    """Median seconds of each page for somebody who holds every role everywhere, so that nothing is left out."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings(prepare(Path(folder))))
        with app.app_context():
            token, item = _fill()
        client = app.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = token
        return [_row(app, client, name, path.format(item=item)) for name, path in PAGES.items()]


def _row(app: Flask, client: Any, name: str, path: str) -> Row:
    def fetch() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    return Row(name, median_seconds(fetch, runs=15, warm=2), "30 ms", LIMIT, "s", 1.0, at_least=False)


def _fill() -> tuple[str, int]:
    """An account with every role, 10.000 posts of all regions; gives the session's token and a draft's item."""
    now = datetime.now(UTC)
    people = [_account(number, now) for number in range(2)]
    regions = db.session.execute(select(Region.code)).scalars().all()
    first = 1_000_000
    db.session.execute(
        insert(Item),
        [
            {
                "id": first + number,
                "kind": "news",
                "record_id": f"uji-{number}",
                "region_code": regions[number % len(regions)],
                "title": f"Berita nomor {number} dengan kata {number % 997}",
                "marks": ("untranslated",) if number % 7 == 0 else ("no_source",) if number % 11 == 0 else (),
                "live": "yes",
                "created_at": now,
                "changed_at": now - timedelta(minutes=number),
            }
            for number in range(ITEMS)
        ],
    )
    drafted = range(0, ITEMS, DRAFTED)
    db.session.execute(insert(Draft), [_draft(first + n, STATES[n // DRAFTED % 5], now, n) for n in drafted])
    db.session.execute(
        insert(DraftAuthor), [{"item_id": first + n, "account_id": people[n // DRAFTED % 2]} for n in drafted]
    )
    db.session.commit()
    return start_session(people[0], "benchmark", "benchmark"), first


def _account(number: int, now: datetime) -> int:
    account = Account(
        email=f"bench{number}@portal.test",
        name="",
        password_hash=None,
        active=True,
        fs_uniquifier=new_token(),
        passkey_handle=new_token(),
        totp_secret="set-up",
        created_at=now,
    )
    db.session.add(account)
    db.session.flush()
    for role in ("editor", "reviewer"):
        db.session.add(AccountGrant(account_id=account.id, role=role, region_code=EVERYWHERE, granted_at=now))
    return account.id


def _draft(item_id: int, state: str, now: datetime, number: int) -> dict[str, Any]:
    moment = now - timedelta(minutes=number)
    decided = state in ("approved", "scheduled")
    return {
        "item_id": item_id,
        "state": state,
        "version": 1,
        "cells": {"id": f"uji-{number}", "title_id": "Judul", "body_id": "Isi berita. " * 100},
        "started_at": moment,
        "saved_at": moment,
        "submitted_at": None if state in ("draft", "returned") else moment,
        "decided_at": moment if decided else None,
        "publish_at": now + timedelta(days=1, minutes=number) if state == "scheduled" else None,
    }
