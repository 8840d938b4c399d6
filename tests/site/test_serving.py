"""`portal serve` and a database that is none: one sentence, no traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from portal.core.errors import SettingError
from portal.site.commands import _free_address
from tests.support.databases import run_portal


def test_a_port_that_answers_already_is_not_shared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SettingError) as refused:
        _free_address("127.0.0.1", other.getsockname()[1])
    assert str(refused.value).startswith("HOST, PORT: ")


@pytest.mark.parametrize("host", ["999.1.1.1", "no host", "x" * 300, "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_told_in_one_sentence(host: str) -> None:
    with pytest.raises(SettingError) as refused:
        _free_address(host, 18_999)
    assert str(refused.value).startswith("HOST, PORT: ")


def test_a_name_of_this_machine_is_served_at_its_address() -> None:
    assert _free_address("localhost", 0) in ("127.0.0.1", "::1")


@pytest.mark.parametrize("setting", ["PORTAL_DATABASE_URL", "PORTAL_REGISTRY_URL"])
def test_a_file_that_is_no_database_stops_a_command_with_one_line(tmp_path: Path, setting: str) -> None:
    spoilt = tmp_path / "spoilt.sqlite3"
    spoilt.write_bytes(b"not a database " * 1000)
    env = {"PORTAL_INSTANCE": str(tmp_path / "instance"), setting: f"sqlite:///{spoilt}"}
    done = run_portal("db", "upgrade", env=env, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "Traceback" not in done.stderr


@pytest.mark.blank
@pytest.mark.parametrize("path", ["/", "/en/wilayah"])
def test_a_spoilt_database_makes_pages_unavailable(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def spoilt(*asked: object, **named: object) -> None:
        raise DatabaseError("SELECT 1", {}, Exception("file is not a database"))

    monkeypatch.setattr("sqlalchemy.engine.Engine.connect", spoilt)
    assert app.test_client().get(path).status_code == 503
