"""Putting rows into the registry fast: sorted batches on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

# In the order of the columns: bucket (digests.bucket_of), NIK digest, list, name digests, village, occupation, key version.
EnrolmentRow = tuple[int, bytes, int, bytes, str | None, str | None, int]

INSERT = """
    INSERT INTO enrolments (bucket, nik_digest, list_id, name_digests, village_code, occupation, key_version)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
COPY = """
    COPY enrolments (bucket, nik_digest, list_id, name_digests, village_code, occupation, key_version) FROM STDIN
"""
LOAD_CACHE_KIB = 64 * 1024
# A list of a million people is stored in well under a minute: the next one waits for it.
LOAD_WAITS_MS = 10 * 60 * 1000
STEP_WAITS_MS = 30 * 1000


def prepare_load(connection: Connection) -> None:
    """Let a load use more memory for pages than a look-up needs; the connection is closed after it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{LOAD_CACHE_KIB}")
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOAD_WAITS_MS}")


@contextmanager
def patient_step(engine: Engine, waits_ms: int = STEP_WAITS_MS) -> Iterator[Connection]:
    """A transaction of a desk's step, which waits while a list is being stored (SQLite has one writer at a time)."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Not given back to the pool with its patience.
            connection.detach()
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {waits_ms}")
            connection.rollback()
        with connection.begin():
            yield connection


def store_rows(connection: Connection, rows: Sequence[EnrolmentRow]) -> None:
    """Add rows that are not there yet, inside the connection's transaction. Raises DBAPIError."""
    dialect, base = connection.dialect, connection.dialect.loaded_dbapi.Error
    driver: Any = connection.connection.dbapi_connection
    try:
        # The driver itself: SQLAlchemy's own handling costs as much again as the insert.
        if dialect.name == "sqlite":
            cast(sqlite3.Connection, driver).executemany(INSERT, rows)
        else:
            _copy(driver, rows)
    except base as error:
        raise DBAPIError.instance(None, None, error, base, hide_parameters=True, dialect=dialect) from None


def _copy(driver: Any, rows: Sequence[EnrolmentRow]) -> None:
    with driver.cursor().copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)
