"""Finding a person's rows, whichever key version they have by now.

While a rotation runs, every look-up reads both versions, the former one first: rows only move forward, so a row that
has left the former version at the first read is in the newer one at the second. That both reads saw the versions this
process believes in follows from the number of changes that comes with their rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from portal.registry.digests import KeyRing, Versions, share_one
from portal.registry.lookup import FoundRow, read_from_digest
from portal.registry.queries import list_published
from portal.registry.services.keys import read_state, require_same_key
from portal.registry.shapes import EnrolmentList

MOST_LISTS_OF_ONE: Final = 500


@dataclass(slots=True)
class Finder:
    """One process's look-ups: its keys, and the lists and key versions as last seen."""

    ring: KeyRing
    _versions: Versions | None = None
    _seen: int = -1
    _lists: dict[int, EnrolmentList] = field(default_factory=dict)

    def find(self, connection: Connection, digest: bytes, names: bytes) -> list[EnrolmentList]:
        """Published lists with this NIK and a name that agrees, both given as digests of the first key.

        Raises RegistryKeyDiffers when the registry has other keys by now.
        """
        versions = self._versions or self._learn(connection)
        while True:
            found, seen = self._read(connection, versions, digest, names)
            if seen == {self._seen}:
                break
            former, versions = versions, self._learn(connection)
            if versions.in_use == former.in_use:
                break
        return [self._lists[list_id] for list_id in found if list_id in self._lists]

    def _read(
        self, connection: Connection, versions: Versions, first: bytes, first_names: bytes
    ) -> tuple[list[int], set[int]]:
        """Numbers of lists where NIK and name agree, and the numbers of changes that the reads saw."""
        found, seen, before, digest, names = [], set(), 1, first, first_names
        for version in versions.in_use:
            digest = self.ring.nik_forward(digest, before, version)
            names = self.ring.names_forward(names, before, version)
            before = version
            rows = read_from_digest(connection, digest)
            seen.add(rows[0].changes)
            lists = _agreeing(rows, digest, names)
            if lists and rows[-1].nik_digest == digest:
                # Somebody in more lists than one look-up reads. A wrong name never gets here: it costs what a
                # stranger costs.
                lists = _agreeing(read_from_digest(connection, digest, MOST_LISTS_OF_ONE), digest, names)
            found += lists
        # Moved between the two reads, a row is seen in both.
        return list(dict.fromkeys(found)), seen

    def _learn(self, connection: Connection) -> Versions:
        """See how the registry stands: its lists, versions, and whether our keys still fit."""
        self.ring = require_same_key(connection, self.ring)
        state = read_state(connection)
        self._lists, self._seen, self._versions = list_published(connection), state.changes, state.versions
        return state.versions


def _agreeing(rows: list[FoundRow], digest: bytes, names: bytes) -> list[int]:
    """Numbers of lists where NIK and name agree; both are compared in every row."""
    agree = [(nik == digest, share_one(stored, names), list_id) for nik, stored, list_id, _changes in rows]
    return [list_id for same_nik, same_name, list_id in agree if same_nik and same_name]
