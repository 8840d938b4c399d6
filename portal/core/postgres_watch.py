"""The watch on PostgreSQL: a connection that hears of publications."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

from portal.core.content_version import CHANNEL, READ, own_publications

# A server that went away without a word is noticed within these seconds, and the watch asks again by itself.
ROUND = 5
PATIENCE: dict[str, Any] = {"connect_timeout": 2, "keepalives_idle": ROUND, "tcp_user_timeout": ROUND * 1000}


def _conninfo(url: str) -> str:
    """What libpq connects with; it reads addresses in another way (`+` is no space to it)."""
    address = make_url(url)
    parts = {
        "host": address.host,
        "port": address.port,
        "user": address.username,
        "password": address.password,
        "dbname": address.database,
        **address.query,
    }
    return make_conninfo("", **{name: str(value) for name, value in parts.items() if value})


class PostgresWatch:
    """Listens for publications in a thread; until it hears or when it is cut off, it reads the number."""

    def __init__(self, url: str) -> None:
        self._conninfo = _conninfo(url)
        self._known: int | None = None
        self._own = own_publications.number
        self._heard = threading.Event()
        self._starting = threading.Lock()
        # Whoever reads last also notes last: a thread that was held up brings no older number back.
        self._reading = threading.Lock()
        self._thread: threading.Thread | None = None

    def number(self) -> int | None:
        """See Watch."""
        own = own_publications.number
        if self._known is not None and self._heard.is_set() and own == self._own:
            return self._known
        self._start()
        with self._reading:
            try:
                self._known = self._read()
            except psycopg.Error:
                return None
            self._own = own
            return self._known

    def _read(self) -> int | None:
        """Ask anew: until the thread listens, and after a publication of this process."""
        with psycopg.connect(self._conninfo, autocommit=True, connect_timeout=2) as connection:
            row = connection.execute(READ).fetchone()
        return row[0] if row else None

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._listen, name="content-watch", daemon=True)
                self._thread.start()

    def _listen(self) -> None:
        """Hold the number up to date until the connection breaks; `number` then starts anew."""
        try:
            with psycopg.connect(self._conninfo, autocommit=True, **PATIENCE) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                while True:
                    self._hear(connection)
                    # Asking inside this loop would wait for ever: it holds the connection until it ends.
                    for _notice in connection.notifies(timeout=ROUND, stop_after=1):
                        continue
        except psycopg.Error:
            pass
        finally:
            self._heard.clear()

    def _hear(self, connection: psycopg.Connection) -> None:
        with self._reading:
            row = connection.execute(READ).fetchone()
            self._known = row[0] if row else None
        self._heard.set()
