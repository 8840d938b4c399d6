"""Two at once, and a full disk."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

from alembic import command
from flask import Flask

from portal.core.migrate import alembic_config
from tests.registry.people import BERAU, HEADER, somebody
from tests.support.databases import PORTAL, ROOT, Urls, environment, run_portal

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")
SMALL_DISK = 400_000


def large_list(path: Path, people: int) -> Path:
    rows = (f"1,{somebody(number).nik},Budi Santoso,,,Petani\n" for number in range(people))
    path.write_text(HEADER + "\n" + "".join(rows), encoding="utf-8")
    return path


def test_two_people_bringing_the_same_file_at_once_make_one_list(
    content: Flask, urls: Urls, tmp_path: Path
) -> None:
    path = large_list(tmp_path / "list.csv", 5_000)
    env = {**os.environ, **environment(tmp_path / "instance", urls)}
    arguments = [PORTAL, "registry", "import", str(path), *COVER, "--publish"]
    both = [subprocess.Popen(arguments, cwd=ROOT, env=env, stderr=subprocess.PIPE) for _ in range(2)]
    told = [one.communicate(timeout=120)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    lists = run_portal("registry", "lists", "--json", env=env).stdout
    assert (lists.count('"id"'), lists.count('"published"')) == (1, 1)


def test_a_full_disk_is_told_in_a_sentence_and_leaves_the_registry_as_it_was(
    content: Flask, urls: Urls, tmp_path: Path
) -> None:
    file = tmp_path / "registry.sqlite3"
    command.upgrade(alembic_config("registry", f"sqlite:///{file}"), "head")
    env = {**os.environ, **environment(tmp_path / "instance", Urls(urls.content, f"sqlite:///{file}"))}
    path = large_list(tmp_path / "list.csv", 150_000)
    told = subprocess.run(
        [PORTAL, "registry", "import", str(path), *COVER],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, SMALL_DISK)),
    )
    assert (told.returncode, "Traceback" in told.stderr, len(told.stderr.splitlines())) == (1, False, 1), (
        told.stderr
    )
    assert run_portal("registry", "lists", "--json", env=env).stdout.strip() == "[]"
