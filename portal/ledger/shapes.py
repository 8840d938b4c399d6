"""The ledger as its page, feed and table show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal.areas.clocks import clock_of
from portal.core.formatting import date_time


class Key(NamedTuple):
    """A record by kind and id."""

    kind: str
    record_id: str


@dataclass(frozen=True, slots=True)
class LedgerFilters:
    """What the ledger's address asks for; empty: no filter. `region` is a slug, `kind` one of the package's tables."""

    region: str = ""
    kind: str = ""
    year: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return not (self.region or self.kind or self.year)

    def parameters(self) -> dict[str, str]:
        """The address's parameters without those that are empty."""
        named = {"wilayah": self.region, "jenis": self.kind, "tahun": self.year}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as stored. `source` is `n` for a change made at the desk, `k` for one that a data package brought.

    `event`: published (urgently or late), corrected, withdrawn or loaded. `made_at` and `scheduled_for` are UTC.
    """

    source: str
    number: int
    made_at: datetime
    subject: str
    subject_id: str
    region_code: str | None
    event: str
    reason: str | None
    figures_changed: bool | None
    urgent_reason: str | None
    scheduled_for: datetime | None

    @property
    def name(self) -> str:
        """The entry's name in its address; it never changes."""
        return f"{self.source}{self.number}"

    @property
    def key(self) -> Key:
        """The record it is about."""
        return Key(self.subject, self.subject_id)


@dataclass(frozen=True, slots=True)
class RawField:
    """A column that changed, as the data package writes its values; None for an empty cell."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A record in words; `path` is its page without language, None where it has none (any more)."""

    words: str
    path: str | None
    region: str | None
    region_slug: str | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column that changed, in words: its label, old and new value."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of the ledger in the page's language."""

    raw: RawEntry
    subject: Subject
    fields: tuple[FieldChange, ...]
    figures_changed: bool

    @property
    def when(self) -> str:
        """Day and hour by the clock of the record's region."""
        return self._local(self.raw.made_at)

    @property
    def due(self) -> str | None:
        """When it should have come out, of a publication that was late."""
        return self._local(self.raw.scheduled_for) if self.raw.scheduled_for else None

    def _local(self, moment: datetime) -> str:
        return date_time(clock_of(self.raw.region_code).local(moment))
