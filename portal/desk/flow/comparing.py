"""Two states of a record side by side, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from portal.core.labels import label
from portal.desk.flow.shapes import Difference, Piece
from portal.opendata.tables import BY_NAME
from portal.publishing.shapes import Cells

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Beyond this many words on both sides a comparison takes long; lines are compared instead, or the whole.
MOST_WORDS = 6000


def compare(kind: str, older: Cells, newer: Cells) -> tuple[Difference, ...]:
    """Every cell that differs, in the order of the table."""
    names = [column.name for column in BY_NAME[kind].columns]
    names += sorted((older.keys() | newer.keys()) - set(names))
    return tuple(
        _difference(name, older.get(name, ""), newer.get(name, ""))
        for name in names
        if older.get(name, "") != newer.get(name, "")
    )


def _difference(name: str, older: str, newer: str) -> Difference:
    left, right = _cut(WORDS, older, newer)
    if len(left) + len(right) > MOST_WORDS:
        left, right = _cut(LINES, older, newer)
    if len(left) + len(right) > MOST_WORDS:
        left, right = [older], [newer]
    gone: list[Piece] = []
    new: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, left, right, autojunk=len(left) > 2000).get_opcodes():
        same = what == "equal"
        _add(gone, "same" if same else "gone", "".join(left[a:b]))
        _add(new, "same" if same else "new", "".join(right[c:d]))
    return Difference(label("column", name), tuple(gone), tuple(new))


def _cut(pattern: re.Pattern[str], older: str, newer: str) -> tuple[list[str], list[str]]:
    return pattern.findall(older), pattern.findall(newer)


def _add(pieces: list[Piece], what: str, text: str) -> None:
    if text:
        pieces.append(Piece(what, text))
