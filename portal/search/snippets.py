"""The stretch of a text that shows why it was found, in pieces: the template escapes each."""

from __future__ import annotations

import re

from portal.search.shapes import Piece, Term
from portal.search.words import stem, words

TOKEN = re.compile(r"\w+(?:[.,]\d{3}(?!\d))*")
BEFORE, LENGTH = 60, 220


def highlight(text: str, terms: tuple[Term, ...], language: str) -> tuple[Piece, ...]:
    """The whole text, its hits marked."""
    pieces: list[Piece] = []
    done = 0
    for match in TOKEN.finditer(text):
        if _hits(match[0], terms, language):
            pieces += [Piece(text[done : match.start()], False), Piece(match[0], True)]
            done = match.end()
    pieces.append(Piece(text[done:], False))
    return tuple(piece for piece in pieces if piece.text)


def snippet(text: str, terms: tuple[Term, ...], language: str) -> tuple[Piece, ...]:
    """About 220 characters around the first hit, cut at words, its hits marked."""
    first = next((m.start() for m in TOKEN.finditer(text) if _hits(m[0], terms, language)), 0)
    start = 0 if first <= BEFORE else text.find(" ", first - BEFORE) + 1
    end = len(text) if len(text) - start <= LENGTH else max(text.rfind(" ", start, start + LENGTH), start + 1)
    cut = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return highlight(cut, terms, language)


def _hits(word: str, terms: tuple[Term, ...], language: str) -> bool:
    folded = words(word)
    if not folded:
        return False
    for term in terms:
        for part in folded:
            whole = part == term.word or stem(part, language) == term.stem
            if whole or (len(term.word) >= 4 and not term.word[0].isdigit() and part.startswith(term.word)):
                return True
    return False
