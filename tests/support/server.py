"""A real portal server in a process of its own, as `make run` starts it, for browser journeys."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.databases import PORTAL, ROOT

START_SECONDS = 60


def free_port() -> int:
    """A port on the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(env: dict[str, str], log: Path) -> Iterator[str]:
    """Serve with these settings until the block ends; gives the address, without a slash at its end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    full = {**os.environ, **env, "HOST": "127.0.0.1", "PORT": str(port), "PORTAL_BASE_URL": address}
    with log.open("w") as out:
        process = subprocess.Popen(
            [PORTAL, "serve"], cwd=ROOT, env=full, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _wait(address, process, log)
            yield address
        finally:
            _stop(process)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address + "/robots.txt", timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer on {address}:\n{log.read_text()[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
