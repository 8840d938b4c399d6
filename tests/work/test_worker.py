"""`portal worker` as a process of its own: two at once, killed in the middle, started again, on a file and on Redis."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from portal.core.jobs import Job, enqueue, find_job
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry
from portal.publishing.models import ChangeNote, Draft, Revision
from portal.work import services
from portal.work.models import WorkerBeat
from tests.support.databases import Urls, environment, run_portal
from tests.support.drafts import bring, get, set_draft
from tests.support.server import free_port
from tests.support.staff import Cast
from tests.support.workers import Start, stop, wait_until

pytestmark = pytest.mark.usefixtures("content")


def schedule(cast: Cast, times: int, moment: datetime) -> list[int]:
    """Drafts that are due at `moment`."""
    items = [bring(cast, "scheduled") for _turn in range(times)]
    for item_id in items:
        set_draft(item_id, publish_at=moment)
    return items


def is_out(items: list[int]) -> bool:
    return all(get(item_id).live == "yes" for item_id in items)


def times_published(item_id: int) -> tuple[int, int]:
    """How often its history and the audit trail say that it came out."""
    db.session.rollback()
    revisions = select(func.count()).where(Revision.item_id == item_id, Revision.event == "published")
    entries = select(func.count()).where(
        AuditEntry.action == "item.published", AuditEntry.subject == f"item:{item_id}"
    )
    return db.session.execute(revisions).scalar_one(), db.session.execute(entries).scalar_one()


def lives() -> bool:
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(WorkerBeat)).scalar_one() > 0


def test_two_workers_publish_each_draft_once_and_in_time(
    app_context: Flask, cast: Cast, start_worker: Start
) -> None:
    workers = [start_worker(), start_worker()]
    wait_until(lambda: lives(), "a worker lives")
    items = schedule(cast, 3, datetime.now(UTC) + timedelta(seconds=1))
    wait_until(lambda: is_out(items), "published")
    assert [times_published(item_id) for item_id in items] == [(1, 1)] * 3
    assert [stop(worker) for worker in workers] == [0, 0]


def test_a_worker_killed_at_any_moment_publishes_each_draft_once(
    app_context: Flask, cast: Cast, start_worker: Start
) -> None:
    items = schedule(cast, 8, datetime.now(UTC) - timedelta(minutes=10))
    for _turn in range(2):
        worker = start_worker()
        wait_until(lambda: lives(), "a worker lives")
        time.sleep(random.uniform(0, 0.6))
        worker.kill()
        worker.wait()
        assert all(times_published(item_id) in ((0, 0), (1, 1)) for item_id in items)
    start_worker()
    wait_until(lambda: is_out(items), "published")
    assert [times_published(item_id) for item_id in items] == [(1, 1)] * 8


def test_what_comes_out_late_says_so(app_context: Flask, cast: Cast, start_worker: Start) -> None:
    due = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
    (item_id,) = schedule(cast, 1, due)
    start_worker()
    wait_until(lambda: is_out([item_id]), "published")
    note = db.session.execute(
        select(ChangeNote.scheduled_for).where(ChangeNote.item_id == item_id)
    ).scalar_one()
    assert note is not None
    assert note.replace(tzinfo=UTC) == due


def test_a_worker_killed_while_it_waits_for_the_database_has_published_nothing(
    app_context: Flask, cast: Cast, start_worker: Start
) -> None:
    start_worker()
    wait_until(lambda: lives(), "a worker lives")
    worker = start_worker()
    (item_id,) = schedule(cast, 1, datetime.now(UTC) + timedelta(seconds=1))
    db.session.execute(text("UPDATE content_version SET number = number"))
    time.sleep(2)
    worker.kill()
    db.session.rollback()
    wait_until(lambda: is_out([item_id]), "published by the other worker")
    assert times_published(item_id) == (1, 1)
    assert db.session.execute(select(func.count()).select_from(Draft)).scalar_one() == 0


def test_jobs_handed_over_before_and_after_the_start_are_done(
    app_context: Flask, start_worker: Start
) -> None:
    early = enqueue(db.session, "documents.warm", slug="bengkayang")
    db.session.commit()
    (Path(app_context.config["PORTAL_SETTINGS"].instance) / "jobs.sqlite3").unlink()
    worker = start_worker()
    wait_until(lambda: is_done(early), "done though the queue was lost")
    late = enqueue(db.session, "documents.warm", slug="berau")
    db.session.commit()
    wait_until(lambda: is_done(late), "done")
    kept = Path(app_context.config["PORTAL_SETTINGS"].instance) / "documents"
    assert {path.name for path in kept.rglob("wilayah-berau-*.pdf")} == {
        "wilayah-berau-id.pdf",
        "wilayah-berau-en.pdf",
    }
    assert stop(worker) == 0


def is_done(number: int) -> bool:
    db.session.rollback()
    found = find_job(db.session, number)
    assert found is not None
    assert found.state != "failed", found.sentence
    return found.state == "done"


def test_a_job_whose_worker_died_is_taken_up_again(app_context: Flask, start_worker: Start) -> None:
    number = enqueue(db.session, "documents.warm", slug="berau")
    db.session.commit()
    services.take(db.session, number, "dead", datetime.now(UTC) - timedelta(minutes=2))
    start_worker()
    wait_until(lambda: is_done(number), "done by the next worker")
    assert db.session.execute(select(Job.attempts).where(Job.id == number)).scalar_one() == 2


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of the test's own."""
    port = free_port()
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: deploy/setup/system.sh test installs it"
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


def test_jobs_pass_through_redis_where_it_is_set(
    app_context: Flask, urls: Urls, start_worker: Start, redis_url: str
) -> None:
    number = enqueue(db.session, "documents.warm", slug="berau")
    db.session.commit()
    worker = start_worker(PORTAL_REDIS_URL=redis_url)
    wait_until(lambda: is_done(number), "done")
    assert stop(worker) == 0


def test_a_redis_that_does_not_answer_stops_the_start_with_one_line(urls: Urls, tmp_path: Path) -> None:
    env = environment(tmp_path / "instance", urls, PORTAL_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    done = run_portal("worker", env=env, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith("PORTAL_REDIS_URL: ")
