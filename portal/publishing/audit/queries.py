"""The trail as it stands in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select, text

from portal.core.database import AnySession
from portal.publishing.audit.hashing import Entry
from portal.publishing.audit.models import AuditEntry, AuditHead
from portal.publishing.audit.verifying import REKEYED, Written

FIELDS = tuple(getattr(AuditEntry, name) for name in Entry.__slots__)
BATCH = 2000


def freeze(session: AnySession) -> None:
    """Begin to read one moment of the database: head and entries have to belong together."""
    session.rollback()
    sqlite = session.get_bind().dialect.name == "sqlite"
    session.execute(text("BEGIN" if sqlite else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def get_head(session: AnySession) -> tuple[int, str, str]:
    """Count, hash and seal; a head that was removed has none of them."""
    row = session.execute(select(AuditHead.count, AuditHead.hash, AuditHead.seal)).first()
    return (row[0], row[1], row[2]) if row else (0, "", "removed")


def read_entries(session: AnySession) -> Iterator[Written]:
    """Every entry in the order of its number."""
    query = select(*FIELDS, AuditEntry.hash).order_by(AuditEntry.number)
    # Whoever reads may stop at the first fault: the cursor must not stay open on the server.
    result = session.execute(query, execution_options={"yield_per": BATCH})
    try:
        for row in result:
            yield _written(row)
    finally:
        result.close()


def _written(row: Sequence[Any]) -> Written:
    entry = Entry(*row[:-1])
    return Written(entry, row[-1], _details(entry.details) if entry.action == REKEYED else {})


def _details(details: str) -> Mapping[str, object]:
    found = json.loads(details)
    return found if isinstance(found, dict) else {}
