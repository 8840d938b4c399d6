"""A publication is read from every worker within a second: by another application and by another process."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from portal.extensions import db
from portal.publishing.services import releasing
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls, environment
from tests.support.drafts import NOTE, POST, bring, change, get, version
from tests.support.server import serving
from tests.support.staff import Cast

SECOND = 1.0


def _publish(cast: Cast, item_id: int) -> None:
    releasing.publish(db.session(), cast.berau_reviewer.actor, item_id, version(item_id))


def _within(seconds: float, condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def _status(address: str) -> int:
    return _read(address)[0]


def _read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def test_kept_pages_of_two_applications_show_a_publication_and_its_change_at_once(
    content: Flask, cast: Cast, urls: Urls, tmp_path: Path
) -> None:
    other = build_app(tmp_path / "instance", urls)
    visitors = [content.test_client(), other.test_client()]
    try:
        with content.app_context():
            item_id = bring(cast, "approved")
            address = f"/berita/{get(item_id).record_id}"
            assert [visitor.get(address).status_code for visitor in visitors] == [404, 404]
            _publish(cast, item_id)
            for visitor in visitors:
                assert _within(SECOND, lambda visitor=visitor: visitor.get(address).status_code == 200)  # type: ignore[misc]
            change(cast, item_id, {"title_id": "Judul yang baru"}, NOTE)
            assert POST["title_id"] in visitors[1].get(address).get_data(as_text=True)
            _publish(cast, item_id)
        for visitor in visitors:
            assert _within(
                SECOND,
                lambda visitor=visitor: "Judul yang baru" in visitor.get(address).get_data(as_text=True),  # type: ignore[misc]
            )
    finally:
        close_app(other)


def test_another_process_shows_a_publication_within_a_second(
    content: Flask, cast: Cast, urls: Urls, tmp_path: Path
) -> None:
    env = environment(tmp_path / "instance", urls)
    with serving(env, tmp_path / "log") as site, content.app_context():
        item_id = bring(cast, "approved")
        address = f"{site}/berita/{get(item_id).record_id}"
        assert (_status(address), _status(f"{site}/berita")) == (404, 200)
        _publish(cast, item_id)
        assert _within(SECOND, lambda: _status(address) == 200)
        assert _within(SECOND, lambda: POST["title_id"] in _read(f"{site}/berita")[1])
