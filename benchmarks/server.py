"""A portal of its own for the run: instance, data and server on a free port of the loopback address."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 2
WRK = ("wrk", "-t1", "-c16", "--timeout", "20s")


def prepare(instance: Path) -> dict[str, str]:
    """The environment of a portal in `instance`, migrated and with all data loaded."""
    env = {**os.environ, "PORTAL_INSTANCE": str(instance)}
    for name in ("PORTAL_DATABASE_URL", "PORTAL_REGISTRY_URL"):
        env.pop(name, None)
    subprocess.run([sys.executable, "-m", "portal", "setup"], env=env, check=True, stdout=subprocess.DEVNULL)
    return env


@contextmanager
def served(env: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Serve `benchmarks.app` with granian; gives the address and the process id."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS)]
    command += ["--blocking-threads", "1", "--port", str(port), "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen([*command, "benchmarks.app:app"], env=env)
    try:
        _wait(f"http://127.0.0.1:{port}/_hello")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def requests_per_second(address: str, seconds: int = 4, script: str = "") -> float:
    """wrk's requests per second on `address`; raises RuntimeError when an answer was an error."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script)
        lua.flush()
        extra = ["-s", lua.name] if script else []
        command = [*WRK, f"-d{seconds}s", "-H", "Accept-Encoding: br", *extra, address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{address} answered with errors:\n{told}")
    found = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    assert found, told
    return float(found.group(1))


def worker_megabytes(parent: int) -> float:
    """Resident memory of the largest worker below the server process `parent`, in MB."""
    sizes = [0.0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue
        if re.search(rf"^PPid:\s+{parent}$", status, re.M) and (size := re.search(r"VmRSS:\s+(\d+)", status)):
            sizes.append(int(size.group(1)) / 1024)
    return max(sizes)
