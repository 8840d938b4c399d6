"""The portal's commands in forked processes that die, or come to harm, at a point chosen in advance.

A fork of this process has everything loaded, so a command costs what it does and nothing more. Points are statements
and ends of transactions on either database, and bytes of a file being written.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event

import portal.cli
from portal.core import publication
from portal.extensions import db
from portal.registry.services import retention, staging
from tests.support.applications import close_app

# Statements of the registry once they are done, which is before the next, and transactions about to end, of the content
# database too.
POINTS = {
    "registry": ("after_cursor_execute", "commit", "rollback"),
    None: ("commit",),
}
# So that even a small list is stored and removed in several parts.
ROWS_IN_A_BATCH, ROWS_OF_A_PURGE = 40, 150
LONGEST_SECONDS = 60

Harm = Callable[[Any], None]


@dataclass(frozen=True)
class Plan:
    """What a command comes to: harm at the point numbered `at`, and files that end after so many bytes (0: never)."""

    at: int = 0
    harm: Harm | None = None
    largest_file: int = 0
    # Whether a file that would grow larger kills the process; otherwise the disk is full.
    is_deadly: bool = True


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit status (negative: the signal) and what it said."""

    status: int
    said: str

    @property
    def was_killed(self) -> bool:
        """Whether it died instead of ending."""
        return self.status in (-signal.SIGKILL, -signal.SIGXFSZ)


@dataclass(frozen=True)
class Started:
    """A command that runs beside this process."""

    process: int
    # The end of a pipe: no limit of files holds for it.
    said: int

    def wait(self) -> Ended:
        """Let it end."""
        with os.fdopen(self.said, encoding="utf-8", errors="replace") as pipe:
            said = pipe.read()
        _pid, status = os.waitpid(self.process, 0)
        return Ended(os.waitstatus_to_exitcode(status), said)


def kill(connection: Any) -> None:
    """End this process as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def cut_off(connection: Any) -> None:
    """Have the server end the connection that is in use, as an administrator or a restart does."""
    driver = connection.connection.dbapi_connection
    with psycopg.connect(driver.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [driver.info.backend_pid])


class Runner:
    """Runs the portal's commands on one application."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def run(self, *arguments: str, plan: Plan = Plan()) -> Ended:
        """Run a command to its end, good or bad."""
        return self.start(*arguments, plan=plan).wait()

    def start(self, *arguments: str, plan: Plan = Plan()) -> Started:
        """Begin a command in a process of its own."""
        return self.begin(lambda: _command(self._app, arguments), plan)

    def begin(self, act: Callable[[], object], plan: Plan = Plan()) -> Started:
        """Begin anything in a process of its own."""
        # No connection may be shared between the two.
        close_app(self._app)
        said, out = os.pipe()
        child = os.fork()
        if child == 0:
            _live(self._app, act, out, plan)
        os.close(out)
        return Started(child, said)


def _live(app: Flask, act: Callable[[], object], out: int, plan: Plan) -> NoReturn:
    status = 70
    try:
        _prepare(app, out, plan)
        act()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        # Whatever happens, this process never goes on with the tests of the one it was forked from.
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _prepare(app: Flask, out: int, plan: Plan) -> None:
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
    signal.alarm(LONGEST_SECONDS)
    patch = pytest.MonkeyPatch()
    patch.setattr(staging, "ROWS_IN_A_BATCH", ROWS_IN_A_BATCH)
    patch.setattr(retention, "ROWS_AT_ONCE", ROWS_OF_A_PURGE)
    # Cross-checks and the like are computed in the other database's own transaction; they only take time here.
    patch.setattr(publication, "_followers", {})
    if plan.largest_file:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if plan.is_deadly else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (plan.largest_file, plan.largest_file))
    if plan.harm is not None:
        _lie_in_wait(app, plan.at, plan.harm)


def _command(app: Flask, arguments: tuple[str, ...]) -> None:
    pytest.MonkeyPatch().setattr(portal.cli, "create_app", lambda: app)
    sys.argv = ["portal", *arguments]
    portal.cli.main()


def _lie_in_wait(app: Flask, at: int, harm: Harm) -> None:
    """Count the points that the application's engines pass, and do harm at one of them."""
    passed = 0

    def pass_point(connection: Any, *rest: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == at:
            harm(connection)

    with app.app_context():
        engines = dict(db.engines)
    for name, points in POINTS.items():
        for point in points:
            event.listen(engines[name], point, pass_point)
