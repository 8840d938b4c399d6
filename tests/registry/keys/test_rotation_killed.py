"""A rotation killed anywhere leaves a registry in which everybody is found, and the next one goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from portal.core.keyfiles import split_keys
from portal.extensions import db
from portal.registry.models import enrolments, registry_state
from portal.registry.services.keys import known_ring, provide_next_key, registry_engine
from portal.registry.services.rotation import rotate
from tests.registry.keys.conftest import Stage, is_found, versions
from tests.registry.keys.test_rotation import PEOPLE, STRANGERS, asking
from tests.support.databases import PORTAL, ROOT

MOMENTS = ("before_cursor_execute", "after_cursor_execute", "commit")


def killed_at(moment: int) -> bool:
    """Go on with the rotation in a process of its own that kills itself at this moment; False when it came to its end."""
    engine = registry_engine()
    engine.dispose()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            # The parent's connections are its own.
            engine.dispose(close=False)
            _kill_at(engine, moment)
            rotate(known_ring(), batch=3)
            status = 0
        finally:
            os._exit(status)
    _pid, ended = os.waitpid(child, 0)
    assert ended in (0, signal.SIGKILL)
    return ended == signal.SIGKILL


def _kill_at(engine: Engine, moment: int) -> None:
    passed = 0

    def pass_by(*of: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in MOMENTS:
        event.listen(engine, name, pass_by)


def rows() -> int:
    with registry_engine().connect() as connection:
        return connection.execute(select(func.count()).select_from(enrolments)).scalar_one()


def _everybody_is_found() -> bool:
    asked = [is_found(one) for one in (*PEOPLE, *STRANGERS)]
    return asked == [True] * len(PEOPLE) + [False] * len(STRANGERS)


def _look(check: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_killed_at_ever_later_moments_it_goes_on_and_everybody_is_found_in_between(
    stage: Stage, registry: Flask, key_file: Path
) -> None:
    stage(PEOPLE, publish=True)
    stage(PEOPLE[:20], funding="csr", publish=True)
    before = rows()
    provide_next_key()
    moment, kills = 1, 0
    while killed_at(moment):
        # Moments 1 to 40 each, then in wider strides: there are some twelve hundred.
        moment += 1 if moment < 40 else 23
        kills += 1
        assert rows() == before
        assert is_found(PEOPLE[kills % len(PEOPLE)])
        if kills % 10 == 0:
            assert _everybody_is_found()
    assert kills >= 40
    assert (versions(), rows(), _everybody_is_found()) == ({2}, before, True)


@pytest.mark.parametrize("after", [1, 3])
def test_a_command_killed_between_or_in_its_steps_is_run_again(
    stage: Stage, registry: Flask, key_file: Path, shell: dict[str, str], after: int
) -> None:
    stage(PEOPLE, publish=True)
    stage(PEOPLE[:20], funding="csr", publish=True)
    arguments = [PORTAL, "registry", "rotate-key", "--batch", "1"]
    with asking(registry) as wrong:
        first = subprocess.Popen(arguments, cwd=ROOT, env={**os.environ, **shell}, stderr=subprocess.DEVNULL)
        _look(lambda: first.poll() is not None or _steps_taken() >= after * 8)
        first.send_signal(signal.SIGKILL)
        first.wait()
        second = subprocess.run(
            arguments, cwd=ROOT, env={**os.environ, **shell}, capture_output=True, text=True
        )
    assert (second.returncode, wrong) == (0, [])
    # A kill that came too late lets the second command begin a rotation of its own.
    keys = len(split_keys("KEY", key_file.read_text()))
    assert (versions(), _everybody_is_found(), keys in (2, 3)) == ({keys}, True, True)


def _steps_taken() -> int:
    with registry_engine().connect() as connection:
        moved = connection.execute(select(registry_state.c.rekeyed_to)).scalar_one()
        return 0 if moved is None else moved[0] // 6


def test_two_commands_at_once_make_one_key_and_move_everybody(
    stage: Stage, registry: Flask, key_file: Path, shell: dict[str, str]
) -> None:
    stage(PEOPLE, publish=True)
    arguments = [PORTAL, "registry", "rotate-key", "--batch", "2"]
    both = [
        subprocess.Popen(arguments, cwd=ROOT, env={**os.environ, **shell}, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [one.communicate(timeout=120)[1] for one in both]
    keys = len(split_keys("KEY", key_file.read_text()))
    # Whoever came when the other was done began a rotation of its own.
    assert [one.returncode for one in both] == [0, 0], told
    assert versions() == {keys}
    assert keys in (2, 3)
    db.session.remove()
    assert _everybody_is_found()
