"""Putting rows into the registry fast: sorted batches on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection

# In the order of the table's columns: NIK digest, list, name digests, village, occupation group, key version.
EnrolmentRow = tuple[bytes, int, bytes, str | None, str | None, int]

INSERT = (
    "INSERT INTO enrolments (nik_digest, list_id, name_digests, village_code, occupation, key_version)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
COPY = "COPY enrolments (nik_digest, list_id, name_digests, village_code, occupation, key_version) FROM STDIN"
LOAD_CACHE_KIB = 64 * 1024


def prepare_load(connection: Connection) -> None:
    """Let a load use more memory for pages than a look-up needs; the connection is closed after it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{LOAD_CACHE_KIB}")


def store_rows(connection: Connection, rows: Sequence[EnrolmentRow]) -> None:
    """Add rows that are not there yet, inside the connection's transaction."""
    if connection.dialect.name == "sqlite":
        # The driver itself: SQLAlchemy's own handling costs as much again as the insert.
        driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
        driver.executemany(INSERT, rows)
        return
    driver_any: Any = connection.connection.dbapi_connection
    with driver_any.cursor().copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)
