"""The check over a large registry: beside hello world, and while a long list is read and published.

PORTAL_BENCH_PEOPLE people are in the registry (a million unless told otherwise: ten million take two minutes more), and
PORTAL_BENCH_LIST are in the list (see `registry_lists`). PORTAL_BENCH_REGISTRY_URL measures a registry on PostgreSQL;
it is filled only when it has fewer people, and needs the PORTAL_REGISTRY_KEY it was filled with.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.http import CHECK
from benchmarks.measure import Row
from benchmarks.registry_lists import LIST, a_new_month, write_list
from benchmarks.server import WORKERS, prepare, requests_per_second, served

PEOPLE = int(os.environ.get("PORTAL_BENCH_PEOPLE", "1000000"))
SERVER_LIMIT = 0.005
# Nobody is slowed down by a price: what is measured is the answer, with every check counted.
ALLOWANCE = "99999"


@dataclass(frozen=True, slots=True)
class Speed:
    """Checks per second, and the median and 99th percentile of the seconds each took in its worker."""

    a_second: float
    median: float
    slowest: float


def rows() -> list[Row]:
    """A full registry, sixteen connections, two workers."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PORTAL_BENCH_FOLDER")) as folder:
        env = prepare(Path(folder)) | {"PORTAL_TRUSTED_PROXIES": "1", "PORTAL_CHECK_ALLOWANCE": ALLOWANCE}
        if url := os.environ.get("PORTAL_BENCH_REGISTRY_URL"):
            env["PORTAL_REGISTRY_URL"] = url
        filling = [sys.executable, "-m", "benchmarks.registry_fill", str(PEOPLE)]
        subprocess.run(filling, env=env, check=True, stdout=subprocess.DEVNULL)
        path = Path(folder) / "list.csv"
        write_list(env, path)
        with served(env) as (address, _process):
            _measure(address, 2)
            hello = requests_per_second(address + "/_hello")
            quiet = _measure(address)
            hello = (hello + requests_per_second(address + "/_hello")) / 2
            busy = _while_published(env, address, path)
    where = f"check in {PEOPLE:,}".replace(",", ".")
    return [
        Row(where, quiet.a_second, "hello world", hello, "requests/s", 0.25),
        Row(f"{where}: server time, p99", quiet.slowest, "5 ms", SERVER_LIMIT, "s", 1.0, at_least=False),
        Row(f"{where}: server time, median", quiet.median, "5 ms", SERVER_LIMIT, "s", None, at_least=False),
        Row(
            f"{where} while {LIST:,} are published: median".replace(",", "."),
            *(busy.median, "the same in peace", quiet.median, "s", 2.0),
            at_least=False,
        ),
        Row(
            f"{where} while {LIST:,} are published: p99".replace(",", "."),
            *(busy.slowest, "the same in peace", quiet.slowest, "s", None),
            at_least=False,
        ),
        Row(
            f"{where} while {LIST:,} are published".replace(",", "."),
            *(busy.a_second, "the same in peace", quiet.a_second, "requests/s", None),
        ),
    ]


def _while_published(env: dict[str, str], address: str, path: Path) -> Speed:
    """Checks from the first row read to the list published."""
    command = [sys.executable, "-m", "benchmarks.registry_stage", str(path), str(a_new_month())]
    command += ["--make-way"]
    importing = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    speeds = []
    time.sleep(1)
    while importing.poll() is None:
        speeds.append(_measure(address, 2))
    if importing.returncode != 0 or not speeds:
        raise RuntimeError("the list was not published")
    return Speed(
        statistics.fmean(one.a_second for one in speeds),
        statistics.median(one.median for one in speeds),
        max(one.slowest for one in speeds),
    )


def _measure(address: str, seconds: int = 6) -> Speed:
    _times(address)
    a_second = requests_per_second(address + "/cek", seconds, CHECK)
    times = sorted(_times(address))
    return Speed(a_second, times[len(times) // 2], times[len(times) * 99 // 100])


def _times(address: str) -> list[float]:
    """What all workers noted since they were asked last."""
    found: dict[int, list[float]] = {}
    for _turn in range(200):
        with suppress(OSError), urllib.request.urlopen(address + "/_checks", timeout=20) as answer:
            told = json.load(answer)
            found.setdefault(told["worker"], []).extend(told["seconds"])
        if len(found) == WORKERS:
            break
    return [seconds for times in found.values() for seconds in times]
