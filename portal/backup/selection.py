"""Which tables a backup holds, and how each column is written."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

import portal.tables
from portal.backup.shapes import Column

# Not kept: who is signed in and from where, links that open an account or a draft, brakes and allowances, what is
# running at this moment, and the search, which is made anew from what is published.
LEFT_OUT: Final = frozenset(
    {
        "staff_sessions",
        "one_time_links",
        "sign_in_brakes",
        "preview_links",
        "presences",
        "jobs",
        "worker_beats",
        "search_documents",
        "search_words",
        "check_allowances",
    }
)
METADATA: Final[dict[str, MetaData]] = {
    "content": portal.tables.content,
    "registry": portal.tables.registry,
}
_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], str], ...]] = (
    (Boolean, "bool"),
    (Integer, "int"),
    (DateTime, "moment"),
    (Date, "day"),
    (LargeBinary, "blob"),
    (JSON, "text"),
    (String, "text"),
)


def list_tables(database: str) -> list[Table]:
    """Tables a backup holds, each after those it points at."""
    return [table for table in METADATA[database].sorted_tables if table.name not in LEFT_OUT]


def columns_of(table: Table) -> tuple[Column, ...]:
    """Columns and kinds; raises ValueError for a type that no backup can write yet."""
    return tuple(Column(column.name, _kind(column.type)) for column in table.columns)


def _kind(declared: TypeEngine[Any]) -> str:
    stored = declared.impl_instance if isinstance(declared, TypeDecorator) else declared
    for known, kind in _KINDS:
        if isinstance(stored, known):
            return kind
    raise ValueError(f"a backup cannot write {declared!r}")
