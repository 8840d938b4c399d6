"""A folder for temporary files, and everything that is said while a test runs."""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registry.trace.searching import traces


class Said:
    """All loggers at their most talkative, and what went to the terminal."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self.log = io.StringIO()
        self._capfd = capfd

    def traces(self) -> set[str]:
        """Traces in it so far."""
        printed = self._capfd.readouterr()
        return traces(self.log.getvalue() + printed.out + printed.err)


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Iterator[Said]:
    """What is said from here on, tracebacks and values in messages as well."""
    found, root = Said(capfd), logging.getLogger()
    handler = logging.StreamHandler(found.log)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield found
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files that is this test's own, for this process and those it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
