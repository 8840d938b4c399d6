"""Every worker learns of a publication: a watch sees what another connection committed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.core.content_version import current_number
from portal.core.content_watch import SqliteWatch, watch
from portal.extensions import db
from portal.publishing.services import publish_change


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition holds within five seconds."""
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_a_watch_sees_a_publication_of_another_connection(app_context: Flask) -> None:
    seen = watch(app_context.config["PORTAL_SETTINGS"].database_url)
    before = seen.number()
    publish_change(db.session)
    db.session.commit()
    assert before is not None
    assert eventually(lambda: seen.number() == before + 1)


def test_a_watch_hears_one_publication_after_the_other(app_context: Flask) -> None:
    seen = watch(app_context.config["PORTAL_SETTINGS"].database_url)
    before = seen.number()
    assert before is not None
    for count in (1, 2, 3):
        publish_change(db.session)
        db.session.commit()
        wanted = before + count
        assert eventually(lambda wanted=wanted: seen.number() == wanted)


def test_whoever_publishes_sees_it_without_being_told(app_context: Flask) -> None:
    seen = watch(app_context.config["PORTAL_SETTINGS"].database_url)
    before = seen.number()
    assert before is not None
    for count in range(1, 11):
        publish_change(db.session)
        db.session.commit()
        assert seen.number() == before + count


def test_a_publication_that_is_rolled_back_changes_nothing(app_context: Flask) -> None:
    seen = watch(app_context.config["PORTAL_SETTINGS"].database_url)
    before = seen.number()
    publish_change(db.session)
    db.session.rollback()
    assert seen.number() == before == current_number(db.session)


def test_each_publication_counts_by_one(app_context: Flask) -> None:
    before = current_number(db.session)
    for _ in range(3):
        publish_change(db.session)
    db.session.commit()
    assert current_number(db.session) == before + 3


@pytest.mark.parametrize("content", [b"", b"this is no database at all, just some text in a file"])
def test_a_missing_or_broken_file_gives_no_number_and_no_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "portal.sqlite3"
    assert SqliteWatch(str(file)).number() is None
    file.write_bytes(content)
    assert SqliteWatch(str(file)).number() is None


def test_a_server_that_does_not_answer_gives_no_number() -> None:
    assert watch("postgresql+psycopg://nobody@127.0.0.1:1/none").number() is None


def test_a_kept_page_is_rendered_again_after_a_publication(content: Flask) -> None:
    first, second = content.test_client(), content.test_client()
    before = first.get("/metode")
    assert before.status_code == 200
    assert second.get("/metode", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    with content.app_context():
        publish_change(db.session)
        db.session.commit()
    assert second.get("/metode").status_code == 200
