"""Writing the rows of a package, in as few statements as there are tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from portal.opendata.changes import TableChanges
from portal.opendata.tables import PackageTable
from portal.publishing.models import Correction

Row = dict[str, Any]


def store_rows(session: Session, table: PackageTable, changes: TableChanges) -> None:
    """Write the new rows, the changed ones and the order. Tables are to come in the order of TABLES."""
    if changes.moved:
        _move(session, table, changes)
    columns = [name for name in table.names if name in table.stored.c]
    written = list(changes.new)
    if table.unique and changes.changed:
        # Two rows may change places in what only one may say: all of them leave before any is written.
        session.execute(
            delete(table.stored).where(table.stored.c.id.in_([row["id"] for row in changes.changed]))
        )
        written += changes.changed
    if written:
        new = [{**_pick(row, columns), "sequence": changes.order[row["id"]]} for row in written]
        session.execute(insert(table.stored), new)
    if changes.changed and not table.unique:
        values: Row = {name: bindparam(f"new_{name}") for name in columns if name != "id"}
        query = update(table.stored).where(table.stored.c.id == bindparam("new_id")).values(values)
        rows = [
            {f"new_{name}": value for name, value in _pick(row, columns).items()} for row in changes.changed
        ]
        session.connection().execute(query, rows)
    if table.links is not None:
        _store_links(session, table, changes)


def _pick(row: Row, columns: list[str]) -> Row:
    return {name: row[name] for name in columns}


def _move(session: Session, table: PackageTable, changes: TableChanges) -> None:
    """Give new places; by way of negative numbers, because no two rows may share one even for a moment."""
    column = table.stored.c.sequence
    session.execute(update(table.stored).values(sequence=-column))
    query = (
        update(table.stored).where(table.stored.c.id == bindparam("row")).values(sequence=bindparam("place"))
    )
    new = {row["id"] for row in changes.new}
    places = [
        {"row": identity, "place": place} for identity, place in changes.order.items() if identity not in new
    ]
    session.connection().execute(query, places)


def _store_links(session: Session, table: PackageTable, changes: TableChanges) -> None:
    links, owner = table.links, table.owner
    assert links is not None
    relinked = {cell.id for cell in changes.cells if cell.column == "source_ids"}
    if relinked:
        session.connection().execute(
            delete(links).where(links.c[owner] == bindparam("row")),
            [{"row": identity} for identity in relinked],
        )
    rows = [
        {owner: row["id"], "source_id": source, "position": position}
        for row in (*changes.new, *(row for row in changes.changed if row["id"] in relinked))
        for position, source in enumerate(row["source_ids"], 1)
    ]
    if rows:
        session.execute(insert(links), rows)


def record_corrections(session: Session, changes: list[TableChanges], reason: str, when: datetime) -> None:
    """Note every changed cell in the public ledger."""
    rows = [
        {
            "made_at": when,
            "subject": cell.table,
            "subject_id": cell.id,
            "field": cell.column,
            "old_value": cell.old or None,
            "new_value": cell.new or None,
            "reason": reason,
        }
        for table in changes
        for cell in table.cells
    ]
    if rows:
        session.execute(insert(Correction), rows)
