"""The registry works with the key its lists were made with, or says so and stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from portal.registry.errors import RegistryKeyDiffers
from portal.registry.services.checking import check_cover
from tests.conftest import build_app, close_app
from tests.registry.conftest import Stage
from tests.registry.people import BERAU, RUSDI
from tests.support.databases import Urls, environment, run_portal

OTHER = "another-registry-key-that-is-long-enough"


def test_another_key_is_refused_once_lists_are_stored(stage: Stage, urls: Urls, tmp_path: Path) -> None:
    stage([RUSDI], publish=True)
    app = build_app(tmp_path / "other", urls, PORTAL_REGISTRY_KEY=OTHER)
    with app.app_context(), pytest.raises(RegistryKeyDiffers, match="PORTAL_REGISTRY_KEY"):
        check_cover(RUSDI.nik, RUSDI.name, "")
    close_app(app)


def test_any_key_will_do_while_the_registry_is_empty(content: Flask, urls: Urls, tmp_path: Path) -> None:
    app = build_app(tmp_path / "other", urls, PORTAL_REGISTRY_KEY=OTHER)
    with app.app_context():
        assert check_cover(RUSDI.nik, RUSDI.name, "") == ()
    close_app(app)


def test_a_list_is_not_taken_with_another_key(stage: Stage, urls: Urls, tmp_path: Path) -> None:
    stage([RUSDI])
    path = tmp_path / "more.csv"
    path.write_text("NIK,Nama\n6403992505859001,Budi\n", encoding="utf-8")
    cover = ("--program", BERAU, "--funding", "csr", "--from", "2026-01", "--to", "2026-12")
    env = environment(tmp_path / "other", urls, PORTAL_REGISTRY_KEY=OTHER)
    told = run_portal("registry", "import", str(path), *cover, env=env, check=False)
    assert (told.returncode, "registry.key" in told.stderr, "Traceback" in told.stderr) == (1, True, False)


def test_the_server_does_not_start_with_another_key(stage: Stage, urls: Urls, tmp_path: Path) -> None:
    stage([RUSDI])
    env = environment(tmp_path / "other", urls, PORTAL_REGISTRY_KEY=OTHER)
    told = run_portal("serve", env=env, check=False)
    assert (told.returncode, "PORTAL_REGISTRY_KEY" in told.stderr, "Traceback" in told.stderr) == (
        1,
        True,
        False,
    )


def test_the_check_apologises_while_the_key_is_another(stage: Stage, urls: Urls, tmp_path: Path) -> None:
    stage([RUSDI])
    app = build_app(tmp_path / "other", urls, PORTAL_REGISTRY_KEY=OTHER)
    answer = app.test_client().post("/cek", data={"nik": RUSDI.nik, "nama": RUSDI.name})
    assert (answer.status_code, RUSDI.nik in answer.text) == (503, False)
    close_app(app)


def test_the_check_apologises_while_the_registry_is_away(urls: Urls, tmp_path: Path, content: Flask) -> None:
    app = build_app(tmp_path / "away", Urls(urls.content, f"sqlite:///{tmp_path}/nothing.sqlite3"))
    answer = app.test_client().post("/cek", data={"nik": RUSDI.nik, "nama": RUSDI.name})
    assert (answer.status_code, RUSDI.nik in answer.text) == (503, False)
    close_app(app)


def test_a_missing_key_is_not_made_anew_while_lists_are_stored(
    stage: Stage, urls: Urls, tmp_path: Path
) -> None:
    stage([RUSDI])
    env = environment(tmp_path / "moved", urls)
    del env["PORTAL_REGISTRY_KEY"]
    told = run_portal("registry", "lists", env=env, check=False)
    assert (told.returncode, "PORTAL_REGISTRY_KEY" in told.stderr, "Traceback" in told.stderr) == (
        1,
        True,
        False,
    )
    assert not (tmp_path / "moved" / "registry.key").exists()


def test_a_registry_that_cannot_be_read_gets_no_key(urls: Urls, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.sqlite3"
    spoilt.write_bytes(b"this is no database at all, whatever its name says" * 100)
    env = environment(tmp_path / "moved", Urls(urls.content, f"sqlite:///{spoilt}"))
    del env["PORTAL_REGISTRY_KEY"]
    told = run_portal("registry", "lists", env=env, check=False)
    assert (told.returncode, "PORTAL_REGISTRY_URL" in told.stderr) == (1, True)
    assert not (tmp_path / "moved" / "registry.key").exists()
