"""One job from beginning to end, in the language of whoever handed it over."""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.i18n import use_language
from portal.core.jobs import Job, job_function
from portal.extensions import db
from portal.work import services

log = logging.getLogger("portal.worker")
# Telling more often than somebody can read costs writes.
QUIET_SECONDS = 0.3
WORKER = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


class Handle:
    """What the function of a job gets; see portal.core.jobs.Running."""

    def __init__(self, number: int) -> None:
        self.id = number
        self._told = 0.0

    def tell(self, progress: int, sentence: str) -> None:
        """See Running. A database that is busy costs the telling, never the job."""
        if time.monotonic() - self._told < QUIET_SECONDS:
            return
        mine = update(Job).where(Job.id == self.id, Job.holder == WORKER)
        try:
            with db.engine.begin() as connection:
                connection.execute(mine.values(progress=max(0, min(99, progress)), sentence=sentence))
        except OperationalError:
            log.info("job %s: its progress could not be written now", self.id)
        self._told = time.monotonic()


def told_safely(error: BaseException) -> str:
    """The kind of an error and where it arose, without its message: that may quote what somebody typed or a list."""
    places = [
        f"{Path(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"


def perform(app: Flask, number: int) -> None:
    """Do one job, if it still waits; whatever happens to it is written down."""
    with app.app_context():
        taken = services.take(db.session, number, WORKER, datetime.now(UTC))
        if taken is None:
            return
        log.info("job %s: %s begins", taken.id, taken.name)
        with use_language(taken.language):
            state, sentence = _outcome(taken)
        db.session.rollback()
        services.close(db.session, taken.id, WORKER, state, sentence)
        log.info("job %s: %s is %s", taken.id, taken.name, state)


def _outcome(taken: services.Taken) -> tuple[str, str]:
    try:
        return "done", job_function(taken.name)(Handle(taken.id), **json.loads(taken.arguments))
    except PortalError as error:
        return "failed", str(error)
    except Exception as error:
        log.error("job %s: %s failed: %s", taken.id, taken.name, told_safely(error))
        return "failed", _(
            "The work failed because of a fault of the portal. Its administrator finds it in the log."
        )
