"""What the registry hands to commands, templates and other domains; never a NIK or a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class Finding(NamedTuple):
    """A rejected row or a warning: row number as the office sees it, reason code, last four digits."""

    row: int
    reason: str
    nik_last4: str


class FoundColumn(NamedTuple):
    """Which column something was read from: kind, the letter its office sees, and its heading, masked where unknown."""

    kind: str
    letter: str
    heading: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What a list says of everyone in it; months are numbered year × 12 + month − 1."""

    program: str
    funding_source: str
    first_month: int
    last_month: int

    @property
    def first_day(self) -> date:
        """The first day covered."""
        return date(self.first_month // 12, self.first_month % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The first day of the last month covered."""
        return date(self.last_month // 12, self.last_month % 12 + 1, 1)


@dataclass(slots=True)
class ImportReport:
    """What became of a file; `reason` says why it was held back as a whole."""

    sha256: str = ""
    file_format: str = "csv"
    reason: str | None = None
    # Near which row a held file stops being a table, where that is known.
    held_row: int = 0
    rows: int = 0
    accepted: int = 0
    people: int = 0
    synthetic: bool = False
    rejected: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    hidden_sheets: int = 0
    hidden_rows: int = 0
    # Visible sheets with a list of their own that were not read.
    unread_sheets: int = 0
    # Where the headings stand (0 for none) and which columns were read.
    header_row: int = 0
    columns: tuple[FoundColumn, ...] = ()
    list_id: int | None = None
    is_known: bool = False

    def as_json(self) -> dict[str, Any]:
        """The report as `--json` prints it."""
        return {
            "file": {
                "sha256": self.sha256,
                "format": self.file_format,
                "held": self.reason is not None,
                "reason": self.reason,
            },
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": [finding._asdict() for finding in self.rejected],
            "warnings": [finding._asdict() for finding in self.warnings],
            "hidden": {"sheets": self.hidden_sheets, "rows": self.hidden_rows},
            "list_id": self.list_id,
        }


@dataclass(frozen=True, slots=True)
class EnrolmentList:
    """A list as `portal registry lists` shows it."""

    id: int
    state: str
    cover: Cover
    people: int
    rows_rejected: int
    synthetic: bool
    staged_at: str
    superseded_by: int | None
    sha256: str
    rows_read: int = 0
    staged_by: str = ""
    published_at: str = ""
    published_by: str = ""
    withdrawn_at: str = ""
    withdrawn_by: str = ""
    withdrawn_reason: str = ""
    superseded_at: str = ""
    # Empty for a purged list some of whose rows are still there.
    purged_at: str = ""

    @property
    def idle_since(self) -> str:
        """Since when nobody is found by it though it is kept; empty while it is published and once it is purged."""
        moments = {"staged": self.staged_at, "superseded": self.superseded_at, "withdrawn": self.withdrawn_at}
        return moments.get(self.state, "")


@dataclass(frozen=True, slots=True)
class FoundCover:
    """Months for which one payer covers a person in one programme; the same for all people of a list."""

    program: str
    funding_source: str
    months: tuple[tuple[int, int], ...]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A made-up person of the synthetic list, for trying the check."""

    nik: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A village with its district, by name."""

    district: str
    village: str
