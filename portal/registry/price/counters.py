"""How much was used, counted by one worker in memory and shared with the others a little later.

A write for every check would make checks queue behind one another. So each worker counts in memory and passes its counts
on once a second, sooner for an address near its end. It knows its own counts at once: all workers together allow at most
(number of workers) times an allowance even while the store is away, and hardly more than one while it isn't.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from portal.registry.price.shapes import Key
from portal.registry.price.stores import Store, StoreUnavailable
from portal.registry.price.tariff import ADDRESS_WINDOW, HOUR, MINUTE

SHARE_EVERY: Final = 1.0
MOST_REMEMBERED: Final = 50_000
# What the store knows as well can be asked for anew: some four megabytes of it are enough.
MOST_KNOWN: Final = 20_000


class Counters:
    """Counts by digest; the caller holds a lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shared: dict[Key, int] = {}
        self._unshared: dict[Key, int] = {}
        self._share_at = 0.0
        self._purge_at = 0.0
        self._is_away = False

    def learn(self, kept: Iterable[Key], passing: Sequence[Key] = ()) -> list[int]:
        """Remember how often all used each of `kept`; gives the same of `passing`, which aren't remembered."""
        unknown = [key for key in kept if key not in self._shared]
        try:
            known = self._store.read([*unknown, *passing])
        except StoreUnavailable:
            known = {}
        for key in unknown:
            self._shared[key] = known.get(key, 0)
        return [known.get(key, 0) + self._unshared.get(key, 0) for key in passing]

    def learn_anew(self, keys: Iterable[Key]) -> None:
        """Remember what all told by now, whatever was known; unchanged when the store is away."""
        wanted = list(keys)
        try:
            known = self._store.read(wanted)
        except StoreUnavailable:
            return
        self._shared.update({key: known.get(key, 0) for key in wanted})

    def used(self, key: Key) -> int:
        """How often a remembered key was used, as far as this worker knows."""
        return self._shared.get(key, 0) + self._unshared.get(key, 0)

    def add(self, key: Key) -> None:
        """Count one."""
        self._unshared[key] = self._unshared.get(key, 0) + 1

    def share_if_due(self, key: Key, remaining: int, now: float) -> None:
        """Pass the counts on when a second is over, and an address's own near the end of its allowance."""
        waiting = self._unshared.get(key, 0)
        near = waiting > 0 and not self._is_away and waiting >= max(min(2, remaining), remaining // 8)
        if near or now >= self._share_at:
            self.share(now)

    def share(self, now: float) -> None:
        """Add our counts to everybody's and learn theirs; keep them for later when the store is away."""
        self._share_at = now + SHARE_EVERY
        counts = self._unshared
        if not counts:
            return
        purge = int(now) if now >= self._purge_at else None
        try:
            known = self._store.add(counts, counts.keys() & self._shared.keys(), purge)
        except StoreUnavailable:
            self._is_away = True
            self._unshared = _trimmed(counts, now)
            return
        self._is_away = False
        self._unshared = {}
        self._shared.update(known)
        if purge is not None or len(self._shared) > MOST_KNOWN:
            self._purge_at = now + MINUTE
            alive = {key: used for key, used in self._shared.items() if key[1] > now - HOUR}
            self._shared = alive if len(alive) <= MOST_KNOWN else {}


def _trimmed(counts: dict[Key, int], now: float) -> dict[Key, int]:
    """What is worth keeping of counts that nobody takes: when there are too many, those of a day go first."""
    if len(counts) <= MOST_REMEMBERED:
        return counts
    soon = {key: used for key, used in counts.items() if now - HOUR < key[1] <= now + ADDRESS_WINDOW}
    return soon if len(soon) <= MOST_REMEMBERED else {}
