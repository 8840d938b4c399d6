"""How long the texts are that the cells of an .xls share ([MS-XLS] 2.4.265 SST, 2.5.293 XLUnicodeRichExtendedString).

Every cell gets a copy of its text: a long one named by a hundred thousand cells is more than any memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import Struct
from typing import Final

WIDE: Final = 0x01
EXTENDED: Final = 0x04
RICH: Final = 0x08
_COUNTS: Final = Struct("<II")
_START: Final = Struct("<HB")
_RUNS: Final = Struct("<H")
_EXTRA: Final = Struct("<I")


def read_text_lengths(parts: Sequence[bytes]) -> list[int]:
    """The characters of each shared text; `parts` are the bodies of the table's record and those that continue it.

    Raises ValueError for a table that cannot be read.
    """
    return list(_Walk(parts).lengths())


class _Walk:
    """A place in the table; it goes on from one part to the next."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 0

    def lengths(self) -> Iterator[int]:
        _total, texts = _COUNTS.unpack(self._take(_COUNTS.size))
        for _text in range(texts):
            if self._is_at_end():
                return
            length, flags = _START.unpack(self._take(_START.size))
            runs = _RUNS.unpack(self._take(_RUNS.size))[0] if flags & RICH else 0
            extra = _EXTRA.unpack(self._take(_EXTRA.size))[0] if flags & EXTENDED else 0
            self._pass_text(length, 1 + (flags & WIDE))
            self._pass(runs * 4 + extra)
            yield length

    def _is_at_end(self) -> bool:
        return self._part == len(self._parts) - 1 and self._at >= len(self._parts[-1])

    def _room(self) -> int:
        """Bytes left in this part, or in the next one where this is used up."""
        while self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
            if self._part >= len(self._parts):
                raise ValueError("the table of texts is cut off")
        return len(self._parts[self._part]) - self._at

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            step = min(size - len(taken), self._room())
            taken += self._parts[self._part][self._at : self._at + step]
            self._at += step
        return taken

    def _pass(self, size: int) -> None:
        while size:
            step = min(size, self._room())
            self._at += step
            size -= step

    def _pass_text(self, length: int, width: int) -> None:
        """Characters that go on in the next part say there anew how wide they are."""
        while length:
            fitting = min(length, self._room() // width)
            self._at += fitting * width
            length -= fitting
            if length:
                self._at = len(self._parts[self._part])
                self._room()
                width = 1 + (self._take(1)[0] & WIDE)
