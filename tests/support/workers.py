"""Real worker processes for tests."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.databases import PORTAL, ROOT, Urls, environment

Start = Callable[..., subprocess.Popen[bytes]]
PATIENCE = 90


@pytest.fixture
def start_worker(urls: Urls, tmp_path: Path) -> Iterator[Start]:
    """Start workers on the test's databases; what still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**settings: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, **environment(tmp_path / "instance", urls), **settings}
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        with log:
            process = subprocess.Popen([PORTAL, "worker"], cwd=ROOT, env=env, stderr=log, stdout=log)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def stop(process: subprocess.Popen[bytes]) -> int:
    """End a worker in good order; gives its exit status."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=30)


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Wait for something another process does."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"after {PATIENCE} seconds still not: {what}"
        time.sleep(0.1)
