"""`portal setup`: from nothing to a portal worth looking at, and again without losing anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support.databases import Urls, environment, run_portal


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """Settings of a portal that does not exist yet."""
    urls = Urls(f"sqlite:///{tmp_path / 'content.sqlite3'}", f"sqlite:///{tmp_path / 'registry.sqlite3'}")
    return environment(tmp_path / "instance", urls)


def test_the_first_set_up_says_in_both_languages_where_to_look_and_whom_to_try(empty: dict[str, str]) -> None:
    done = run_portal("setup", env=empty)
    indonesian, english = done.stdout.split("\n\n")
    assert "Portal siap: http://portal.test/" in indonesian
    assert "The portal is ready: http://portal.test/en/" in english
    for part, prefix in ((indonesian, ""), (english, "/en")):
        assert f"http://portal.test{prefix}/wilayah/bengkayang" in part
        assert f"http://portal.test{prefix}/cek" in part
        assert len(re.findall(r"\b\d{16}\b", part)) == 2


def _content_number(env: dict[str, str]) -> int:
    """How often anything was published so far."""
    engine = create_engine(env["PORTAL_DATABASE_URL"])
    with engine.connect() as connection:
        number: int = connection.execute(text("SELECT number FROM content_version")).scalar_one()
    engine.dispose()
    return number


def test_a_second_set_up_loads_nothing_anew_and_keeps_what_was_changed(
    empty: dict[str, str], tmp_path: Path
) -> None:
    first = run_portal("setup", env=empty).stdout
    run_portal("data", "export", str(tmp_path / "out"), env=empty)
    claims = tmp_path / "out" / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b",15000,", b",15001,", 1))
    run_portal("data", "load", str(tmp_path / "out"), env=empty)
    number = _content_number(empty)
    again = run_portal("setup", env=empty).stdout
    assert again == first
    assert _content_number(empty) == number
    run_portal("data", "export", str(tmp_path / "after"), env=empty)
    assert (tmp_path / "after" / "claims.csv").read_bytes() == claims.read_bytes()


def test_the_sample_people_are_on_the_list_of_the_programme(empty: dict[str, str]) -> None:
    done = run_portal("setup", env=empty)
    lists = run_portal("registry", "lists", env=empty)
    assert "berau-pekerja-rentan" in lists.stdout + lists.stderr
    assert all(nik.startswith("6403") for nik in re.findall(r"\b\d{16}\b", done.stdout))


def test_set_up_with_another_key_than_the_lists_have_stops_instead_of_saying_it_is_ready(
    empty: dict[str, str],
) -> None:
    run_portal("setup", env=empty)
    done = run_portal("setup", env={**empty, "PORTAL_REGISTRY_KEY": "another key " * 4}, check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "PORTAL_REGISTRY_KEY" in done.stderr
