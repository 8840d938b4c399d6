"""What the desk shows of an upload; nothing of a person but row numbers and last four digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.registry.shapes import Cover, EnrolmentList, Finding


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """A programme that lists can be brought for."""

    slug: str
    name: str
    region_code: str
    region: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way; `spool` is empty once the file is gone."""

    id: int
    account_id: int
    state: str
    created_at: datetime
    cover: Cover
    spool: str
    size: int
    file_format: str
    sha256: str
    list_id: int | None


@dataclass(frozen=True, slots=True)
class UploadReport:
    """What became of a read file. The findings kept are at most `MOST_FINDINGS`; the counts are of all."""

    reason: str | None
    rows: int
    accepted: int
    people: int
    synthetic: bool
    hidden_sheets: int
    hidden_rows: int
    unread_sheets: int
    is_known: bool
    rejected: int
    warned: int
    rejections: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    # Rows by reason code, most first.
    rejected_by: Mapping[str, int] = field(default_factory=dict)
    warned_by: Mapping[str, int] = field(default_factory=dict)
    # Near which row a held file stops being a table, where that is known.
    held_row: int = 0


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """One column of a file: its number from 0, the letter its office sees, its heading and what it seems to hold."""

    index: int
    letter: str
    heading: str
    guess: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The top of a file, masked: NIKs show their last four digits, words their first letter."""

    header_row: int
    columns: tuple[PreviewColumn, ...]
    sample_rows: tuple[int, ...]
    hidden_sheets: int = 0
    unread_sheets: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list as the desk's table shows it: with names instead of codes."""

    list: EnrolmentList
    program: str
    region_code: str
    region: str


@dataclass(frozen=True, slots=True)
class UploadRow:
    """An upload that waits for somebody, as the desk's table shows it."""

    upload: Upload
    program: str
    region_code: str
    region: str
