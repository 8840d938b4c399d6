"""The queue that wakes the worker: a file beside the databases, or Redis where PORTAL_REDIS_URL is set.

It carries numbers of jobs and nothing else. What a job is stands in the content database, so a queue that is lost
or told twice does no harm, and a stranger's message in it can make nothing run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from portal.core.errors import SettingError
from portal.core.i18n import gettext as _
from portal.settings import Settings
from portal.work.running import perform

NAME = "portal"
TASK = "perform"
_EXTENSION = "portal.queue"


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON: what comes from the queue is never unpickled."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps([data.id, data.name, data.args]).encode()

    def _deserialize(self, data: bytes) -> Any:
        number, name, arguments = json.loads(data)
        return Message(number, name, retries=0, retry_delay=0, args=arguments, kwargs={})


class Queue:
    """Huey with the one task it knows."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.huey = _open(settings)
        self._task = self.huey.task(name=TASK)(lambda number: perform(app, int(number)))

    def wake(self, number: int) -> None:
        """Tell the worker of one job."""
        self._task(number)

    def is_empty(self) -> bool:
        """Whether the worker has been told of nothing that it has not taken yet."""
        return bool(self.huey.storage.queue_size() == 0)


def queue() -> Queue:
    """The queue of this application, opened at its first use."""
    extensions = current_app.extensions
    if _EXTENSION not in extensions:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        extensions[_EXTENSION] = Queue(app, app.config["PORTAL_SETTINGS"])
    found: Queue = extensions[_EXTENSION]
    return found


def wake(number: int) -> None:
    """Tell the worker of a job that was just handed over."""
    queue().wake(number)


def check_queue() -> None:
    """Raise SettingError where the queue cannot be used."""
    try:
        queue().is_empty()
    except Exception as error:
        raise SettingError(
            _("PORTAL_REDIS_URL: the queue cannot be reached (%(reason)s).", reason=type(error).__name__)
        ) from None


def _open(settings: Settings) -> Huey:
    common: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
    if settings.redis_url:
        return RedisHuey(NAME, url=settings.redis_url, **common)
    return SqliteHuey(NAME, filename=str(Path(settings.instance) / "jobs.sqlite3"), **common)
