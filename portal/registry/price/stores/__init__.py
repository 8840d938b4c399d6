"""Where all workers share their counts: Redis where it is set, else the registry's database.

On SQLite that is a file of its own beside the registry's (`registry-price.sqlite3`), so that a list being loaded, which
holds the registry's only write lock for minutes, stops neither the counts nor the claims of proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from portal.registry.price.shapes import Key


class StoreUnavailable(Exception):
    """The store does not answer in time; the caller goes on with its own counts."""


class Store(Protocol):
    """Counts under digests. Every method raises StoreUnavailable rather than wait for long."""

    def read(self, keys: Iterable[Key]) -> dict[Key, int]:
        """What all workers have counted; keys that nobody counted may be missing."""

    def add(self, counts: Mapping[Key, int], wanted: Iterable[Key], purge: int | None) -> dict[Key, int]:
        """Add these counts and give the new ones of `wanted`; `purge`: forget windows that ended before."""

    def claim(self, key: Key) -> bool:
        """Whether nobody claimed `key` before, on any worker; remembered until its second."""


def open_store(redis_url: str, engine: Engine) -> Store:
    """The store of these settings. Nothing is connected to before its first use."""
    if redis_url:
        from portal.registry.price.stores.redis_server import RedisStore

        return RedisStore(redis_url)
    if engine.dialect.name == "sqlite":
        from portal.registry.price.stores.sqlite_file import FileStore

        return FileStore(file_beside(Path(engine.url.database or "")))
    from portal.registry.price.stores.postgres_table import TableStore

    return TableStore(engine)


def file_beside(registry: Path) -> Path:
    """The file of the counts that belongs to a registry's file."""
    return registry.with_name(f"{registry.stem}-price{registry.suffix}")
