"""The anchor file: what the trail was at times, kept apart from the database, so that an older one is recognised."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _

FILE = "audit-anchors.txt"
LINE = re.compile(r"\S+ ([0-9]{1,18}) ([0-9a-f]{64})")


class AnchorsSpoilt(PortalError):
    """The anchor file holds a line the portal did not write."""


def read_anchors(instance: Path) -> dict[int, str]:
    """The hash of the last entry by the count of entries, as they were seen; raises AnchorsSpoilt."""
    path = instance / FILE
    anchors: dict[int, str] = {}
    if not path.exists():
        return anchors
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        found = LINE.fullmatch(line)
        if found is None:
            raise AnchorsSpoilt(
                _("Line %(number)s of %(file)s is not one of the portal's.", number=number, file=path)
            )
        anchors.setdefault(int(found[1]), found[2])
    return anchors


def add_anchor(instance: Path, now: datetime, count: int, last: str) -> None:
    """Add a line, unless the last one says the same."""
    path = instance / FILE
    tail = path.read_text(encoding="utf-8", errors="replace").splitlines()[-1:] if path.exists() else []
    if count == 0 or (tail and tail[0].endswith(f" {count} {last}")):
        return
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{now.isoformat(timespec='seconds')} {count} {last}\n")
