"""What the desk's frame, home, lists, items and history are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class DeskLink:
    """One line of the desk's navigation."""

    address: str
    words: str
    current: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of the desk; `regions` only where there is a choice."""

    person: str
    links: tuple[tuple[str, tuple[DeskLink, ...]], ...]
    regions: tuple[tuple[str, str], ...]
    region: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list; `moment` is when it is to come out, was handed in or changed last (UTC)."""

    id: int
    kind: str
    title: str
    region_code: str | None
    region: str
    state: str
    marks: tuple[str, ...]
    moment: datetime
    publish_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The first items of a queue and how many there are in all."""

    name: str
    rows: tuple[ItemRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items a list shows; empty text: all."""

    kind: str
    region: str = ""
    state: str = ""
    mark: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something outside the queues that needs attention; `address` without the language, "" for none."""

    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class HintGroup:
    """Hints of one sort with how many there are in all."""

    name: str
    hints: tuple[Hint, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Field:
    """One cell as the public will read it; `before` is what is published where that is something else."""

    column: str
    words: str
    value: str | Markup
    before: str | Markup | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a comparison: `same`, `gone` or `new`."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that differs between two revisions: its words on the older and on the newer side."""

    words: str
    older: tuple[Piece, ...]
    newer: tuple[Piece, ...]
