"""Making what a data package brought known to the desk: an item for each record, a revision for each change."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from portal.opendata.changes import TableChanges
from portal.opendata.naming import PARENTS, title_of
from portal.opendata.records import PackageRecords
from portal.opendata.state import stored_rows
from portal.opendata.tables import TABLES, PackageTable
from portal.opendata.values import write
from portal.publishing.models import Item, Revision
from portal.publishing.shapes import Cells


def adopt_records(session: Session) -> int:
    """Give every published record that has none its item, inside the caller's transaction; tells how many."""
    rows = {table.name: _cells(session, table) for table in TABLES}
    regions = _regions(rows)
    known = {(row.kind, row.record_id) for row in session.execute(select(Item.kind, Item.record_id))}
    kept, moment = PackageRecords(), datetime.now(UTC)
    items: list[dict[str, Any]] = [
        {
            "kind": kind,
            "record_id": record_id,
            "region_code": regions[kind, record_id],
            "title": title_of(kind, cells),
            "marks": kept.marks(kind, cells),
            "live": "yes",
            "created_at": moment,
            "changed_at": moment,
        }
        for kind, records in rows.items()
        for record_id, cells in records.items()
        if (kind, record_id) not in known
    ]
    if items:
        session.execute(insert(Item), items)
    for kind, records in rows.items():
        _bring_back(session, kind, list(records))
    return len(items)


def _bring_back(session: Session, kind: str, ids: list[str]) -> None:
    """A package may bring what the desk has withdrawn or only drafted: it is published, and the desk says so."""
    session.execute(
        update(Item)
        .where(Item.kind == kind, Item.live != "yes", Item.record_id.in_(ids))
        .values(live="yes", live_number=None, withdrawn_at=None)
    )


def follow_load(session: Session, changes: list[TableChanges], name: str) -> None:
    """After a load: items for what is new, and for what changed a revision where the desk keeps a history."""
    adopt_records(session)
    kept, moment = PackageRecords(), datetime.now(UTC)
    for table in changes:
        for row in table.changed:
            cells = {column: write(value) for column, value in row.items()}
            _note_change(session, kept, table.name, cells, name, moment)


def _note_change(
    session: Session, kept: PackageRecords, kind: str, cells: Cells, name: str, moment: datetime
) -> None:
    query = select(Item.id, Item.live_number).where(Item.kind == kind, Item.record_id == cells["id"])
    item_id, live_number = session.execute(query).one()
    values: dict[str, Any] = {
        "title": kept.title(kind, cells),
        "marks": kept.marks(kind, cells),
        "changed_at": moment,
    }
    if live_number is not None:
        last = session.execute(
            select(func.max(Revision.number)).where(Revision.item_id == item_id)
        ).scalar_one()
        values["live_number"] = last + 1
        session.execute(
            insert(Revision).values(
                item_id=item_id, number=last + 1, event="loaded", cells=cells, made_at=moment, note=name
            )
        )
    session.execute(update(Item).where(Item.id == item_id).values(**values))


def _cells(session: Session, table: PackageTable) -> dict[str, Cells]:
    return {
        identity: {name: write(row[name]) for name in table.names}
        for identity, row in stored_rows(session, table).items()
    }


def _regions(rows: dict[str, dict[str, Cells]]) -> dict[tuple[str, str], str | None]:
    """The region of every record; a source belongs to the one region whose records cite it, else to none."""
    regions: dict[tuple[str, str], str | None] = {}
    citing: dict[str, set[str | None]] = defaultdict(set)
    for kind, records in rows.items():
        for record_id, cells in records.items():
            column, parent = PARENTS.get(kind, ("", ""))
            region = regions.get((parent, cells[column])) if parent else cells.get("region_code") or None
            regions[kind, record_id] = region
            for source in filter(None, cells.get("source_ids", "").split(";")):
                citing[source].add(region)
    for source in rows.get("sources", {}):
        found = citing[source]
        regions["sources", source] = next(iter(found)) if len(found) == 1 else None
    return regions
