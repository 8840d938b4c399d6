"""Fixtures of tests of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import pytest


@pytest.fixture
def matched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many words or lines of both sides each comparison was given."""
    sizes: list[int] = []

    def match(junk: None, left: Sequence[str], right: Sequence[str], autojunk: bool) -> SequenceMatcher[str]:
        sizes.append(len(left) + len(right))
        return SequenceMatcher(junk, left, right, autojunk)

    monkeypatch.setattr("portal.desk.flow.comparing.SequenceMatcher", match)
    return sizes
