"""Mail that tells of the next step, handed to a real mail server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.jobs import Job, job_function
from portal.desk.notices.services import JOB
from portal.extensions import db
from portal.publishing.services import editing, review
from tests.support.applications import build_app, close_app
from tests.support.databases import Urls
from tests.support.mailbox import Mailbox, receiving
from tests.support.staff import Cast, deactivate, gather

SECRET = "Kata yang tidak boleh dikirim"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with receiving() as found:
        yield found


@pytest.fixture
def desk(urls: Urls, tmp_path: Path, box: Mailbox, request: pytest.FixtureRequest) -> Iterator[Flask]:
    app = build_app(tmp_path / "instance", urls, PORTAL_MAIL_URL=box.url)
    yield app
    close_app(app)


@pytest.fixture
def people(desk: Flask) -> Cast:
    return gather(desk)


def _hand_in(people: Cast) -> tuple[int, int]:
    session = db.session()
    actor = people.berau_editor.actor
    source = {"publisher": "Dinas", "title": SECRET, "kind": "government", "read_as": "full_text"}
    item_id = editing.start_item(session, actor, "sources", "64.03", source)
    return item_id, review.submit(session, actor, item_id, 1)


class Silent:
    """A job that nobody watches."""

    id = 1

    def tell(self, progress: int, sentence: str) -> None:
        """Tell nobody."""


def _do_jobs() -> None:
    for arguments in db.session.execute(select(Job.arguments).where(Job.name == JOB)).scalars().all():
        job_function(JOB)(Silent(), **json.loads(arguments))
    db.session.rollback()


def test_the_reviewers_of_the_region_hear_of_a_draft_and_read_nothing_of_it(
    desk: Flask, people: Cast, box: Mailbox
) -> None:
    with desk.app_context():
        item_id, _version = _hand_in(people)
        _do_jobs()
    assert [recipient for recipient, _letter in box.letters] == [people.berau_reviewer.email]
    text = str(box.letters[0][1].get_content()) + str(box.letters[0][1]["Subject"])
    assert f"/meja/butir/{item_id}" in text
    assert f"/en/meja/butir/{item_id}" in text
    assert SECRET not in text


def test_the_author_hears_that_the_draft_was_returned(desk: Flask, people: Cast, box: Mailbox) -> None:
    with desk.app_context():
        item_id, version = _hand_in(people)
        _do_jobs()
        box.letters.clear()
        db.session.execute(Job.__table__.delete())
        db.session.commit()
        review.return_for_changes(db.session(), people.berau_reviewer.actor, item_id, version, SECRET)
        _do_jobs()
    assert [recipient for recipient, _letter in box.letters] == [people.berau_editor.email]
    assert SECRET not in str(box.letters[0][1])


def test_who_was_switched_off_is_told_nothing(desk: Flask, people: Cast, box: Mailbox) -> None:
    with desk.app_context():
        _hand_in(people)
    deactivate(desk, people.berau_reviewer)
    with desk.app_context():
        _do_jobs()
    assert box.letters == []


def test_a_region_that_wants_no_mail_gets_none(desk: Flask, people: Cast, box: Mailbox) -> None:
    people.berau_administrator.client.post(
        "/meja/pengaturan", data={"wilayah": "64.03", "tenggat": "3", "pratinjau": "7"}
    )
    with desk.app_context():
        _hand_in(people)
        assert db.session.execute(select(Job.id).where(Job.name == JOB)).first() is None
    assert box.letters == []


def test_without_a_mail_server_nothing_is_handed_over(app: Flask, cast: Cast) -> None:
    with app.app_context():
        _hand_in(cast)
        assert db.session.execute(select(Job.id).where(Job.name == JOB)).first() is None
