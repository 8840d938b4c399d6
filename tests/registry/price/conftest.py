"""Stores of each kind, and a Redis of the test's own."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis

from portal.registry.price.stores import Store, open_store
from portal.registry.services.keys import registry_engine
from tests.registry.price.gates import Worker
from tests.support.server import free_port


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Address and process of a Redis that answers."""
    port = free_port()
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: deploy/setup/system.sh test installs it"
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = Redis(port=port)
    for _turn in range(100):
        try:
            client.ping()
            break
        except OSError:
            time.sleep(0.05)
        except Exception:
            time.sleep(0.05)
    client.close()
    yield f"redis://127.0.0.1:{port}/0", server
    server.terminate()
    server.wait()


@pytest.fixture(params=["database", "redis"])
def new_store(
    request: pytest.FixtureRequest, registry: Flask, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Store]:
    """Opens a store as another worker would: the same counts, another connection."""
    # A busy machine is no store that is away.
    monkeypatch.setattr("portal.registry.price.stores.redis_server.PATIENCE_SECONDS", 10.0)
    monkeypatch.setattr("portal.registry.price.stores.sqlite_file.LOCK_MILLISECONDS", 10_000)
    monkeypatch.setattr("portal.registry.price.stores.postgres_table.LOCK_MILLISECONDS", 10_000)
    url = "" if request.param == "database" else request.getfixturevalue("redis_server")[0]
    return lambda: open_store(url, registry_engine())


@pytest.fixture
def worker(new_store: Callable[[], Store]) -> Worker:
    """One worker's gate, with eight free checks."""
    return Worker(new_store())
