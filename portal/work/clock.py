"""The worker's own threads: one publishes at the hour set and shows that it lives, one keeps house."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from portal.core.database import AnySession
from portal.core.jobs import Regular, list_chores
from portal.extensions import db
from portal.work import services
from portal.work.queue import queue
from portal.work.running import WORKER, told_safely

log = logging.getLogger("portal.worker")
# A publication shall be seen everywhere within a second of its time; looking costs one indexed query.
LOOK_SECONDS = 0.25
BEAT_SECONDS = 5
# After a failure (the database is away), so that the log isn't flooded.
REST_SECONDS = 2.0

Act = Callable[[AnySession, datetime], object]


class Round(threading.Thread):
    """Calls its acts, each in its own interval of seconds, until it is stopped; a failing act costs that act's turn."""

    def __init__(self, app: Flask, name: str, acts: list[tuple[str, float, Act]]) -> None:
        super().__init__(name=name, daemon=True)
        self._app = app
        self._acts = acts
        self._due = dict.fromkeys((title for title, _seconds, _act in acts), 0.0)
        self._pause = min(seconds for _title, seconds, _act in acts)
        self._halt = threading.Event()

    def stop(self) -> None:
        """End after the act that is being done."""
        self._halt.set()

    def run(self) -> None:
        """See Thread."""
        while not self._halt.is_set():
            failed = [title for title, seconds, act in self._acts if not self.turn(title, seconds, act)]
            self._halt.wait(max(self._pause, REST_SECONDS) if failed else self._pause)

    def turn(self, title: str, seconds: float, act: Act) -> bool:
        """Do the act if it is due; False where it failed."""
        if self._halt.is_set() or time.monotonic() < self._due[title]:
            return True
        self._due[title] = time.monotonic() + seconds
        try:
            with self._app.app_context():
                act(db.session, datetime.now(UTC))
        except Exception as error:
            log.error("%s failed: %s", title, told_safely(error))
            return False
        return True


def publishing_round(app: Flask, publish: Act) -> Round:
    """Publishes what is due, and says that the worker lives: it lives when it can publish."""
    return Round(
        app, "publishing", [("publishing", LOOK_SECONDS, publish), ("sign of life", BEAT_SECONDS, _beat)]
    )


def house_round(app: Flask) -> Round:
    """Wakes jobs that wait, and calls every chore in its interval; slow ones delay no publication."""
    chores: list[tuple[str, float, Act]] = [(one.name, _seconds(one), one.function) for one in list_chores()]
    return Round(app, "house", [("waiting jobs", BEAT_SECONDS, _wake_waiting), *chores])


def _seconds(one: Regular) -> float:
    return one.every.total_seconds()


def _beat(session: AnySession, now: datetime) -> None:
    services.beat(session, WORKER, now)


def _wake_waiting(session: AnySession, now: datetime) -> None:
    waiting = services.find_waiting(session, now)
    if waiting and queue().is_empty():
        for number in waiting:
            queue().wake(number)
