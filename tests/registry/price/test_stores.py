"""Every store counts and claims exactly, whoever else does; one that is away is never an error to a visitor."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from redis import Connection, Redis
from sqlalchemy import select, text

from portal.registry.models import check_allowances
from portal.registry.price.claims import Claims
from portal.registry.price.shapes import Ticket
from portal.registry.price.stores import Store, StoreUnavailable, file_beside, open_store
from portal.registry.price.stores.sqlite_file import FileStore
from portal.registry.services.keys import registry_engine
from tests.registry.price.gates import NOW, Worker, solve
from tests.support.server import free_port

NewStore = Callable[[], Store]
END = int(NOW) + 600
ONE, OTHER = (b"1" * 16, END), (b"2" * 16, END)


def test_counts_of_all_workers_add_up(new_store: NewStore) -> None:
    mine, theirs = new_store(), new_store()
    mine.add({ONE: 3, OTHER: 1}, [ONE], None)
    assert theirs.add({ONE: 4}, [ONE], None) == {ONE: 7}
    assert mine.read([ONE, OTHER, (b"3" * 16, END)]) == {ONE: 7, OTHER: 1}


def test_of_many_claims_at_once_one_succeeds(new_store: NewStore) -> None:
    stores = [new_store() for _turn in range(4)]
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda number: stores[number % 4].claim(ONE), range(40)))
    assert sum(taken) == 1
    assert stores[0].claim(OTHER)


def test_counts_at_the_same_time_are_not_lost(new_store: NewStore) -> None:
    stores = [new_store() for _turn in range(4)]

    def add(number: int) -> None:
        for _turn in range(20):
            try:
                stores[number % 4].add({ONE: 1}, [], None)
                return
            except StoreUnavailable:
                time.sleep(0.05)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(60)))
    assert stores[0].read([ONE]) == {ONE: 60}


def test_windows_that_ended_are_forgotten_in_the_database(registry: Flask) -> None:
    store = open_store("", registry_engine())
    store.add({(b"1" * 16, 100): 1, ONE: 1}, [], None)
    store.add({OTHER: 1}, [], 200)
    assert store.read([(b"1" * 16, 100), ONE, OTHER]) == {ONE: 1, OTHER: 1}


def test_nothing_tells_an_address(registry: Flask, worker: Worker, tmp_path: Path) -> None:
    worker.admitted(8)
    worker.gate.share()
    engine = registry_engine()
    with engine.connect() as connection:
        stored = b"".join(row.subject for row in connection.execute(select(check_allowances)))
    if engine.dialect.name == "sqlite":
        beside = file_beside(Path(engine.url.database or ""))
        stored += b"".join(path.read_bytes() for path in beside.parent.glob(f"{beside.name}*"))
    assert b"\xcb\x00\x71\x05" not in stored
    assert b"203.0.113.5" not in stored


def test_a_list_being_loaded_stops_neither_counts_nor_claims(registry: Flask) -> None:
    engine = registry_engine()
    worker, other = Worker(open_store("", engine)), Worker(open_store("", engine))
    with engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE registry_state SET changes = changes + 1"))
        paid = solve(worker.offer())
        assert other.admitted(20) == 0
        # A claim that had to wait for the list would be given up, and each worker take the proof.
        assert [worker.fault(paid), other.fault(paid)] == ["taken", "used"]


def test_a_file_that_cannot_be_opened_leaves_each_worker_its_own_counts(tmp_path: Path) -> None:
    worker = Worker(FileStore(tmp_path / "missing" / "price.sqlite3"))
    assert worker.admitted(20) == 8
    paid = solve(worker.offer())
    assert [worker.fault(paid), worker.fault(paid)] == ["taken", "used"]


def test_a_file_locked_by_somebody_else_leaves_each_worker_its_own_counts(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "price.sqlite3"
    worker = Worker(FileStore(path))
    worker.ask()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert worker.admitted(20) == 7
        other.execute("ROLLBACK")
    other.close()
    worker.now += 2
    assert not isinstance(worker.ask(), Ticket)
    assert Worker(FileStore(path)).admitted(20) == 0


def test_redis_keeps_no_count_beyond_its_window(redis_server: tuple[str, object]) -> None:
    url = redis_server[0]
    worker = Worker(open_store(url, None))  # type: ignore[arg-type]
    worker.fault(solve(worker.offer()))
    worker.ask("192.0.2.1", miss=True)
    worker.gate.share()
    client = Redis.from_url(url)
    lives = {name: client.ttl(name) for name in client.keys("*")}
    client.close()
    assert lives
    assert all(0 < seconds < 3 * 86_400 for seconds in lives.values())


def test_a_redis_that_dies_leaves_counting_to_each_worker(
    redis_server: tuple[str, subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, server = redis_server
    monkeypatch.setattr("portal.registry.price.stores.redis_server.AGAIN_AFTER_SECONDS", 0.0)
    worker = Worker(open_store(url, None))  # type: ignore[arg-type]
    assert worker.admitted(3) == 3
    server.kill()
    server.wait()
    assert worker.admitted(20) == 5
    paid = solve(worker.offer())
    assert [worker.fault(paid), worker.fault(paid)] == ["taken", "used"]


def test_a_redis_that_was_never_there_is_tried_once_and_then_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("portal.registry.price.stores.redis_server.AGAIN_AFTER_SECONDS", 3600.0)
    tried: list[object] = []
    connect = Connection.connect
    monkeypatch.setattr(Connection, "connect", lambda self: (tried.append(self), connect(self)))
    url = f"redis://127.0.0.1:{free_port()}/0"
    worker = Worker(open_store(url, None))  # type: ignore[arg-type]
    assert worker.admitted(50) == 8
    assert len(tried) == 1
    assert Claims(open_store(url, None)).take(ONE, NOW)  # type: ignore[arg-type]
