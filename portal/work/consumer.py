"""The worker as a whole: two threads of its own, one that does jobs, and an orderly end."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

from flask import Flask

from portal.core.database import AnySession
from portal.extensions import db
from portal.publishing.services.due import publish_due
from portal.work import services
from portal.work.beside import stop_with_parent
from portal.work.clock import house_round, publishing_round
from portal.work.queue import check_queue, queue
from portal.work.running import WORKER

log = logging.getLogger("portal.worker")
# A job gets these seconds to end when the worker is stopped; then it is given back and starts again elsewhere.
STOP_SECONDS = 10


def work(app: Flask, *, tied: bool) -> None:
    """Run until SIGTERM or Ctrl-C, or until standard input closes where `tied`; raises SettingError at the start."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("portal").setLevel(logging.INFO)
    check_queue()
    if tied:
        stop_with_parent()
    rounds = (publishing_round(app, _publish), house_round(app))
    consumer = queue().huey.create_consumer(
        workers=1, periodic=False, max_delay=0.5, shutdown_timeout=STOP_SECONDS, graceful_signal="TERM"
    )
    log.info("the worker %s runs", WORKER)
    for one in rounds:
        one.start()
    consumer.run()
    for one in rounds:
        one.stop()
    for one in rounds:
        one.join(STOP_SECONDS)
    services.give_back(db.session, WORKER)
    log.info("the worker %s has stopped", WORKER)


def _publish(session: AnySession, now: datetime) -> None:
    done = publish_due(db.session(), now)
    if done:
        log.info("published at the hour set: items %s", ", ".join(map(str, done)))
