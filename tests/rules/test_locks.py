"""What is installed is what was locked, by checksum, from wherever the machine gets its packages."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.tree import ROOT

LOCKS = ["base", "test", "build"]


def _pins(name: str) -> dict[str, str]:
    """Package and the rest of its entry (version and hashes)."""
    text = (ROOT / f"requirements/{name}.txt").read_text()
    entries = re.findall(
        r"^([A-Za-z0-9_.\[\],-]+)==(\S+(?: ;[^\n\\]*)?) ?(.*(?:\n    --hash.*)*)", text, re.MULTILINE
    )
    return {package.split("[")[0]: f"{version} {rest}" for package, version, rest in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    pins = _pins(name)
    unhashed = [package for package, rest in pins.items() if "--hash=sha256:" not in rest]
    assert pins
    assert unhashed == []


@pytest.mark.parametrize("name", LOCKS)
def test_python_locks_hold_no_address(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|file:", text) == []


def test_the_test_lock_holds_the_base_lock_at_the_same_versions() -> None:
    base, test = _pins("base"), _pins("test")
    assert {name: rest.split()[0] for name, rest in base.items()} == {
        name: test.get(name, "missing").split()[0] for name in base
    }


def test_every_npm_package_is_pinned_with_its_integrity_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert installed
    assert [
        name for name, entry in installed.items() if not entry.get("integrity", "").startswith("sha512-")
    ] == []
    assert [name for name, entry in installed.items() if "resolved" in entry] == []


def test_package_json_names_exact_versions() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
