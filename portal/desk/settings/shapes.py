"""The settings of a region."""

from __future__ import annotations

from dataclasses import dataclass

OVERDUE = (1, 60)
PREVIEW = (1, 30)


@dataclass(frozen=True, slots=True)
class Settings:
    """Days until a draft in review is overdue, days a preview link lives unless chosen otherwise, and mail or none."""

    overdue_days: int = 3
    preview_days: int = 7
    mails_notices: bool = True


DEFAULT = Settings()
