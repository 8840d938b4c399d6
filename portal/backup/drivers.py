"""Errors of the databases' drivers, which are used here without SQLAlchemy, told as SQLAlchemy tells them."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import OperationalError

from portal.backup.archive import damaged

# What SQLite says of a table or column that its tables don't have.
_UNKNOWN = ("no such", "has no column")


@contextmanager
def driver_errors(*, filling: bool = False) -> Iterator[None]:
    """Raise OperationalError for what a driver raises; while filling in a backup, NotABackup for rows that don't fit."""
    try:
        yield
    except Exception as error:
        driver = _driver_of(error)
        if driver is None:
            raise
        if filling and _is_wrong(error, driver):
            raise damaged() from error
        raise OperationalError(None, None, error) from error


def _driver_of(error: Exception) -> Any:
    """The driver's module; PostgreSQL's is there only where it was used."""
    for module in (sqlite3, sys.modules.get("psycopg")):
        if module is not None and isinstance(error, module.Error):
            return module
    return None


def _is_wrong(error: Exception, driver: Any) -> bool:
    """Whether the rows are to blame, not the database."""
    if isinstance(error, driver.IntegrityError | driver.DataError | driver.ProgrammingError):
        return True
    return any(sign in str(error) for sign in _UNKNOWN)
