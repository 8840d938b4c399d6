"""Server and worker from one command: a worker that dies is started again, and both end together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import PORTAL, ROOT, Urls, environment
from tests.support.server import free_port
from tests.support.workers import wait_until


def children(process: int, word: str) -> list[int]:
    """Processes that `process` started and whose command line has the word."""
    found = subprocess.run(["pgrep", "-P", str(process), "-f", word], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


def gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


class Both:
    """The command as it runs, with its address and its log."""

    def __init__(self, urls: Urls, folder: Path) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / "both.log"
        env = {**os.environ, **environment(folder / "instance", urls), "PORT": str(port)}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [PORTAL, "serve", "--with-worker", "--workers=1"], cwd=ROOT, env=env, stderr=log, stdout=log
            )
        wait_until(lambda: self.worker_state() == "ok", f"server and worker run:\n{self.log.read_text()}")

    def worker_state(self) -> str:
        """What /readyz says of the worker."""
        try:
            with urllib.request.urlopen(self.address + "/readyz", timeout=5) as answer:
                return str(json.load(answer)["worker"])
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return "no answer"

    def worker(self) -> int:
        """The worker's process."""
        wait_until(lambda: len(children(self.process.pid, "worker --tied")) == 1, "a worker runs")
        return children(self.process.pid, "worker --tied")[0]


@pytest.fixture
def both(urls: Urls, tmp_path: Path) -> Iterator[Both]:
    """Server and worker, ended when the test ends."""
    started = Both(urls, tmp_path)
    yield started
    started.process.terminate()
    started.process.wait(timeout=60)


def test_a_worker_that_dies_is_started_again_and_both_end_together(both: Both) -> None:
    first = both.worker()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: both.worker() != first, "a second worker runs")
    second, (server,) = both.worker(), children(both.process.pid, "serve --tied")
    wait_until(lambda: both.log.read_text().count("runs") == 2, "the second worker is up")
    both.process.terminate()
    assert both.process.wait(timeout=60) == 0
    assert gone(second)
    assert gone(server)
    assert "worker | ended with status -9; it is started again" in both.log.read_text()


def test_nothing_outlives_a_command_that_was_killed(both: Both) -> None:
    left = [both.worker(), *children(both.process.pid, "serve --tied")]
    both.process.kill()
    both.process.wait()
    wait_until(lambda: all(gone(number) for number in left), "server and worker ended")
    assert len(left) == 2
