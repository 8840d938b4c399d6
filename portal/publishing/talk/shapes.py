"""What pages show of comments, presence and preview links; times are UTC, people are account ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# For how long a preview link can be good, wherever it leads.
PREVIEW_DAYS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class CommentShape:
    """A comment; open until somebody resolves it."""

    id: int
    body: str
    made_at: datetime
    made_by_id: int
    resolved_at: datetime | None
    resolved_by_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.resolved_at is None


@dataclass(frozen=True, slots=True)
class PresenceShape:
    """Somebody else who has the item open now, and whether to write in it."""

    account_id: int
    is_writing: bool


@dataclass(frozen=True, slots=True)
class PreviewLinkShape:
    """A preview link that is still good."""

    id: int
    made_at: datetime
    made_by_id: int
    expires_at: datetime
