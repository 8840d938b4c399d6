"""`restore --check` refuses what a restore would stumble on, and leaves nothing behind."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.backup.outcomes import BackupRefused, NotABackup, RestoreRefused
from portal.backup.services.restoring import check_backup, restore_backup
from portal.backup.services.saving import STEPS, write_backup
from portal.core.content_version import current_number
from portal.core.i18n import use_language
from portal.extensions import db
from portal.settings import Settings
from tests.backup.conftest import rows
from tests.backup.spoiling import Files, change_manifest, change_table, pack, unpack
from tests.support.databases import Urls, environment, run_portal

Spoil = Callable[[Files], None]


def _columns(told: dict[str, Any], table: str) -> list[list[str]]:
    found: list[list[str]] = next(one["columns"] for one in told["tables"] if one["table"] == table)
    return found


def _cell(table: str, column: str, value: bytes) -> Spoil:
    """Another value in the first row."""

    def spoil(files: Files) -> None:
        names = [name for name, _kind in _columns(json.loads(files["manifest.json"]), table)]

        def change(data: bytes) -> bytes:
            first, rest = data.split(b"\n", 1)
            cells = first.split(b"\t")
            cells[names.index(column)] = value
            return b"\t".join(cells) + b"\n" + rest

        change_table(files, table, change)

    return spoil


def _twice(files: Files) -> None:
    change_table(files, "regions", lambda data: data + data.split(b"\n", 1)[0] + b"\n")


def _wider(files: Files) -> None:
    change_table(files, "regions", lambda data: data.replace(b"\n", b"\tmore\n", 1))


def _without_a_column(files: Files) -> None:
    change_manifest(files, lambda told: _columns(told, "regions").pop())
    change_table(
        files,
        "regions",
        lambda data: b"".join(line.rpartition(b"\t")[0] + b"\n" for line in data.splitlines()),
    )


def _column_nobody_knows(files: Files) -> None:
    change_manifest(files, lambda told: _columns(told, "regions")[0].__setitem__(0, "nothing_known"))


def _table_nobody_knows(files: Files) -> None:
    def change(told: dict[str, Any]) -> None:
        next(one for one in told["tables"] if one["table"] == "regions")["table"] = "nothing_known"

    change_manifest(files, change)
    files["content/nothing_known.tsv"] = files.pop("content/regions.tsv")


UNRESTORABLE: dict[str, Spoil] = {
    "a row twice": _twice,
    "a row that is wider": _wider,
    "a column less": _without_a_column,
    "an unknown column": _column_nobody_knows,
    "an unknown table": _table_nobody_knows,
    "nothing where something must be": _cell("regions", "name", b"\\N"),
    "a value no check allows": _cell("regions", "level", b"galaxy"),
    "bytes that are none": _cell("enrolments", "nik_digest", b"\\\\xzz"),
    "a number that is none": _cell("enrolments", "bucket", b"some"),
    "a number beyond all": _cell("enrolments", "list_id", b"9" * 30),
    "a day that is none": _cell("sources", "published_on", b"2026-02-31"),
    "a moment that is none": _cell("items", "created_at", b"yesterday"),
}


@pytest.mark.parametrize("how", UNRESTORABLE)
def test_what_no_restore_would_take_is_refused_by_the_check(
    file: Path, settings: Settings, tmp_path: Path, how: str
) -> None:
    files = unpack(file)
    UNRESTORABLE[how](files)
    with pytest.raises(NotABackup):
        check_backup(settings, pack(files, tmp_path / "spoilt"))
    assert _left_behind(settings) == []


def test_a_row_that_points_at_nothing_is_refused_by_the_check(
    file: Path, settings: Settings, tmp_path: Path
) -> None:
    files = unpack(file)
    _cell("regions", "province_code", b"99")(files)
    with pytest.raises(RestoreRefused, match="contradicts"), use_language("en"):
        check_backup(settings, pack(files, tmp_path / "spoilt"))
    assert _left_behind(settings) == []


def test_a_check_changes_nothing_and_leaves_no_file(
    filled: Flask, urls: Urls, file: Path, settings: Settings
) -> None:
    before, files = rows(urls), sorted(settings.instance.iterdir())
    number = current_number(db.session)
    assert check_backup(settings, file).same_secret
    assert rows(urls) == before
    assert current_number(db.session) == number
    assert sorted(settings.instance.iterdir()) == files


def test_a_check_counts_its_tables_twice(file: Path, settings: Settings) -> None:
    heard: list[int] = []
    check_backup(settings, file, heard.append)
    assert sum(heard) == 2 * STEPS


def test_a_pipe_is_no_backup_and_nobody_waits_for_it(
    filled: Flask, settings: Settings, urls: Urls, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(NotABackup):
        check_backup(settings, pipe)
    with pytest.raises(NotABackup):
        restore_backup(settings, pipe, force=True)
    with pytest.raises(BackupRefused):
        write_backup(settings, pipe)
    told = run_portal("restore", "--check", str(pipe), env=environment(tmp_path / "cli", urls), check=False)
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1), told.stderr


def _left_behind(settings: Settings) -> list[str]:
    return [path.name for path in settings.instance.iterdir() if "rehears" in path.name]
