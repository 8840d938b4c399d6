"""A full disk and a lost database, wherever they meet a command: one sentence, exit status 1, the registry as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from portal.registry.services import storing
from portal.registry.services.keys import registry_engine
from tests.registry.crash.conftest import COVER, WriteList
from tests.registry.crash.killing import Ended, Plan, Runner, cut_off
from tests.registry.crash.registers import Contents, both_ends, bring_back, essence, read_contents, untold

Lists = tuple[int, int, int]
# Later ones find the step taken, and then told of.
LEAST_POINTS = 15
SIZES = (1, 4000, 9000, 33_000, 70_001, 120_000)


def arguments_of(step: str, lists: Lists, path: Path) -> tuple[str, ...]:
    return {
        "import": ("registry", "import", str(path), *COVER),
        "publish": ("registry", "publish", str(lists[2])),
        "withdraw": ("registry", "withdraw", str(lists[1])),
    }[step]


def require_sentence(ended: Ended) -> None:
    """One line for people and exit status 1, or done with at most a word on what is told later."""
    lines = ended.said.strip().splitlines()
    assert "Traceback" not in ended.said, ended.said
    assert ended.status == 0 or (ended.status, len(lines)) == (1, 1), ended


def require_whole(ended: Ended, before: Contents, after: Contents) -> None:
    """As before where the command failed, as after where it said that it was done."""
    found = read_contents()
    if ended.status == 0:
        assert essence(found) == after
    else:
        assert found == before or essence(found) == after


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would lie."""
    path = tmp_path / "tmp"
    path.mkdir()
    monkeypatch.setenv("TMPDIR", str(path))
    return path


@pytest.mark.parametrize("step", ["import", "publish", "withdraw"])
def test_a_full_disk_is_one_sentence_and_changes_nothing(
    lists: Lists, runner: Runner, write_list: WriteList, folder: Path, step: str
) -> None:
    arguments = arguments_of(step, lists, write_list("new.csv", 200))
    before, after = both_ends(runner, arguments)
    failed = 0
    for size in SIZES:
        ended = runner.run(*arguments, plan=Plan(largest_file=size, is_deadly=False))
        require_sentence(ended)
        require_whole(ended, before, after)
        failed += ended.status
        bring_back(before)
    assert bool(failed) == (registry_engine().dialect.name == "sqlite")
    assert runner.run(*arguments).status == 0
    assert (untold(), list(folder.iterdir())) == ([], [])


@pytest.mark.parametrize("step", ["import", "publish", "withdraw"])
def test_a_connection_lost_at_any_point_is_one_sentence_and_changes_nothing(
    lists: Lists, runner: Runner, write_list: WriteList, step: str
) -> None:
    arguments = arguments_of(step, lists, write_list("new.csv", 200))
    before, after = both_ends(runner, arguments)
    # SQLite has no connection that could be lost.
    points = count(1, 2) if registry_engine().dialect.name == "postgresql" else range(0)
    for at in points:
        ended = runner.run(*arguments, plan=Plan(at, cut_off))
        require_sentence(ended)
        require_whole(ended, before, after)
        if ended.status == 0 and at > LEAST_POINTS and untold() == []:
            break
        bring_back(before)
    assert runner.run(*arguments).status == 0
    assert (essence(read_contents()), untold()) == (after, [])


@contextmanager
def broken(path: Path, how: str) -> Iterator[None]:
    """A database file that cannot be used meanwhile."""
    if how == "locked":
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    kept = path.with_name("kept")
    path.rename(kept)
    if how == "no database":
        path.write_bytes(b"not a database at all" * 500)
    elif how == "a folder":
        path.mkdir()
    yield
    path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)
    kept.rename(path)


@pytest.mark.parametrize("how", ["locked", "no database", "a folder"])
def test_a_registry_that_cannot_be_used_is_one_sentence_for_every_command(
    lists: Lists,
    registry: Flask,
    runner: Runner,
    write_list: WriteList,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    for name in ("LOAD_WAITS_MS", "STEP_WAITS_MS"):
        monkeypatch.setattr(storing, name, 50)
    monkeypatch.setattr(storing.patient_step.__wrapped__, "__defaults__", (50,))  # type: ignore[attr-defined]
    path = write_list("new.csv", 200)
    before = read_contents()
    registry_engine().dispose()
    url = make_url(registry_engine().url)
    commands = [arguments_of(step, lists, path) for step in ("import", "publish", "withdraw")]
    commands.append(("registry", "purge"))
    for arguments in commands if url.drivername == "sqlite" else ():
        with broken(Path(url.database or ""), how):
            ended = runner.run(*arguments)
        require_sentence(ended)
        assert ended.status == 1, ended
        assert read_contents() == before
        registry_engine().dispose()
    assert runner.run(*commands[0]).status == 0
