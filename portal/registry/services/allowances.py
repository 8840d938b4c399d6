"""How much may be checked: counted in memory, shared through the registry's database a little later.

A write for every check would make checks queue behind one another, and behind a list being loaded on SQLite. So each
worker counts in memory and passes its counts on once a second, sooner for an address near its end. A worker knows its
own counts at once, so all workers together allow at most (number of workers) times an allowance even while the
database is locked, and hardly more than one allowance while it isn't.
"""

from __future__ import annotations

import ipaddress
import logging
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import Connection, Engine, bindparam, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from portal.registry.digests import IdentityHasher
from portal.registry.models import check_allowances

ADDRESS_WINDOW: Final = 600
MISSES_WINDOW: Final = 60
NIK_WINDOW: Final = 86_400
# The portal is under attack when a minute has more misses than this many whole allowances.
BRAKE_ALLOWANCES: Final = 20
BRAKED_SHARE: Final = 3
WRONG_NAMES_A_DAY: Final = 5
SHARE_EVERY: Final = 1.0
MOST_REMEMBERED: Final = 50_000
LOCK_MILLISECONDS: Final = 20

log = logging.getLogger(__name__)

Key = tuple[bytes, int]
_TABLE = check_allowances.c
# A subject's digest holds its window, so it is enough to look for.
_BOTH = select(_TABLE.subject, _TABLE.used).where(_TABLE.subject.in_((bindparam("one"), bindparam("other"))))


@dataclass(frozen=True, slots=True)
class Ticket:
    """One check that may go ahead; it is counted by `Allowances.miss` when nothing was found."""

    nik_key: Key
    may_be_found: bool


