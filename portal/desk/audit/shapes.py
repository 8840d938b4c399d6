"""An entry as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One act: `details` as (name, value) pairs; `who` is empty for the portal itself; `address` may be empty."""

    number: int
    at: str
    who: str
    action: str
    subject: str
    address: str
    details: tuple[tuple[str, str], ...]
