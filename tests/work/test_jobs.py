"""Jobs: handed over with a transaction, done once, told of, found again when their worker died."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.core import jobs
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.i18n import language, use_language
from portal.core.jobs import Job, JobState, Running, enqueue, find_job
from portal.extensions import db
from portal.work import services
from portal.work.queue import JsonSerializer, queue
from portal.work.running import WORKER, perform

NOW = datetime(2026, 1, 5, tzinfo=UTC)
SECRET = "6403010101900001"


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_functions", dict(jobs._functions))
    jobs.job("test.greet")(greet)
    jobs.job("test.refuse")(refuse)
    jobs.job("test.break")(break_down)


def greet(running: Running, name: str, times: int = 1) -> str:
    running.tell(40, "40")
    found = find_job(db.session, running.id)
    return f"{name} {times} {language()} {found.progress if found else None}"


def refuse(running: Running) -> str:
    raise PortalError(_("Sign in first."))


def break_down(running: Running) -> str:
    raise ValueError(SECRET)


def hand_over(name: str, /, **arguments: jobs.Argument) -> int:
    number = enqueue(db.session, name, **arguments)
    db.session.commit()
    return number


def state(number: int) -> JobState:
    db.session.rollback()
    found = find_job(db.session, number)
    assert found is not None
    return found


def age(number: int, **values: object) -> None:
    db.session.execute(update(Job).where(Job.id == number).values(**values))
    db.session.commit()


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    told: list[int] = []
    monkeypatch.setattr(jobs, "_wakers", [told.append])
    return told


def test_a_job_is_done_in_the_language_of_whoever_handed_it_over(app: Flask) -> None:
    with app.app_context(), use_language("en"):
        number = hand_over("test.greet", name="Siti", times=2)
    perform(app, number)
    with app.app_context():
        assert state(number) == JobState(number, "test.greet", "done", 100, "Siti 2 en 40")


def test_the_worker_is_woken_after_the_commit_alone(app_context: Flask, woken: list[int]) -> None:
    enqueue(db.session, "test.refuse")
    assert woken == []
    db.session.rollback()
    number = hand_over("test.refuse")
    assert woken == [number]


def test_a_queue_that_is_away_costs_the_caller_nothing(
    app_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(number: int) -> None:
        raise ConnectionError

    monkeypatch.setattr(jobs, "_wakers", [away])
    number = hand_over("test.refuse")
    assert services.find_waiting(db.session, NOW) == [number]


def test_a_job_nobody_registered_is_not_taken(app_context: Flask) -> None:
    with pytest.raises(KeyError):
        enqueue(db.session, "test.unknown")


def test_a_refusal_is_shown_as_it_stands(app: Flask) -> None:
    with app.app_context():
        number = hand_over("test.refuse")
    perform(app, number)
    with app.app_context():
        assert (state(number).state, state(number).sentence) == ("failed", _("Sign in first."))


def test_a_fault_is_told_without_what_it_quotes(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.app_context():
        number = hand_over("test.break")
    with caplog.at_level(logging.INFO):
        perform(app, number)
    with app.app_context():
        assert state(number).is_over
        assert SECRET not in caplog.text + state(number).sentence
    assert "ValueError at" in caplog.text


def test_a_job_is_taken_once(app_context: Flask) -> None:
    number = hand_over("test.refuse")
    taken = [services.take(db.session, number, worker, NOW) for worker in ("one", "two")]
    assert [bool(one) for one in taken] == [True, False]


def test_a_job_of_a_dead_worker_waits_again_and_its_late_word_counts_no_more(app_context: Flask) -> None:
    number = hand_over("test.refuse")
    services.take(db.session, number, "dead", NOW)
    assert services.find_waiting(db.session, NOW + timedelta(seconds=59)) == []
    assert services.find_waiting(db.session, NOW + timedelta(seconds=61)) == [number]
    services.take(db.session, number, "next", NOW)
    services.close(db.session, number, "dead", "done", "late")
    assert state(number).state == "running"


def test_a_job_that_three_workers_died_of_is_given_up(app_context: Flask) -> None:
    number = hand_over("test.refuse")
    age(number, state="running", holder="dead", lease_until=NOW, attempts=3)
    assert services.find_waiting(db.session, NOW + timedelta(seconds=1)) == []
    assert state(number).state == "failed"


def test_a_sign_of_life_holds_on_to_the_workers_own_jobs(app_context: Flask) -> None:
    number = hand_over("test.refuse")
    services.take(db.session, number, WORKER, NOW)
    services.beat(db.session, WORKER, NOW + timedelta(seconds=50))
    assert services.find_waiting(db.session, NOW + timedelta(seconds=100)) == []


def test_a_worker_that_stops_gives_its_jobs_back_without_counting_a_failure(app_context: Flask) -> None:
    number = hand_over("test.refuse")
    services.take(db.session, number, WORKER, NOW)
    services.give_back(db.session, WORKER)
    row = db.session.execute(select(Job.state, Job.attempts).where(Job.id == number)).one()
    assert tuple(row) == ("queued", 0)


def test_jobs_that_ended_a_month_ago_are_removed(app_context: Flask) -> None:
    old, new, waiting = (hand_over("test.refuse") for _turn in range(3))
    age(old, state="done", finished_at=NOW - timedelta(days=31))
    age(new, state="done", finished_at=NOW)
    services.clean(db.session, NOW)
    assert [bool(find_job(db.session, number)) for number in (old, new, waiting)] == [False, True, True]


def test_the_queue_carries_the_number_and_nothing_that_could_run(app_context: Flask) -> None:
    queue().wake(7)
    (message,) = queue().huey.storage.enqueued_items()
    assert message.endswith(b'perform", [7]]')
    with pytest.raises(ValueError):
        JsonSerializer().deserialize(b"\x80\x04.")
