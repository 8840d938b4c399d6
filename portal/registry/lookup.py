"""The one query behind every check: a fixed number of rows from one part of the registry."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, TextualSelect, column, text

from portal.core.errors import DatabaseUnavailable
from portal.registry.digests import NAME_DIGEST_BYTES, NIK_DIGEST_BYTES, bucket_of

# Rows read for every check, found or not: the work is the same whoever is asked for.
ROWS_PER_LOOK_UP: Final = 8
# What stands in for rows that a nearly empty bucket doesn't have; three words, as most names give.
_NOBODY: Final = {"nobody": b"\0" * NIK_DIGEST_BYTES, "nameless": b"\0" * (3 * NAME_DIGEST_BYTES)}

# One bucket, so one partition and one shard; a bucket's last rows are filled up, so an answer has always as many.
_FROM_DIGEST_ON: Final = """
    SELECT nik_digest, name_digests, list_id, (SELECT changes FROM registry_state) AS changes
    FROM (
        SELECT nik_digest, name_digests, list_id FROM (
            SELECT nik_digest, name_digests, list_id FROM enrolments
            WHERE bucket = :bucket AND nik_digest >= :digest
            ORDER BY nik_digest, list_id LIMIT {most}
        ) AS found
        UNION ALL SELECT :nobody, :nameless, 0 UNION ALL SELECT :nobody, :nameless, 0
        UNION ALL SELECT :nobody, :nameless, 0 UNION ALL SELECT :nobody, :nameless, 0
        UNION ALL SELECT :nobody, :nameless, 0 UNION ALL SELECT :nobody, :nameless, 0
        UNION ALL SELECT :nobody, :nameless, 0 UNION ALL SELECT :nobody, :nameless, 0
    ) AS filled LIMIT {most}
    """


class FoundRow(NamedTuple):
    """One row of a look-up; `changes` is the registry's number of changes as the look-up saw it."""

    nik_digest: bytes
    name_digests: bytes
    list_id: int
    changes: int


@cache
def look_up_sql(most: int) -> str:
    """The statement for so many rows.

    The number stands in it: only so does PostgreSQL see that one plan serves all digests, and stops planning anew.
    """
    return _FROM_DIGEST_ON.format(most=int(most))


def look_up_values(digest: bytes) -> dict[str, Any]:
    """What the statement is asked with."""
    return {"bucket": bucket_of(digest), "digest": digest, **_NOBODY}


@cache
def _reading(most: int) -> TextualSelect:
    # Named columns, so that SQLAlchemy need not make out anew what each answer holds.
    return text(look_up_sql(most)).columns(*map(column, FoundRow._fields))


def read_from_digest(connection: Connection, digest: bytes, most: int = ROWS_PER_LOOK_UP) -> list[FoundRow]:
    """The first rows at or after a digest in its bucket.

    At least eight for a stranger as for a member, so both take the same time: rows of list 0 and of nobody stand in.
    """
    driver: Any = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        return list(map(FoundRow._make, connection.execute(_reading(most), look_up_values(digest))))
    # What SQLAlchemy would add takes twice as long as the look-up.
    try:
        return list(map(FoundRow._make, driver.execute(look_up_sql(most), look_up_values(digest))))
    except sqlite3.Error as error:
        raise DatabaseUnavailable(type(error).__name__) from None
