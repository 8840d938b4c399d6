"""What a dirty file has to come to: exactly these people, these rejected rows, these left-out rows, or held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portal.registry.lists import FileHeld, open_list
from portal.registry.lists.rows import Reading

# Made-up numbers of the district 99, as in the synthetic lists.
A, B, C, D = "6403992505859001", "6403992505859002", "6403992505859003", "6403992505859004"
# Sixteen digits as well: the number of a family card.
CARD = "6403991201159007"


@dataclass(frozen=True)
class Outcome:
    """NIK by row, reason by rejected row, hidden rows and sheets, or why the file is held."""

    people: tuple[tuple[int, str], ...] = ()
    rejected: tuple[tuple[int, str], ...] = ()
    hidden: tuple[int, int] = (0, 0)
    held: str | None = None


@dataclass(frozen=True)
class Dirty:
    """One kind of dirty file: how it is made and what it has to come to."""

    make: Callable[[], bytes]
    outcome: Outcome


def text(content: str, *people: tuple[int, str], encoding: str = "utf-8", **rest: object) -> Dirty:
    """A CSV."""
    return Dirty(lambda: content.encode(encoding), Outcome(people, **rest))  # type: ignore[arg-type]


def held(make: Callable[[], bytes], reason: str) -> Dirty:
    """A file that is not taken as a whole."""
    return Dirty(make, Outcome(held=reason))


def read_dirty(data: bytes, folder: Path) -> Outcome:
    """Read bytes as a list."""
    path = folder / "list"
    path.write_bytes(data)
    try:
        table = open_list(path).table
        reading = Reading(table)
        people = tuple((person.row, person.nik) for person in reading.people())
    except FileHeld as found:
        return Outcome(held=found.reason)
    rejected = tuple((finding.row, finding.reason) for finding in reading.rejected)
    return Outcome(people, rejected, (table.hidden_rows, table.hidden_sheets))
