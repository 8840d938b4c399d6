"""The spool of this portal, and the stream that takes a file in while it arrives."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import current_app

from portal.registry.errors import UploadRefused
from portal.registry.lists.held import SENTENCES
from portal.registry.lists.opening import LARGEST_FILE, file_kind
from portal.registry.services.keys import known_ring
from portal.registry.uploads.spool import Spool, SpoolWriter
from portal.settings import Settings

FOLDER: Final = "spool"
# Enough to tell what kind of file it is.
TELLS_KIND: Final = 512
# A wrong file that is smaller than this is let in and then refused with its form; a larger one is cut off.
LET_IN: Final = 8 * 1024 * 1024


def open_spool() -> Spool:
    """The spool in the instance folder, under the registry's newest key as the settings name it at this moment."""
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    *former, newest = known_ring().keys
    return Spool(Path(settings.instance) / FOLDER, newest, tuple(reversed(former)))


class ArrivingList(SpoolWriter):
    """A list that arrives: encrypted as it comes, and no longer stored once it is seen to be no list."""

    def __init__(self, spool: Spool, expected: int) -> None:
        super().__init__(spool.make_folder(), spool.key)
        self._expected = expected
        self.refused = ""

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        """See SpoolWriter; raises UploadRefused for a large file of a wrong kind."""
        if self.refused:
            return len(data)
        super().write(data)
        if self.size >= TELLS_KIND and not file_kind(self.start):
            self.refused = "unreadable"
        elif self.size > LARGEST_FILE:
            self.refused = "too_large"
        if self.refused and self._expected > LET_IN:
            raise refuse(self.refused)
        return len(data)


def arrive(expected: int | None) -> ArrivingList:
    """Take a posted file in; see portal.core.uploads."""
    return ArrivingList(open_spool(), expected or 0)


def refuse(reason: str) -> UploadRefused:
    """The refusal with the sentence that says how to mend the file."""
    return UploadRefused(str(SENTENCES[reason]), reason)
