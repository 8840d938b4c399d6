"""Keys are made once, whole, for nobody but their owner; several of them are told apart."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portal.core.errors import SettingError
from portal.core.keyfiles import add_key, make_key_file, read_key_file, split_keys
from portal.settings import read_settings

OLD, NEW = "o" * 32, "n" * 40
MAKE = (
    "import sys; from portal.settings import read_settings; print(read_settings().registry_keys[0].decode())"
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_a_new_key_is_its_owners_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        make_key_file("KEY", tmp_path / "a.key")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a.key") == 0o600
    assert len(read_key_file("KEY", tmp_path / "a.key").strip()) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["a.key"]


def test_portals_that_start_for_the_first_time_at_once_have_the_same_key(tmp_path: Path) -> None:
    env = {**os.environ, "PORTAL_INSTANCE": str(tmp_path / "new")}
    env.pop("PORTAL_REGISTRY_KEY", None)
    starts = [
        subprocess.Popen([sys.executable, "-c", MAKE], env=env, stdout=subprocess.PIPE) for _ in range(4)
    ]
    keys = {one.communicate(timeout=60)[0] for one in starts}
    assert [one.returncode for one in starts] == [0] * 4
    assert len(keys) == 1
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["registry.key", "secret.key"]


@pytest.mark.parametrize("wide", [0o604, 0o620, 0o644, 0o666, 0o601])
@pytest.mark.parametrize("name", ["registry.key", "secret.key"])
def test_a_key_file_open_to_others_stops_the_start_and_names_the_remedy(
    tmp_path: Path, name: str, wide: int
) -> None:
    read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    (tmp_path / name).chmod(wide)
    with pytest.raises(SettingError, match=f"chmod 600 .*{name}") as refused:
        read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("narrow", [0o400, 0o600, 0o440, 0o640])
def test_a_key_file_that_only_a_group_may_read_is_taken(tmp_path: Path, narrow: int) -> None:
    first = read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    (tmp_path / "registry.key").chmod(narrow)
    assert read_settings({"PORTAL_INSTANCE": str(tmp_path)}) == first


@pytest.mark.parametrize(
    "text", [f"{OLD},{NEW}", f"{OLD}\n{NEW}\n", f" {OLD} , {NEW}\n", f"\n{OLD}\n\n{NEW}"]
)
def test_several_keys_come_oldest_first(text: str) -> None:
    assert split_keys("KEY", text) == (OLD.encode(), NEW.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "at least 32"),
        ("short", "at least 32"),
        (f"{OLD},", "commas"),
        (f"{OLD},short", "commas"),
        ("one key of old times, with a comma in it", "commas"),
        (f"{OLD},{OLD}", "twice"),
        (f"{OLD}\nshort", "at least 32"),
    ],
)
def test_keys_that_cannot_be_are_told_in_one_line(text: str, said: str) -> None:
    with pytest.raises(SettingError, match=said) as refused:
        split_keys("PORTAL_REGISTRY_KEY", text)
    assert str(refused.value).startswith("PORTAL_REGISTRY_KEY: ")
    assert OLD not in str(refused.value)


def test_settings_take_keys_from_the_environment_or_the_file(tmp_path: Path) -> None:
    named = read_settings({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_REGISTRY_KEY": f"{OLD},{NEW}"})
    assert (named.registry_keys, named.registry_key_file) == ((OLD.encode(), NEW.encode()), None)
    (tmp_path / "registry.key").write_text(f"{OLD}\n{NEW}\n")
    (tmp_path / "registry.key").chmod(0o600)
    kept = read_settings({"PORTAL_INSTANCE": str(tmp_path)})
    assert (kept.registry_keys, kept.registry_key_file) == (named.registry_keys, tmp_path / "registry.key")


def test_a_secret_key_may_hold_commas(tmp_path: Path) -> None:
    secret = "a secret, with commas, as it always could be"
    assert read_settings({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_SECRET_KEY": secret}).secret_key == (
        secret.encode()
    )


@pytest.mark.parametrize("kept_mode", [0o600, 0o640])
def test_a_key_is_added_as_the_last_line_and_the_file_stays_its_owners(
    tmp_path: Path, kept_mode: int
) -> None:
    file = tmp_path / "registry.key"
    file.write_text(OLD)
    file.chmod(kept_mode)
    os.chown(file, os.getuid(), os.getgid())
    add_key(file, OLD)
    first, second = split_keys("KEY", file.read_text())
    assert (first, len(second)) == (OLD.encode(), 64)
    assert (mode(file), [path.name for path in tmp_path.iterdir()]) == (kept_mode, ["registry.key"])


def test_of_two_who_add_a_key_at_once_one_does(tmp_path: Path) -> None:
    file = tmp_path / "registry.key"
    file.write_text(OLD + "\n")
    text = file.read_text()
    add_key(file, text)
    add_key(file, text)
    assert len(split_keys("KEY", file.read_text())) == 2


def test_a_key_file_behind_a_link_grows_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    real = tmp_path / "vault" / "keys"
    real.write_text(OLD + "\n")
    link = tmp_path / "registry.key"
    link.symlink_to(real)
    add_key(link, OLD + "\n")
    assert link.is_symlink()
    assert len(split_keys("KEY", real.read_text())) == 2
