"""Bombs, locked files and things that are no list are refused, and the process that read them goes on."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.registry.dirty.hostile import HOSTILE
from tests.support.databases import ROOT

# A hang fails; on a machine of its own all of them together take a few seconds.
PATIENCE = 240


@pytest.fixture(scope="module")
def told() -> dict[str, str | None]:
    """Why each hostile file was held, as one process of a gigabyte said that read them all."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.registry.dirty.reader"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_and_the_next_one_read(kind: str, told: dict[str, str | None]) -> None:
    assert told[kind] == HOSTILE[kind][1]
