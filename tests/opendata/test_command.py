"""`portal data` as a user runs it: exit status, messages, and databases that can't be used."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.opendata.conftest import STARTER, Package
from tests.support.databases import PORTAL, Urls, environment, run_portal


def _portal(
    urls: Urls, tmp_path: Path, *arguments: str | Path, **extra: str
) -> subprocess.CompletedProcess[str]:
    env = environment(tmp_path / "instance", urls, **extra)
    return run_portal(*map(str, arguments), env=env, check=False)


def test_load_and_export_say_what_they_did_on_stderr(urls: Urls, tmp_path: Path) -> None:
    loaded = _portal(urls, tmp_path, "data", "load", STARTER)
    exported = _portal(urls, tmp_path, "data", "export", tmp_path / "out")
    assert (loaded.returncode, exported.returncode) == (0, 0)
    assert (loaded.stdout, exported.stdout) == ("", "")
    assert "statements" in loaded.stderr
    assert "137" in loaded.stderr
    assert (tmp_path / "out" / "claims.csv").read_bytes() == (STARTER / "claims.csv").read_bytes()


def test_a_rejected_package_gives_status_1_and_one_line_a_fault(
    urls: Urls, tmp_path: Path, package: Package
) -> None:
    package.set("statements", 1, "stage", "promised")
    for option in ([], ["--check"]):
        done = _portal(urls, tmp_path, "data", "load", *option, package.folder)
        assert done.returncode == 1
        assert done.stderr.splitlines()[0].startswith("statements.csv:2: stage: ")
        assert len(done.stderr.splitlines()) == 2


def test_wrong_use_gives_status_2(urls: Urls, tmp_path: Path) -> None:
    assert _portal(urls, tmp_path, "data", "load", tmp_path / "nothing").returncode == 2
    assert _portal(urls, tmp_path, "data", "load").returncode == 2
    assert _portal(urls, tmp_path, "data", "export").returncode == 2


@pytest.mark.blank
def test_a_load_before_the_areas_says_what_to_do(urls: Urls, tmp_path: Path) -> None:
    done = _portal(urls, tmp_path, "data", "load", STARTER)
    assert done.returncode == 1
    assert "portal areas load" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("place", ["empty.sqlite3", "no/such/folder/a.sqlite3"])
def test_a_database_without_tables_or_place_is_one_sentence(urls: Urls, tmp_path: Path, place: str) -> None:
    done = _portal(
        urls, tmp_path, "data", "load", STARTER, PORTAL_DATABASE_URL=f"sqlite:///{tmp_path / place}"
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def _sqlite_file(urls: Urls) -> str:
    return make_url(urls.content).database or ""


@pytest.fixture
def sqlite_urls(tmp_path: Path) -> Urls:
    """Databases with areas on SQLite, whichever backend the run covers."""
    urls = Urls(f"sqlite:///{tmp_path / 'content.sqlite3'}", f"sqlite:///{tmp_path / 'registry.sqlite3'}")
    for command in (("db", "upgrade"), ("areas", "load"), ("rules", "load")):
        run_portal(*command, env=environment(tmp_path / "instance", urls))
    return urls


def test_a_locked_database_is_one_sentence_and_unchanged(sqlite_urls: Urls, tmp_path: Path) -> None:
    holder = sqlite3.connect(_sqlite_file(sqlite_urls), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = _portal(sqlite_urls, tmp_path, "data", "load", STARTER)
    holder.execute("ROLLBACK")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert holder.execute("SELECT count(*) FROM sources").fetchone() == (0,)
    holder.close()
    assert _portal(sqlite_urls, tmp_path, "data", "load", STARTER).returncode == 0


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_done(sqlite_urls: Urls, tmp_path: Path) -> None:
    # A limit on the size of files, set in a shell, stands for a disk that fills while the package is written.
    env = {**os.environ, **environment(tmp_path / "instance", sqlite_urls)}
    command = f"ulimit -f 64; trap '' XFSZ; exec {PORTAL} data load {STARTER}"
    done = subprocess.run(["bash", "-c", command], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    with closing(sqlite3.connect(_sqlite_file(sqlite_urls))) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert _portal(sqlite_urls, tmp_path, "data", "load", STARTER).returncode == 0


def test_two_loads_at_once_wait_for_each_other(urls: Urls, tmp_path: Path) -> None:
    env = {**os.environ, **environment(tmp_path / "instance", urls)}
    command = [PORTAL, "data", "load", STARTER]
    both = [subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    texts = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], texts
    assert sorted(len(text.splitlines()) for text in texts) == [1, 10]
