"""What goes into the search and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

# How much a kind counts in the order of results: a place or a programme before a source that mentions it. Each counts
# differently, so that equals of two kinds have an order.
BOOSTS = {
    "region": 2.0,
    "page": 1.7,
    "program": 1.6,
    "news": 1.2,
    "award": 1.1,
    "regulation": 1.0,
    "commitment": 0.9,
    "source": 0.5,
}


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found: `extra` is searched but not shown, `address` begins with `/` and has no language.

    `position` is its place among its kind, no other's.
    """

    kind: str
    position: int
    address: str
    title: str
    text: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document by its fingerprint; `make` makes it, in the language that was spoken when it was collected."""

    fingerprint: str
    make: Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `hit` where it is a word that was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One result as shown."""

    kind: str
    address: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word looked for: as typed and its stem."""

    word: str
    stem: str


@dataclass(frozen=True, slots=True)
class Found:
    """The counts of a search by kind; `loose` where no text has all the words and those with some are shown."""

    terms: tuple[Term, ...]
    counts: dict[str, int] = field(default_factory=dict)
    loose: bool = False
    suggestion: str = ""

    @property
    def total(self) -> int:
        """How many results there are of all kinds."""
        return sum(self.counts.values())
