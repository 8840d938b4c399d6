"""The words of the workflow, and what its reads hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.core.vocabulary import OPEN_STATES

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class DraftShape:
    """The open working copy; times are UTC, people are account ids."""

    item_id: int
    state: str
    version: int
    cells: Cells
    base_number: int | None
    reason: str | None
    return_note: str | None
    started_at: datetime
    saved_at: datetime
    saved_by_id: int | None
    submitted_at: datetime | None
    submitted_by_id: int | None
    decided_at: datetime | None
    decided_by_id: int | None
    publish_at: datetime | None
    authors: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its cells may be changed."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class ItemShape:
    """An item; `live` says whether the public sees it, `draft` is its open working copy."""

    id: int
    kind: str
    record_id: str
    region_code: str | None
    title: str
    marks: tuple[str, ...]
    live: str
    live_number: int | None
    created_at: datetime
    created_by_id: int | None
    changed_at: datetime
    withdrawn_at: datetime | None
    draft: DraftShape | None = None

    @property
    def state(self) -> str:
        """The state in one word: that of the draft, else published, withdrawn or new."""
        if self.draft:
            return self.draft.state
        return {"yes": "published", "withdrawn": "withdrawn"}.get(self.live, "new")


@dataclass(frozen=True, slots=True)
class RevisionShape:
    """One event of an item's history with its cells."""

    number: int
    event: str
    cells: Cells
    made_at: datetime
    made_by_id: int | None
    note: str | None
