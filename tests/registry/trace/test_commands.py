"""Every command of the portal, with lists full of canaries, lists that are refused, and canaries for arguments."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask

from portal.cli import cli
from tests.registry.books import Sheet, ods, xlsx
from tests.registry.people import BERAU, HEADER
from tests.registry.trace.canaries import PEOPLE
from tests.registry.trace.conftest import Said
from tests.registry.trace.places import all_traces
from tests.registry.trace.searching import traces

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to")
# They run until they are stopped: tests/registry/trace/test_processes.py drives them.
PROCESSES = {"serve", "worker"}
LAST = 50


@dataclass(frozen=True)
class Desk:
    """What an officer has at hand: lists good and bad, and a folder for what commands write."""

    lists: Path
    out: Path

    def file(self, name: str) -> str:
        """The path of a list."""
        return str(self.lists / name)


@pytest.fixture
def officer(tmp_path: Path) -> Desk:
    """Five hundred canaries in every format, and files that are held or refused."""
    desk = Desk(tmp_path / "lists", tmp_path / "out")
    desk.lists.mkdir()
    desk.out.mkdir()
    table = "\n".join([HEADER, *(person.line for person in PEOPLE)])
    rows = [HEADER.split(",")] + [person.line.split(",") for person in PEOPLE[:LAST]]
    spoilt = [
        HEADER.split(","),
        *([1, int(one.nik), one.name, "", one.village, one.work] for one in PEOPLE[:LAST]),
    ]
    short = [f"1,{one.nik[:15]},{one.name},,{one.village},{one.work}" for one in PEOPLE]
    files = {
        "list.csv": table.encode(),
        "list.xlsx": xlsx(Sheet(rows), Sheet(rows, name=PEOPLE[0].name[:30], hidden=True)),
        "list.ods": ods(Sheet(rows)),
        "utf16.csv": table.encode("utf-16"),
        "short.csv": "\n".join([HEADER, *short]).encode(),
        "spoilt.xlsx": xlsx(Sheet(spoilt)),  # type: ignore[arg-type]
        "picture.csv": b"\x89PNG\r\n\x1a\n" + table.encode(),
        "no-table.csv": PEOPLE[0].line.encode(),
        "broken.xlsx": xlsx(Sheet(rows))[:-200],
        "torn.csv": table.encode() + b"\0" + table.encode()[:100],
    }
    for name, data in files.items():
        (desk.lists / name).write_bytes(data)
    return desk


def commands(group: click.Command = cli, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, by its words."""
    if not isinstance(group, click.Group):
        yield before
        return
    for name, command in group.commands.items():
        yield from commands(command, (*before, name))


def drivers(at: Desk) -> dict[str, list[list[str]]]:
    """How each command is driven; none of these lines has anything of a person in it."""
    months = [f"2026-{month:02}" for month in range(1, 13)]
    names = sorted(path.name for path in at.lists.iterdir())
    imports = [[at.file(name), *COVER, month] for name, month in zip(names, months, strict=False)]
    reports = [["--report", str(at.out / f"report{kind}")] for kind in (".xlsx", ".csv")]
    return {
        "registry import": [
            *imports,
            *([*one, "--check", "--json"] for one in imports),
            *([at.file("short.csv"), *COVER, "2026-12", "--check", *report] for report in reports),
            [at.file("list.csv"), *COVER, "2026-12", "--publish", "--json"],
        ],
        "registry lists": [[], ["--json"]],
        "registry publish": [["1"], ["2"], ["9999"]],
        "registry withdraw": [["1"], ["9999"]],
        "registry restore": [["1"], ["9999"]],
        "registry purge": [["--dry-run", "--json"], []],
        "registry rotate-key": [["--prepare"], []],
        "registry sample": [["--rows", "50", "--out", str(at.out / "sample.csv")]],
        "backup": [[str(at.out / "backup.zip")]],
        "restore": [[str(at.out / "backup.zip"), "--check"], [at.file("list.csv")]],
        "areas load": [[], [str(at.lists)]],
        "rules load": [[], [str(at.lists)]],
        "data export": [[str(at.out / "package")], [str(at.out / "package.zip")]],
        "data load": [[str(at.lists)], [at.file("list.xlsx")]],
        "audit verify": [[]],
        "audit rekey": [["--former", at.file("list.csv")]],
        "checks": [["--json"]],
        "db upgrade": [[]],
        "db downgrade": [["registry", "none"]],
        "setup": [[]],
        "staff list": [[]],
        "staff add": [["officer@portal.test", "--region", "64.03", "--role", "registrar"]],
        "staff link": [["officer@portal.test"]],
        "staff deactivate": [["officer@portal.test"]],
        "staff activate": [["officer@portal.test"]],
    }


def run(app: Flask, words: str, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(cli, [*words.split(), *arguments])


def told(result: Result) -> str:
    """What somebody at the terminal sees, with the traceback that a fault would show."""
    shown = traceback.format_exception(result.exception) if result.exception else []
    return result.output + "".join(shown)


def test_every_command_has_a_driver(officer: Desk) -> None:
    known = {" ".join(words) for words in commands()}
    assert known - set(drivers(officer)) - PROCESSES == set(), "say here how these are driven"
    assert set(drivers(officer)) - known == set(), "these commands are gone"


def test_no_command_leaves_or_says_anything_of_a_person(
    content: Flask, officer: Desk, temporary: Path, said: Said
) -> None:
    spoken, codes = {}, set()
    for words, lines in drivers(officer).items():
        for line in lines:
            result = run(content, words, *line)
            codes.add(result.exit_code)
            if found := traces(told(result)):
                spoken[f"{words} {line}"] = found
    assert '"state": "published"' in run(content, "registry lists", "--json").output
    assert spoken == {}
    assert {0, 1} <= codes
    assert sorted(path.suffix for path in officer.out.iterdir() if path.is_file())
    assert all_traces(content, temporary, officer.out) == {}
    assert said.traces() == set()


def test_a_number_given_to_a_command_by_mistake_is_kept_nowhere(
    content: Flask, officer: Desk, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What an officer names after a person, she has named herself.
    monkeypatch.chdir(officer.lists)
    for at, words in enumerate(drivers(officer)):
        person = PEOPLE[at]
        for arguments in ([person.nik], [person.name, f"--{person.nik}"]):
            assert run(content, words, *arguments).exit_code in (0, 1, 2)
    for name in ("--region", "--name", "--kind", "--program", "--out"):
        run(
            content,
            "staff add",
            "a@portal.test",
            "--role",
            "editor",
            "--region",
            "64.03",
            name,
            PEOPLE[0].nik,
        )
    assert all_traces(content, temporary, officer.out) == {}
