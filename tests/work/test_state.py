"""How the worker is, as `/readyz` tells it; and the settings of its queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.core.errors import SettingError
from portal.extensions import db
from portal.settings import read_settings
from portal.work import services
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls


@pytest.mark.parametrize(
    ("ages", "told"),
    [((), "never"), ((5,), "ok"), ((59,), "ok"), ((90,), "late"), ((7200, 3), "ok"), ((7200, 7300), "late")],
)
def test_the_last_sign_of_life_of_any_worker_counts(app: Flask, ages: tuple[int, ...], told: str) -> None:
    with app.app_context():
        for number, age in enumerate(ages):
            services.beat(db.session, f"worker-{number}", datetime.now(UTC) - timedelta(seconds=age))
    response = app.test_client().get("/readyz")
    assert (response.status_code, (response.json or {})["worker"]) == (200, told)


def test_a_database_that_is_away_leaves_the_worker_unknown(tmp_path: Path) -> None:
    urls = Urls(*(f"sqlite:///{tmp_path}/none/{name}.sqlite3" for name in ("a", "b")))
    app = build_app(tmp_path / "instance", urls)
    response = app.test_client().get("/readyz")
    close_app(app)
    assert (response.status_code, (response.json or {})["worker"]) == (503, "unknown")


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:6379/0", "rediss://:secret@host", "unix:///run/redis.sock", ""]
)
def test_addresses_of_redis_are_taken(tmp_path: Path, url: str) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_REDIS_URL": url}
    assert read_settings(env).redis_url == url


@pytest.mark.parametrize(
    "url", ["http://:secret@host", "redis:", "redis:// host", "127.0.0.1:6379", "redis://h\n"]
)
def test_what_is_no_address_of_redis_stops_the_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_REDIS_URL": url})
    assert str(refused.value).startswith("PORTAL_REDIS_URL: ")
    assert "secret" not in str(refused.value)
