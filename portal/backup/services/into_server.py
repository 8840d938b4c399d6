"""A backup into PostgreSQL: tables are taken down, made anew and filled in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from alembic import command
from sqlalchemy import Connection, MetaData, create_engine, inspect, pool, text

from portal.backup.archive import Reader
from portal.backup.drivers import driver_errors
from portal.backup.selection import METADATA
from portal.backup.services.steps import Finish, Prepared, Progress
from portal.backup.shapes import TableFile
from portal.core.migrate import alembic_config

LOCK_WAITS: Final = "30s"


@contextmanager
def prepare_server(
    name: str, url: str, backup: Reader, finish: Finish, progress: Progress
) -> Iterator[Prepared]:
    """Replace everything in a transaction that `put` commits; raises NotABackup, DatabaseError.

    Whoever reads meanwhile waits from the first table taken down until the end.
    """
    engine = create_engine(url, poolclass=pool.NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAITS}'"))
            config = alembic_config(name, url)
            config.attributes["connection"] = connection
            _wipe(connection, METADATA[name])
            command.downgrade(config, "base")
            command.upgrade(config, backup.manifest.revisions[name])
            with driver_errors(filling=True):
                _fill_server(connection, backup, backup.manifest.of(name), progress)
            command.upgrade(config, "head")
            finish(connection)
            yield Prepared(transaction.commit)
    finally:
        engine.dispose()


def _wipe(connection: Connection, metadata: MetaData) -> None:
    """Empty what is there: the steps down then have nothing to carry along."""
    present = set(inspect(connection).get_table_names())
    known = [table.name for table in metadata.sorted_tables if table.name in present]
    for table in known:
        _mind_triggers(connection, table, "DISABLE")
    if known:
        listed = ", ".join(f'"{table}"' for table in known)
        connection.execute(text(f"TRUNCATE {listed} CASCADE"))


def _mind_triggers(connection: Connection, table: str, whether: str) -> None:
    connection.execute(text(f'ALTER TABLE "{table}" {whether} TRIGGER USER'))


def _fill_server(connection: Connection, backup: Reader, tables: list[TableFile], progress: Progress) -> None:
    driver: Any = connection.connection.dbapi_connection
    for table in tables:
        _mind_triggers(connection, table.table, "DISABLE")
        connection.execute(text(f'DELETE FROM "{table.table}"'))  # noqa: S608
    for table in tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with driver.cursor().copy(f'COPY "{table.table}" ({names}) FROM STDIN') as copy:
            for piece in backup.pieces(table):
                copy.write(piece)
        progress(1)
    for table in tables:
        _mind_triggers(connection, table.table, "ENABLE")
        _go_on_counting(connection, table.table)


def _go_on_counting(connection: Connection, table: str) -> None:
    """Let a table's numbers go on after the highest that came with the backup."""
    columns = text(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = :table AND column_default LIKE 'nextval(%'"
    )
    for column in connection.execute(columns, {"table": table}).scalars():
        highest = f'SELECT max("{column}") AS highest FROM "{table}"'  # noqa: S608
        sequence = f"""pg_get_serial_sequence('"{table}"', '{column}')"""
        query = f"SELECT setval({sequence}, highest) FROM ({highest}) AS found WHERE highest IS NOT NULL"  # noqa: S608
        connection.execute(text(query))
