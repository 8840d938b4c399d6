"""What a restore asks of each database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

# What to do with the filled database before it takes its place.
Finish = Callable[[Connection], None]
# Hears each table.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that is filled and waits to take its place."""

    put: Callable[[], None]
