"""Reading one database as it is at one moment, as the lines of PostgreSQL's COPY: the same from both databases.

Values are separated by tabs, NULL is \\N, bytes are hexadecimal, moments are in UTC.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from portal.backup.shapes import Column

ROWS_AT_ONCE = 2000


class Snapshot(Protocol):
    """One database at one moment, whatever is written to it meanwhile."""

    def value(self, query: str) -> Any:
        """The first value of the first row, None without rows."""

    def lines(self, table: str, columns: tuple[Column, ...]) -> Generator[bytes]:
        """The rows of a table, in pieces of whole lines."""


@contextmanager
def open_snapshot(url: str) -> Iterator[Snapshot]:
    """The database at `url` as it is now; raises DatabaseError, OSError."""
    if url.startswith("sqlite"):
        with _open_file(make_url(url).database or "") as file:
            yield file
    else:
        with _open_server(url) as server:
            yield server


@contextmanager
def _open_file(path: str) -> Iterator[SqliteSnapshot]:
    if not Path(path).is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            # The moment is that of the first read.
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            yield SqliteSnapshot(cast(sqlite3.Connection, connection.connection.dbapi_connection))
    finally:
        engine.dispose()


@contextmanager
def _open_server(url: str) -> Iterator[PostgresSnapshot]:
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            for setting in ("timezone = 'UTC'", "datestyle = 'ISO'", "bytea_output = 'hex'"):
                connection.execute(text(f"SET LOCAL {setting}"))
            connection.execute(text("SELECT 1 FROM pg_class LIMIT 1"))
            yield PostgresSnapshot(connection.connection.dbapi_connection)
    finally:
        engine.dispose()


class SqliteSnapshot:
    """A read transaction of SQLite; the lines are put together by SQLite itself."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def value(self, query: str) -> Any:
        """See Snapshot."""
        row = self._connection.execute(query).fetchone()
        return row[0] if row else None

    def lines(self, table: str, columns: tuple[Column, ...]) -> Generator[bytes]:
        """See Snapshot."""
        written = " || char(9) || ".join(_as_text(column) for column in columns)
        cursor = self._connection.execute(f'SELECT {written} FROM "{table}"')  # noqa: S608
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield "".join(f"{line}\n" for (line,) in rows).encode()


class PostgresSnapshot:
    """A repeatable read of PostgreSQL."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def value(self, query: str) -> Any:
        """See Snapshot."""
        with self._connection.cursor() as cursor:
            row = cursor.execute(query).fetchone()
        return row[0] if row else None

    def lines(self, table: str, columns: tuple[Column, ...]) -> Generator[bytes]:
        """See Snapshot."""
        names = ", ".join(f'"{column.name}"' for column in columns)
        # By a query: a partitioned table has no rows of its own.
        query = f'COPY (SELECT {names} FROM "{table}") TO STDOUT'  # noqa: S608
        with self._connection.cursor() as cursor, cursor.copy(query) as copy:
            for piece in copy:
                yield bytes(piece)


def _as_text(column: Column) -> str:
    """SQL that writes a column as COPY would."""
    name = f'"{column.name}"'
    if column.kind == "text":
        written = name
        for sign, escaped in (
            ("char(92)", "\\\\"),
            ("char(9)", "\\t"),
            ("char(10)", "\\n"),
            ("char(13)", "\\r"),
        ):
            written = f"replace({written}, {sign}, '{escaped}')"
    elif column.kind == "blob":
        written = f"'\\\\x' || lower(hex({name}))"
    elif column.kind == "bool":
        written = f"CASE {name} WHEN 1 THEN 't' WHEN 0 THEN 'f' END"
    elif column.kind == "moment":
        written = f"{name} || '+00'"
    else:
        written = name
    # hex() makes an empty text of NULL, hence the question before it.
    return f"CASE WHEN {name} IS NULL THEN '\\N' ELSE {written} END"
