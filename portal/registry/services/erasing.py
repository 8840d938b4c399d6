"""Deleted rows that must not be found in the database's files afterwards."""

from __future__ import annotations

from sqlalchemy import Connection, text

from portal.registry.services.keys import registry_engine


def overwrite_deleted(connection: Connection) -> None:
    """Have SQLite write zeros over what is deleted, for this connection, which is closed after its step."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def leave_nothing_behind() -> None:
    """Remove copies of deleted rows from SQLite's journal, and let PostgreSQL use their place again."""
    engine = registry_engine()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            # Where somebody is reading just now, the journal is emptied at a later write.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM enrolments"))
