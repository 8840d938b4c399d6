"""Settings: a wrong one stops the start with one line that names it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from portal.core.errors import SettingError
from portal.settings import read_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "８０００"),
        ("PORTAL_TRUSTED_PROXIES", "-1"),
        ("PORTAL_TRUSTED_PROXIES", "many"),
        ("PORTAL_LIST_RETENTION_DAYS", "0"),
        ("PORTAL_LIST_RETENTION_DAYS", "3651"),
        ("PORTAL_LIST_RETENTION_DAYS", "a year"),
        ("PORTAL_DATABASE_URL", "mysql://localhost/x"),
        ("PORTAL_DATABASE_URL", "no address"),
        ("PORTAL_REGISTRY_URL", "://"),
        ("PORTAL_BASE_URL", "portal.example"),
        ("PORTAL_BASE_URL", "ftp://portal.example"),
        ("PORTAL_BASE_URL", "https://[portal"),
        ("PORTAL_BASE_URL", "https://portal.example:99999"),
        ("PORTAL_BASE_URL", "https://portal.example/\n"),
        ("PORTAL_BASE_URL", "https://portal example"),
        ("PORTAL_SITE_NAME", " "),
        ("PORTAL_SITE_NAME", "x" * 61),
        ("PORTAL_OPERATOR", "x" * 161),
        ("PORTAL_OPERATOR", "An office\nand a line"),
        ("PORTAL_OPERATOR_MAIL", "no address"),
        ("PORTAL_OPERATOR_MAIL", "nobody-said-whose@office.test"),
        ("PORTAL_SECRET_KEY", "short"),
        ("PORTAL_REGISTRY_KEY", ""),
        ("PORTAL_REGISTRY_KEY", "\udcff" * 40),
        ("PORTAL_INSTANCE", "/proc/nowhere"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"PORTAL_INSTANCE": str(tmp_path), name: value})
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


def test_keys_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    first = read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    second = read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    assert first == second
    assert [first.secret_key] != list(first.registry_keys)
    for name in ("secret.key", "registry.key"):
        assert stat.S_IMODE(os.stat(tmp_path / name).st_mode) == 0o600


def test_defaults_are_two_sqlite_files_in_the_instance_folder(tmp_path: Path) -> None:
    settings = read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/portal.sqlite3"
    assert settings.registry_url == f"sqlite:///{tmp_path}/registry.sqlite3"
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")


def test_a_plain_postgresql_address_uses_the_driver_that_is_installed(tmp_path: Path) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_DATABASE_URL": "postgresql://u@localhost/x"}
    assert read_settings(env).database_url == "postgresql+psycopg://u@localhost/x"


def test_a_new_instance_folder_is_closed_to_other_users(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        read_settings({"PORTAL_INSTANCE": str(tmp_path / "new")})
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o750
