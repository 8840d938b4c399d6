"""What people type into a line, as the public and the database may have it."""

from __future__ import annotations

import unicodedata


def one_line(text: str | None) -> str:
    """The text with single spaces, without controls and marks of direction.

    PostgreSQL takes no NUL in a text, and such marks would let it look like something else.
    """
    kept = (" " if unicodedata.category(sign)[0] == "C" else sign for sign in text or "")
    return " ".join("".join(kept).split())
