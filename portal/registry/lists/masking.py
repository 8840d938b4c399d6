"""Cells and headings of a list as they may be shown: never a NIK, a name or an address."""

from __future__ import annotations

import re
from collections.abc import Collection

from portal.registry.lists.header import is_heading
from portal.registry.lists.heading import looks_like_nik
from portal.registry.nik import last_four, read_digits


def show_heading(text: str) -> str:
    """A heading in full where its words are those of headings, else masked."""
    if is_heading(text):
        return " ".join(text.split())[:60]
    return mask(text, "", ())


def mask(text: str, kind: str, places: Collection[str]) -> str:
    """A cell as a sample: the last four digits of a long number, a short number, a known place, a first letter."""
    plain = " ".join(text.split())
    digits = read_digits(plain)
    if len(digits) > 4 and any(map(str.isdigit, plain)):
        return f"••••{last_four(plain)}" if kind == "nik" or looks_like_nik(plain) else "••••"
    if plain.isdigit():
        return plain if kind != "name" else "•"
    if kind in ("village", "district") and re.sub(r"[^a-z0-9]+", "", plain.lower()) in places:
        return plain
    return f"{plain[0]}…" if plain else ""


def column_letter(index: int) -> str:
    """The letter a spreadsheet program shows above a column: 0 is A, 26 is AA."""
    letters, rest = "", index + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    return letters
