"""Counts in Redis, each with the end of its window as its end of life."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from portal.registry.price.shapes import Key
from portal.registry.price.stores import StoreUnavailable

if TYPE_CHECKING:
    from redis import Redis

PREFIX = "portal:price:"
PATIENCE_SECONDS = 0.25
# After a failure Redis is left alone for this long: no check waits for a server that is gone.
AGAIN_AFTER_SECONDS = 5.0
# Clocks of machines differ a little.
GRACE_SECONDS = 120
T = TypeVar("T")


class RedisStore:
    """One connection pool per process, opened with the first use."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Redis | None = None
        self._again_at = 0.0

    def read(self, keys: Iterable[Key]) -> dict[Key, int]:
        """See Store."""
        wanted = list(keys)
        if not wanted:
            return {}

        def ask(client: Redis) -> dict[Key, int]:
            found = client.mget([_name(key) for key in wanted])
            return {key: int(used) for key, used in zip(wanted, found, strict=True) if used}

        return self._safely(ask)

    def add(self, counts: Mapping[Key, int], wanted: Iterable[Key], purge: int | None) -> dict[Key, int]:
        """See Store; Redis forgets by itself."""
        added, wished = list(counts.items()), set(wanted)

        def write(client: Redis) -> dict[Key, int]:
            with client.pipeline(transaction=True) as line:
                for key, used in added:
                    line.incrby(_name(key), used)
                    line.expireat(_name(key), key[1] + GRACE_SECONDS)
                totals = line.execute()[::2]
            return {
                key: int(total) for (key, _used), total in zip(added, totals, strict=True) if key in wished
            }

        return self._safely(write)

    def claim(self, key: Key) -> bool:
        """See Store."""
        return self._safely(
            lambda client: bool(client.set(_name(key), 1, nx=True, exat=key[1] + GRACE_SECONDS))
        )

    def _safely(self, act: Callable[[Redis], T]) -> T:
        from redis.exceptions import RedisError

        if time.monotonic() < self._again_at:
            raise StoreUnavailable("resting")
        try:
            return act(self._client or self._connect())
        except (RedisError, OSError, ValueError) as error:
            self._again_at = time.monotonic() + AGAIN_AFTER_SECONDS
            raise StoreUnavailable(type(error).__name__) from None

    def _connect(self) -> Redis:
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._client = Redis.from_url(
            self._url,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            # One retry: a server that restarted closed the connections of the pool.
            retry=Retry(NoBackoff(), 1),
        )
        return self._client


def _name(key: Key) -> str:
    return f"{PREFIX}{key[1]}:{key[0].hex()}"
