"""What the desk's frame, home and lists are made of."""

from __future__ import annotations

from dataclasses import dataclass


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
