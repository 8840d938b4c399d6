"""The published rows as the package writes them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.areas.models import Region
from portal.opendata.tables import TABLES, PackageTable

Row = dict[str, Any]


def stored_rows(session: Session, table: PackageTable) -> dict[str, Row]:
    """Every row by id in its order, with its `sequence` and its list of sources."""
    names = [name for name in table.names if name in table.stored.c]
    query = select(table.stored.c.sequence, *(table.stored.c[name] for name in names))
    rows = session.execute(query.order_by(table.stored.c.sequence)).all()
    found = {row.id: {"sequence": row[0], **dict(zip(names, row[1:], strict=True))} for row in rows}
    if table.links is not None:
        links = stored_links(session, table)
        for identity, row in found.items():
            row["source_ids"] = tuple(links[identity])
    return found


def stored_links(session: Session, table: PackageTable) -> dict[str, list[str]]:
    """The sources of each row, in the order given."""
    assert table.links is not None
    columns = table.links.c
    query = select(columns[table.owner], columns.source_id).order_by(columns[table.owner], columns.position)
    links: dict[str, list[str]] = defaultdict(list)
    for owner, source in session.execute(query):
        links[owner].append(source)
    return links


def published_ids(session: Session) -> dict[str, set[str]]:
    """Ids of every table, and the codes of `regions`."""
    ids = {table.name: set(session.execute(select(table.stored.c.id)).scalars()) for table in TABLES}
    return {**ids, "regions": set(session.execute(select(Region.code)).scalars())}
