"""How far numbers that stand beside those of villages can be narrowed down: by whom people could be exchanged for unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from portal.registry.counts.groups import Group
from portal.registry.counts.unions import Atoms


class Swaps:
    """People who are alike in everything told by village can change places, wherever they live, and no number moves.

    `listed` are the lists told by village; `hidden` villages have no numbers at all.
    """

    def __init__(self, atoms: Atoms, listed: int, hidden: frozenset[str]) -> None:
        self._listed, self._hidden = listed, hidden
        self._villages = {village: self._by_kind(own.items()) for village, own in atoms.items()}
        self._masks: Counter[int] = Counter()
        for own in atoms.values():
            self._masks.update(own)
        self._alike = self._by_kind(self._masks.items())
        self._pool: Counter[int] = Counter()
        for village in hidden:
            self._pool.update(self._villages[village])

    def _by_kind(self, people: Iterable[tuple[int, int]]) -> Counter[int]:
        found: Counter[int] = Counter()
        for mask, number in people:
            found[mask & self._listed] += number
        return found

    def width(self, group: Group, village: str) -> int:
        """From the least to the most that the group's number of a village can be, at least."""
        meant = self._by_kind((mask, number) for mask, number in self._masks.items() if group.has(mask))
        # Nobody knows where those live who are on none of the lists told by village.
        anywhere = meant.pop(0, 0)
        if village in self._hidden and len(self._hidden) > 1:
            return anywhere + _reach(meant, self._pool) - len(self._hidden)
        here = self._villages[village]
        least = sum(max(0, number - (self._alike[kind] - here[kind])) for kind, number in meant.items())
        return anywhere * (len(self._villages) > 1) + _reach(meant, here) - least


def _reach(meant: Counter[int], room: Counter[int]) -> int:
    """How many of these people could live where there is this room for their kind."""
    return sum(min(number, room[kind]) for kind, number in meant.items())