class Allowances:
    """Counters of one worker."""

    def __init__(self, engine: Engine, hasher: IdentityHasher, allowance: int) -> None:
        self._engine = engine
        self._hasher = hasher
        self._allowance = allowance
        self._shared: dict[Key, int] = {}
        self._unshared: dict[Key, int] = {}
        self._lock = threading.RLock()
        self._share_at = 0.0
        self._purge_at = 0.0
        self._is_locked = False
        self._told_of: Key | None = None

    def admit(
        self, connection: Connection, address: str, nik_digest: bytes, now: float | None = None
    ) -> Ticket | int:
        """Count a check by this address; the seconds to wait when it has had its share."""
        now = time.time() if now is None else now
        with self._lock:
            key = self._key(b"address", _network(address), ADDRESS_WINDOW, now)
            nik_key = self._key(b"nik", nik_digest, NIK_WINDOW, now)
            wrong_names = self._learn(connection, key, nik_key)
            remaining = self._limit(connection, now) - self._used(key)
            if remaining > 0:
                self._add(key)
            # The last check of an allowance is shared at once, those before it in small groups.
            if now >= self._share_at or self._is_due(key, remaining):
                self._share(now)
            if remaining <= 0:
                return max(1, key[1] - int(now))
            return Ticket(nik_key, wrong_names < WRONG_NAMES_A_DAY)

    def miss(self, ticket: Ticket, now: float | None = None) -> None:
        """Count a check that found nothing, for its NIK and for the portal as a whole."""
        now = time.time() if now is None else now
        with self._lock:
            self._add(ticket.nik_key)
            self._add(self._misses_key(now))

    def share(self) -> None:
        """Pass all counts on now."""
        with self._lock:
            self._share(time.time())

    def _limit(self, connection: Connection, now: float) -> int:
        """The allowance of an address: smaller while misses spike, for everybody alike, and never nothing."""
        this, last = self._misses_key(now), self._misses_key(now - MISSES_WINDOW)
        self._learn(connection, this, last)
        self._learn(connection, last, this)
        spiking = max(self._used(this), self._used(last)) > BRAKE_ALLOWANCES * self._allowance
        if not spiking:
            return self._allowance
        if self._told_of != this:
            self._told_of = this
            log.warning("checks: misses spike, every address has a third of its allowance for this minute")
        return max(1, self._allowance // BRAKED_SHARE)

    def _misses_key(self, now: float) -> Key:
        return self._key(b"misses", b"", MISSES_WINDOW, now)

    def _key(self, use: bytes, value: bytes, window: int, now: float) -> Key:
        """Digest and end of a window; the same address has another digest in the next one."""
        end = (int(now) // window + 1) * window
        return self._hasher.allowance(use, end.to_bytes(8, "big") + value), end

    def _is_due(self, key: Key, remaining: int) -> bool:
        """Whether an address's checks should be passed on before the second is over; not again after a failure."""
        waiting = self._unshared.get(key, 0)
        return waiting > 0 and not self._is_locked and waiting >= max(min(2, remaining), remaining // 8)

    def _learn(self, connection: Connection, key: Key, passing: Key) -> int:
        """Remember how often `key` is used by all; gives the same of `passing`, which isn't remembered."""
        if key in self._shared and passing in self._shared:
            return self._used(passing)
        rows = connection.execute(_BOTH, {"one": key[0], "other": passing[0]})
        known: dict[bytes, int] = {row.subject: row.used for row in rows}
        self._shared.setdefault(key, known.get(key[0], 0))
        return known.get(passing[0], 0) + self._unshared.get(passing, 0)

    def _used(self, key: Key) -> int:
        return self._shared.get(key, 0) + self._unshared.get(key, 0)

    def _add(self, key: Key) -> None:
        self._unshared[key] = self._unshared.get(key, 0) + 1

    def _share(self, now: float) -> None:
        """Add our counts to everybody's and learn theirs; keep them for later when the database is busy."""
        self._share_at = now + SHARE_EVERY
        counts = self._unshared
        if not counts:
            return
        try:
            with self._engine.connect() as connection:
                _write(connection, counts, purge=int(now) if now >= self._purge_at else None)
                known = _read_many(connection, counts.keys() & self._shared.keys())
        except OperationalError:
            self._is_locked = True
            return
        self._is_locked = False
        self._unshared = {}
        self._shared.update(known)
        if now >= self._purge_at or len(self._shared) > MOST_REMEMBERED:
            self._purge_at = now + MISSES_WINDOW
            alive = {key: used for key, used in self._shared.items() if key[1] > now - MISSES_WINDOW}
            self._shared = alive if len(alive) <= MOST_REMEMBERED else {}


def _network(address: str) -> bytes:
    """What counts as one address: all of IPv4, the /64 of IPv6; empty for what is neither."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return b""
    if isinstance(found, ipaddress.IPv6Address):
        return found.ipv4_mapped.packed if found.ipv4_mapped else found.packed[:8]
    return found.packed


def _write(connection: Connection, counts: dict[Key, int], *, purge: int | None) -> None:
    """Add the counts in one short transaction; raises OperationalError rather than wait for a load."""
    rows = [{"subject": key[0], "window_end": key[1], "used": used} for key, used in sorted(counts.items())]
    with _not_waiting(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            # A count lost in a power cut costs nothing; waiting for the disk would.
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}"))
        connection.execute(_UPSERTS[connection.dialect.name], rows)
        if purge is not None:
            connection.execute(delete(check_allowances).where(_TABLE.window_end < purge))


@contextmanager
def _not_waiting(connection: Connection) -> Iterator[None]:
    """On SQLite, give up on a locked database almost at once; the pool gets the connection back as it was."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout = {LOCK_MILLISECONDS}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {usual}")


def _read_many(connection: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    wanted = list(keys)[:500]
    if not wanted:
        return {}
    query = select(_TABLE.subject, _TABLE.window_end, _TABLE.used)
    query = query.where(_TABLE.subject.in_([subject for subject, _end in wanted]))
    return {(row.subject, row.window_end): row.used for row in connection.execute(query)}


def _upsert(dialect: str) -> sqlite.Insert | postgresql.Insert:
    add: sqlite.Insert | postgresql.Insert
    add = sqlite.insert(check_allowances) if dialect == "sqlite" else postgresql.insert(check_allowances)
    return add.on_conflict_do_update(
        index_elements=["subject", "window_end"], set_={"used": check_allowances.c.used + add.excluded.used}
    )


_UPSERTS = {"sqlite": _upsert("sqlite"), "postgresql": _upsert("postgresql")}
