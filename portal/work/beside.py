"""Server and worker from one command: the worker is started again when it dies, and both end together.

A process of its own holds the two: the server forks, and a child begun beside a fork inherits what keeps it alive.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from types import FrameType
from typing import IO

PREFIX = "worker | "
# So that a worker that cannot start doesn't fill the log.
PAUSE_SECONDS = 2.0
# A little more than the worker itself gives a job to end.
STOP_SECONDS = 15
PORTAL = [sys.executable, "-m", "portal"]


def stop_with_parent() -> None:
    """End this process in good order when its standard input ends: whoever started it is gone, even if killed."""

    def wait() -> None:
        # Not through sys.stdin: the server forks, and its children would wait for this thread's lock on it.
        while os.read(0, 1024):
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def serve_beside_worker(workers: int) -> int:
    """Run both until the server ends, and give its status; SIGTERM and Ctrl-C end them."""
    command = [*PORTAL, "serve", "--tied", f"--workers={workers}"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - the portal's own command
    asked = threading.Event()

    def pass_on(number: int, frame: FrameType | None) -> None:
        asked.set()
        server.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    keeper = _Keeper()
    keeper.start()
    status = server.wait()
    keeper.stop()
    # A server that was asked to end before it was up dies of the signal; that is no failure.
    return 0 if asked.is_set() else abs(status)


class _Keeper(threading.Thread):
    def __init__(self) -> None:
        super().__init__(name="worker-keeper", daemon=True)
        self._halt = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> None:
        while process := self._begin():
            _repeat(process.stderr)
            status = process.wait()
            if self._halt.is_set():
                return
            _say(f"ended with status {status}; it is started again\n")
            self._halt.wait(PAUSE_SECONDS)

    def stop(self) -> None:
        """Ask the worker to end and wait for it, and for what it says last."""
        with self._lock:
            self._halt.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        self.join(2)

    def _begin(self) -> subprocess.Popen[str] | None:
        """A worker in a session of its own: Ctrl-C reaches it through `stop` alone."""
        with self._lock:
            if self._halt.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603 - the portal's own command
                [*PORTAL, "worker", "--tied"],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            return self._process


def _repeat(lines: IO[str] | None) -> None:
    for line in lines or ():
        _say(line)


def _say(line: str) -> None:
    sys.stderr.write(PREFIX + line)
    sys.stderr.flush()
