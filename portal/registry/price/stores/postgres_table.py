"""Counts in the registry's database on PostgreSQL: table `check_allowances`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, bindparam, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from portal.registry.models import check_allowances
from portal.registry.price.shapes import Key
from portal.registry.price.stores import StoreUnavailable

LOCK_MILLISECONDS = 100
_COLUMNS = check_allowances.c
# A subject's digest holds its window, so it is enough to look for.
_READ = select(_COLUMNS.subject, _COLUMNS.window_end, _COLUMNS.used).where(
    _COLUMNS.subject.in_(bindparam("subjects", expanding=True))
)
_INSERT = insert(check_allowances)
_ADD = _INSERT.on_conflict_do_update(
    index_elements=["subject", "window_end"], set_={"used": _COLUMNS.used + _INSERT.excluded.used}
)
_CLAIM = _INSERT.on_conflict_do_nothing(index_elements=["subject", "window_end"]).returning(_COLUMNS.used)


class TableStore:
    """Short statements on connections of the registry's pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._single = engine.execution_options(isolation_level="AUTOCOMMIT")

    def read(self, keys: Iterable[Key]) -> dict[Key, int]:
        """See Store."""
        try:
            with self._single.connect() as connection:
                return _read(connection, keys)
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None

    def add(self, counts: Mapping[Key, int], wanted: Iterable[Key], purge: int | None) -> dict[Key, int]:
        """See Store."""
        # Always in the same order: two workers must not wait for each other.
        rows = [
            {"subject": key[0], "window_end": key[1], "used": used} for key, used in sorted(counts.items())
        ]
        try:
            with self._engine.begin() as connection:
                # A count lost in a power cut costs nothing; waiting for the disk would.
                connection.execute(text("SET LOCAL synchronous_commit = off"))
                connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}"))
                connection.execute(_ADD, rows)
                if purge is not None:
                    connection.execute(delete(check_allowances).where(_COLUMNS.window_end < purge))
                return _read(connection, wanted)
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None

    def claim(self, key: Key) -> bool:
        """See Store."""
        row = {"subject": key[0], "window_end": key[1], "used": 1}
        try:
            with self._single.connect() as connection:
                return connection.execute(_CLAIM, row).first() is not None
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None


def _read(connection: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    subjects = [subject for subject, _end in keys]
    if not subjects:
        return {}
    rows = connection.execute(_READ, {"subjects": subjects})
    return {(row.subject, row.window_end): row.used for row in rows}
