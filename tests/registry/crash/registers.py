"""What a registry holds, to be compared and brought back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from portal.core.database import registry_metadata
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry
from portal.registry.models import list_events
from portal.registry.services.keys import registry_engine
from tests.registry.crash.killing import Runner

Contents = Mapping[str, list[dict[str, Any]]]
# Numbers of lists, which a sequence may skip.
OF_LISTS = ("list_id", "superseded_by")
TABLES = registry_metadata.sorted_tables


def read_contents() -> Contents:
    """Every row of every table of the registry, by table."""
    with registry_engine().connect() as connection:
        return {table.name: _rows(connection, table) for table in TABLES}


def bring_back(contents: Contents) -> None:
    """Make the registry what it was when `contents` were read."""
    with registry_engine().connect() as connection:
        connection.detach()
        _trust(connection)
        with connection.begin():
            for table in reversed(TABLES):
                connection.execute(delete(table))
            for table in TABLES:
                if contents[table.name]:
                    connection.execute(insert(table), contents[table.name])


def both_ends(runner: Runner, arguments: tuple[str, ...]) -> tuple[Contents, Contents]:
    """What the registry holds, left as it is, and the essence of what a command makes of it."""
    before = read_contents()
    ended = runner.run(*arguments)
    assert ended.status == 0, ended.said
    after = essence(read_contents())
    bring_back(before)
    return before, after


def essence(contents: Contents) -> Contents:
    """The contents without what differs between two runs that do the same: moments, and numbers of a sequence."""
    numbers = {row["id"]: place for place, row in enumerate(contents["enrolment_lists"], start=1)}
    return {
        name: sorted((_plain(name, row, numbers) for row in rows), key=repr)
        for name, rows in contents.items()
        if name not in ("registry_state", "list_events")
    }


def untold() -> list[tuple[int, str, str]]:
    """Events of lists that the audit trail does not hold; an event that it holds twice is a fault."""
    query = select(AuditEntry.subject, AuditEntry.action, AuditEntry.details)
    held = Counter(
        (row.subject, row.action, json.loads(row.details).get("at", ""))
        for row in db.session.execute(query.where(AuditEntry.subject.startswith("list:")))
    )
    db.session.rollback()
    twice = [entry for entry, times in held.items() if times > 1 and entry[2]]
    assert not twice, f"told twice: {twice}"
    with registry_engine().connect() as connection:
        events = connection.execute(
            select(list_events.c.list_id, list_events.c.action, list_events.c.at)
        ).all()
    told = [(row.list_id, row.action, _utc(row.at)) for row in events]
    return [one for one in told if (f"list:{one[0]}", f"list.{one[1]}", one[2]) not in held]


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))
    return [dict(row._mapping) for row in rows]


def _plain(table: str, row: dict[str, Any], numbers: Mapping[int, int]) -> dict[str, Any]:
    of_lists = (*OF_LISTS, "id") if table == "enrolment_lists" else OF_LISTS
    return {
        name: numbers.get(value, value)
        if name in of_lists
        else "a moment"
        if isinstance(value, datetime)
        else value
        for name, value in row.items()
    }


def _utc(at: datetime) -> str:
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return known.astimezone(UTC).isoformat(timespec="microseconds")


def _trust(connection: Connection) -> None:
    """Lists point at one another: no order of their rows would do."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        "PRAGMA foreign_keys = OFF" if sqlite else "SET session_replication_role = replica"
    )
    connection.commit()
