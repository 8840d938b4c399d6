"""CSV for people's spreadsheets: text that would run as a formula is made harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# The last four are the wide forms, which spreadsheets in some languages take for the plain ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutral(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet program would run it (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """UTF-8 CSV with CRLF; None is an empty cell, numbers stay numbers, texts are made neutral."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()
