"""What publishing asks of the floors above it: it moves records and knows no kind of them.

The data package's domain hands in `Records`; domains add rules that a draft must meet before review, and listeners
that hear of every publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portal.core.database import AnySession
from portal.core.errors import PortalError
from portal.publishing.shapes import Cells


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a draft: the column ("" for the whole), one sentence; a hint where not `blocking`."""

    column: str
    sentence: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A record by kind and id."""

    kind: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a record that a publication changed."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Published:
    """A publication, for listeners: `before` None for a new record, `after` None for a withdrawn one; time in UTC."""

    kind: str
    record_id: str
    item_id: int
    before: Cells | None
    after: Cells | None
    changed: tuple[str, ...]
    made_at: datetime


class StillCited(PortalError):
    """A record can't go because others point at it; `by` names them."""

    def __init__(self, sentence: str, by: tuple[Reference, ...]) -> None:
        super().__init__(sentence)
        self.by = by


class Records(Protocol):
    """The records of the data package by kind, as cells: every value as text, as a package writes it."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind, in an order in which records may be published."""

    def cells(self, session: AnySession, kind: str, record_id: str) -> Cells | None:
        """The published record, or None."""

    def region(self, session: AnySession, kind: str, cells: Cells) -> str | None:
        """The code of the region the record belongs to, by itself or by what it hangs on; None where it says none."""

    def title(self, kind: str, cells: Cells) -> str:
        """A line by which people know the record in a list."""

    def marks(self, kind: str, cells: Cells) -> tuple[str, ...]:
        """What a list should point out: `no_source`, `untranslated`."""

    def new_id(self, session: AnySession, kind: str, cells: Cells, region_code: str | None) -> str:
        """An id for a new record that no other of its kind has."""

    def problems(self, session: AnySession, kind: str, record_id: str, cells: Cells) -> list[Problem]:
        """Every cell that can't be stored as it is; references may lead to items that are not published yet."""

    def unpublished(self, session: AnySession, kind: str, cells: Cells) -> list[Reference]:
        """What the record points at that is not published."""

    def write(self, session: AnySession, kind: str, record_id: str, cells: Cells) -> list[Change]:
        """Store the record and tell what changed (nothing for a new one); `problems` must be empty before."""

    def remove(self, session: AnySession, kind: str, record_id: str) -> None:
        """Delete the record; raises StillCited."""

    def figures_changed(self, kind: str, before: Cells, after: Cells) -> bool:
        """Whether a number that readers see is another one."""


Rule = Callable[[AnySession, str, Cells], Iterable[Problem]]
Listener = Callable[[AnySession, Published], None]

_records: list[Records] = []
_rules: dict[str, list[Rule]] = {}
_hardy: set[Rule] = set()
_listeners: list[Listener] = []


def keep_records_in(records: Records) -> None:
    """Say where records are kept; the last one counts."""
    _records[:] = [records]


def records() -> Records:
    """Where records are kept."""
    return _records[0]


def check_before_review(kind: str, rule: Rule, *, even_unfit: bool = False) -> None:
    """Have `rule(session, record_id, cells)` asked before a draft of this kind is submitted or published.

    `even_unfit`: also of cells that can't be stored yet; what it says of a column takes the place of what is said
    of that one already.
    """
    if even_unfit:
        _hardy.add(rule)
    if rule not in _rules.setdefault(kind, []):
        _rules[kind].append(rule)


def on_publication(listener: Listener) -> None:
    """Have `listener(session, published)` called within each publication and withdrawal of a single record."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(session: AnySession, published: Published) -> None:
    """Call every listener."""
    for listener in _listeners:
        listener(session, published)


def find_problems(session: AnySession, kind: str, record_id: str, cells: Cells) -> Sequence[Problem]:
    """Everything that keeps a draft from review, then the hints; what can't be stored first."""
    unfit = list(records().problems(session, kind, record_id, cells))
    found: list[Problem] = []
    for rule in _rules.get(kind, ()):
        if not unfit or rule in _hardy:
            found += rule(session, record_id, cells)
    said = {problem.column for problem in found if problem.blocking}
    found = [problem for problem in unfit if problem.column not in said] + found
    return sorted(found, key=lambda problem: not problem.blocking)
