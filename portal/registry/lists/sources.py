"""Where the bytes of a list come from: a file of the office's, or one that is kept encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


class Source(Protocol):
    """Bytes that can be read from the start as often as wanted."""

    @property
    def size(self) -> int:
        """How many bytes there are."""

    def open(self) -> BinaryIO:
        """A stream from the first byte, which can seek; raises OSError."""


@dataclass(frozen=True, slots=True)
class PathSource:
    """A plain file."""

    path: Path

    @property
    def size(self) -> int:
        """See Source."""
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        """See Source."""
        return self.path.open("rb")
