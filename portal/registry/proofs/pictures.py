"""The QR code of an address, as one path that templates of pages and of documents draw."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from portal.registry.proofs.shapes import Picture

# What the standard asks for around the code (ISO/IEC 18004).
QUIET = 4


@lru_cache(maxsize=64)
def draw(address: str) -> Picture:
    """The code, level M: readable with an eighth of it damaged, as by a fold."""
    # Only who makes a sheet needs it.
    import segno

    rows = segno.make_qr(address, error="m").matrix
    path = "".join(_row(row, number) for number, row in enumerate(rows, QUIET))
    return Picture(len(rows) + 2 * QUIET, path)


def _row(row: bytearray, number: int) -> str:
    """The dark runs of one row of modules."""
    drawn, at = "", QUIET
    for dark, run in groupby(row):
        width = len(list(run))
        drawn += f"M{at} {number}h{width}v1h-{width}z" if dark else ""
        at += width
    return drawn
