"""`portal staff` for whoever owns the machine, and the setting of the mail server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal.accounts.cli import staff
from portal.core.errors import SettingError
from portal.core.mail import read_mail_url
from portal.settings import read_settings
from tests.support.databases import Urls, environment, run_portal

EMAIL = "Sari@Berau.test"


def _run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(staff, arguments)


def _roles(app: Flask) -> list[dict[str, str]]:
    roles: list[dict[str, str]] = json.loads(_run(app, "list", "--json").stdout)[0]["roles"]
    return roles


def test_a_new_account_gets_a_link_on_stdout_alone(app: Flask) -> None:
    done = _run(app, "add", EMAIL, "--region", "64.03", "--role", "editor")
    assert done.exit_code == 0
    assert done.stdout.startswith("http://portal.test/meja/sandi/tautan/")
    assert len(done.stdout.splitlines()) == 1
    assert "sari@berau.test" in done.stderr


def test_the_command_as_the_machine_runs_it_prints_a_link(urls: Urls, tmp_path: Path) -> None:
    env = environment(tmp_path / "instance", urls)
    done = run_portal("staff", "add", EMAIL, "--region", "berau", "--role", "reviewer", env=env)
    assert done.stdout.startswith("http://portal.test/meja/sandi/tautan/")


@pytest.mark.parametrize(
    ("written", "code"), [("berau", "64.03"), ("64.03", "64.03"), ("65", "65"), ("semua", "semua")]
)
def test_a_region_is_named_by_code_or_slug_or_is_everywhere(app: Flask, written: str, code: str) -> None:
    assert _run(app, "add", EMAIL, "--region", written, "--role", "reviewer").exit_code == 0
    assert _roles(app) == [{"role": "reviewer", "region": code}]


def test_an_account_that_exists_gets_one_more_role(app: Flask) -> None:
    _run(app, "add", EMAIL, "--region", "berau", "--role", "editor")
    done = _run(app, "add", EMAIL.upper(), "--region", "bengkayang", "--role", "registrar")
    assert done.exit_code == 0
    assert _roles(app) == [
        {"role": "registrar", "region": "61.07"},
        {"role": "editor", "region": "64.03"},
    ]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("add", EMAIL, "--region", "atlantis", "--role", "editor"), 2),
        (("add", EMAIL, "--region", "berau", "--role", "king"), 2),
        (("add", EMAIL, "--role", "editor"), 2),
        (("deactivate", "nobody@berau.test"), 1),
        (("link", "nobody@berau.test"), 1),
    ],
)
def test_a_mistake_is_told_in_one_line(app: Flask, arguments: tuple[str, ...], status: int) -> None:
    done = _run(app, *arguments)
    assert done.exit_code == status
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_account_is_switched_off_and_gets_a_new_link(app: Flask) -> None:
    _run(app, "add", EMAIL, "--region", "berau", "--role", "editor")
    assert _run(app, "deactivate", EMAIL).exit_code == 0
    assert json.loads(_run(app, "list", "--json").stdout)[0]["state"] == "off"
    assert _run(app, "activate", EMAIL).exit_code == 0
    assert "/meja/sandi/tautan/" in _run(app, "link", EMAIL).stdout


def test_a_mail_servers_address_is_read() -> None:
    server = read_mail_url("smtps://u%40x:p%3Aq@mail.go.id?from=portal@berau.go.id", "portal.test")
    assert server is not None
    assert (server.secure, server.host, server.port) == (True, "mail.go.id", 465)
    assert (server.user, server.password, server.sender) == ("u@x", "p:q", "portal@berau.go.id")
    assert "p:q" not in repr(server)


def test_without_a_from_mail_comes_from_the_portals_own_host() -> None:
    server = read_mail_url("smtp://127.0.0.1:2525", "portal.test")
    assert server is not None
    assert server.sender == "portal@portal.test"


@pytest.mark.parametrize(
    "text",
    [
        "mail.go.id",
        "http://mail.go.id",
        "smtp://",
        "smtp://mail.go.id:99999",
        "smtp://user@mail.go.id",
        "smtp://mail.go.id/path",
        "smtp://mail.go.id?to=x",
        "smtp://mail.go.id?from=nobody",
        "smtp://u:geheim\n@mail.go.id",
    ],
)
def test_a_wrong_mail_setting_stops_the_start_and_names_itself(text: str) -> None:
    with pytest.raises(SettingError, match=r"^PORTAL_MAIL_URL: ") as told:
        read_mail_url(text, "portal.test")
    assert "geheim" not in str(told.value)


def test_the_settings_check_the_mail_server(tmp_path: object) -> None:
    with pytest.raises(SettingError, match="PORTAL_MAIL_URL"):
        read_settings({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_MAIL_URL": "nonsense"})
