"""Which revision each database should be at, read from the migration files without loading Alembic.

A web worker asks this for `/readyz` alone; Alembic would cost it a third of a second and ten megabytes.
"""

from __future__ import annotations

import re
from functools import cache

from portal.settings import ROOT

DATABASES = ("content", "registry")
_LINE = re.compile(r'^(down_)?revision(?::[^=]+)? = "([^"]+)"', re.MULTILINE)


@cache
def newest_revisions(name: str) -> frozenset[str]:
    """The revisions of a database (`content` or `registry`) that no other follows."""
    found, followed = _revisions(name)
    return found - followed


def known_revisions(name: str) -> frozenset[str]:
    """All revisions of a database (`content` or `registry`) that this version can bring to the newest."""
    return _revisions(name)[0]


def _revisions(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """All revisions, and those that another follows."""
    found: set[str] = set()
    followed: set[str] = set()
    for path in (ROOT / "migrations" / name / "versions").glob("*.py"):
        for down, revision in _LINE.findall(path.read_text(encoding="utf-8")):
            (followed if down else found).add(revision)
    return frozenset(found), frozenset(followed)
