"""kill -9 at every statement and in the middle of files: the registry is as before or as after, never in between."""

from __future__ import annotations

from itertools import count, takewhile
from pathlib import Path

import pytest
from flask import Flask

from portal.registry.queries import find_list
from portal.registry.services.keys import registry_engine
from tests.registry.crash.conftest import COVER, WriteList
from tests.registry.crash.killing import Ended, Plan, Runner, kill
from tests.registry.crash.registers import Contents, both_ends, bring_back, essence, read_contents, untold

STEPS = {
    "publish": lambda first, second, third: ("registry", "publish", str(third)),
    "withdraw": lambda first, second, third: ("registry", "withdraw", str(second)),
    "restore": lambda first, second, third: ("registry", "restore", str(first)),
}
RUN_AGAIN_AFTER = 4
# Steps of a file's size; SQLite writes pages of 4096 bytes, with headers before them in the journal.
LARGEST_FILES = (1, 40, 4000, 4200, 9000, 20_000, 33_000, 50_000, 70_001, 90_000, 120_000, 160_000, 250_000)


def kill_everywhere(runner: Runner, arguments: tuple[str, ...]) -> int:
    """Kill the command at its points, each in a run of its own, until it comes to its end; gives the last point."""
    before, after = both_ends(runner, arguments)
    plans = (Plan(at, kill) for at in count(1, stride()))
    return max(
        plan.at for plan in takewhile(lambda plan: survive(runner, arguments, plan, before, after), plans)
    )


def stride() -> int:
    """Every point of SQLite's, whose files a kill leaves as they are; every third of PostgreSQL, which mends itself."""
    return 1 if registry_engine().dialect.name == "sqlite" else 3


def survive(
    runner: Runner, arguments: tuple[str, ...], plan: Plan, before: Contents, after: Contents
) -> bool:
    """Run to a death, look at what is left and, after some deaths, run again; whether it died."""
    ended = runner.run(*arguments, plan=plan)
    assert ended.was_killed or ended.status == 0, (plan, ended)
    found = read_contents()
    assert found == before or essence(found) == after, plan
    if found != before or plan.at % RUN_AGAIN_AFTER == 0:
        again = runner.run(*arguments)
        assert again.status == 0, (plan, again.said)
        assert essence(read_contents()) == after, plan
        assert untold() == [], plan
        bring_back(before)
    return ended.was_killed


@pytest.mark.parametrize("step", STEPS)
def test_a_step_killed_at_any_point_was_taken_or_was_not(
    lists: tuple[int, int, int], runner: Runner, step: str
) -> None:
    assert kill_everywhere(runner, STEPS[step](*lists)) > 15


def test_an_import_killed_at_any_point_stored_the_list_or_nothing(
    lists: tuple[int, int, int], runner: Runner, write_list: WriteList
) -> None:
    path = write_list("new.csv", 200)
    assert kill_everywhere(runner, ("registry", "import", str(path), *COVER)) > 15


@pytest.mark.parametrize("step", ["import", *STEPS])
def test_a_step_killed_in_the_middle_of_a_file_was_taken_or_was_not(
    lists: tuple[int, int, int], runner: Runner, write_list: WriteList, step: str
) -> None:
    path = write_list("new.csv", 200)
    arguments = STEPS[step](*lists) if step in STEPS else ("registry", "import", str(path), *COVER)
    before, after = both_ends(runner, arguments)
    killed = [survive(runner, arguments, Plan(largest_file=size), before, after) for size in LARGEST_FILES]
    # A server of its own writes its own files.
    assert any(killed) == (registry_engine().dialect.name == "sqlite")


def test_a_purge_killed_at_any_point_is_taken_up_by_the_next_and_touches_no_other_list(
    lists: tuple[int, int, int], runner: Runner
) -> None:
    first = lists[0]
    before, after = both_ends(runner, ("registry", "purge"))
    for at in count(1, stride()):
        ended = runner.run("registry", "purge", plan=Plan(at, kill))
        assert others(read_contents(), first) == others(before, first), at
        if at % RUN_AGAIN_AFTER and ended.was_killed:
            bring_back(before)
            continue
        require_restorable_or_purged(runner, before, first)
        again = runner.run("registry", "purge")
        assert again.status == 0, (at, again.said)
        assert essence(read_contents()) == after, at
        assert untold() == [], at
        bring_back(before)
        if not ended.was_killed:
            break
    assert at > 20


def others(contents: Contents, list_id: int) -> Contents:
    """All that a purge of this list has nothing to do with."""
    return {
        name: [row for row in rows if list_id not in (row.get("list_id"), row.get("id"))]
        for name, rows in contents.items()
        if name not in ("registry_state", "list_events")
    }


def require_restorable_or_purged(runner: Runner, before: Contents, list_id: int) -> None:
    """A list that is not purged is whole; one that is can't come back, and says so."""
    with registry_engine().connect() as connection:
        found = find_list(connection, list_id)
    assert found is not None
    if found.state != "purged":
        assert read_contents()["enrolments"] == before["enrolments"]
        return
    told: Ended = runner.run("registry", "restore", str(list_id))
    assert (told.status, len(told.said.splitlines())) == (1, 1), told


def test_nothing_of_a_killed_import_lies_about(
    registry: Flask, runner: Runner, write_list: WriteList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_list("new.csv", 200)
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    for at in (5, 15, 25):
        runner.run("registry", "import", str(path), *COVER, plan=Plan(at, kill))
    spool = Path(registry.config["PORTAL_SETTINGS"].instance) / "spool"
    assert [*folder.iterdir(), *(spool.iterdir() if spool.exists() else ())] == []
