"""The set-up scripts, in a copy of their files, with stand-ins for the programs that would change the machine."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.support.tree import ROOT

INPUTS = ("deploy/setup", "frontend", "requirements", "package.json", "package-lock.json", "pyproject.toml")
CHANGING = ("apt-get", "npm", "pip", "node")


class Checkout:
    """A copy of what set-up reads, with a folder of stand-ins first on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "portal"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        self.bin.mkdir()
        for name in INPUTS:
            source, target = ROOT / name, self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        for name in CHANGING:
            self.stand_in(name, f'echo "{name} $*" >>"{self.calls}"')

    def stand_in(self, name: str, script: str) -> None:
        """Put a program on the PATH."""
        self._program(self.bin / name, script)

    def make_current(self) -> None:
        """As it is after a set-up for running that went well."""
        self._program(self.root / ".venv/bin/portal", "exit 0")
        (self.root / "static/vendor").mkdir(parents=True)
        (self.root / "static/vendor/.complete").touch()
        (self.root / "node_modules").mkdir()
        python = ("requirements/base.txt", "requirements/build.txt", "pyproject.toml")
        front = (
            "package.json",
            "package-lock.json",
            "deploy/setup/frontend.sh",
            "frontend/editor/*.js",
            "frontend/price/*.js",
        )
        (self.root / ".venv/.installed-run").write_text(self._fingerprint(*python))
        (self.root / "node_modules/.installed-run").write_text(self._fingerprint(*front))

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the set-up scripts with the stand-ins first on the PATH."""
        env = {"PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(self.root)}
        command = [self.root / "deploy/setup" / script, *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)

    def called(self) -> list[str]:
        """What was asked of the stand-ins."""
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def _fingerprint(self, *files: str) -> str:
        script = f". deploy/setup/common.sh; fingerprint {' '.join(files)}"
        command = ["bash", "-c", script]
        return subprocess.run(
            command, cwd=self.root, capture_output=True, text=True, check=True
        ).stdout.strip()

    @staticmethod
    def _program(path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_second_set_up_installs_nothing(checkout: Checkout) -> None:
    checkout.make_current()
    done = checkout.run("setup.sh", "run")
    assert done.returncode == 0, done.stderr
    assert checkout.called() == []


def test_a_changed_front_end_lock_is_installed_again(checkout: Checkout) -> None:
    checkout.make_current()
    with (checkout.root / "package-lock.json").open("a") as lock:
        lock.write("\n")
    checkout.stand_in("npm", f'echo "npm $*" >>"{checkout.calls}"; exit 1')
    done = checkout.run("setup.sh", "run")
    assert done.returncode == 1
    assert [call.split()[:3] for call in checkout.called()] == [["npm", "ci", "--ignore-scripts"]]
    assert "npm could not install" in done.stderr


def test_without_the_right_to_install_the_exact_command_is_printed(checkout: Checkout) -> None:
    checkout.stand_in("id", "echo 1000")
    checkout.stand_in("sudo", "exit 1")
    checkout.stand_in("ldconfig", "exit 0")
    done = checkout.run("setup.sh", "run")
    assert done.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends libpango-1.0-0 " in done.stderr
    assert checkout.called() == []


def test_with_the_right_to_install_only_what_is_missing_is_installed(checkout: Checkout) -> None:
    checkout.stand_in("id", "echo 0")
    checkout.stand_in(
        "ldconfig", "echo libpango-1.0.so.0 libpangoft2-1.0.so.0 libfontconfig.so.1 libharfbuzz.so.0"
    )
    done = checkout.run("system.sh", "run")
    assert done.returncode == 0, done.stderr
    assert checkout.called()[-1] == "apt-get install -y --no-install-recommends libharfbuzz-subset0 -qq"


def test_an_old_python_is_not_taken(checkout: Checkout) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        checkout.stand_in(name, "exit 1")
    done = checkout.run("find-python.sh")
    assert done.returncode == 1
    assert done.stdout == ""
