"""What may be used once: asked of the shared store at once, never counted lazily."""

from __future__ import annotations

from portal.registry.price.shapes import Key
from portal.registry.price.stores import Store, StoreUnavailable

MOST_REMEMBERED = 20_000


class Claims:
    """Claims of one worker; while the store is away each worker still takes a proof only once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._own: set[Key] = set()

    def take(self, key: Key, now: float) -> bool:
        """Whether nobody took `key` before; it is remembered until its second."""
        if key in self._own:
            return False
        if len(self._own) >= MOST_REMEMBERED:
            self._own = {one for one in self._own if one[1] >= now}
        self._own.add(key)
        try:
            return self._store.claim(key)
        except StoreUnavailable:
            return True
