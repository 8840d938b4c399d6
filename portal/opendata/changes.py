"""What a package would change: new rows, changed cells, order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.opendata.reading import ReadTable
from portal.opendata.values import write

Row = dict[str, Any]


@dataclass(frozen=True)
class CellChange:
    """One cell of a published row that the package states otherwise."""

    table: str
    id: str
    column: str
    old: str
    new: str


@dataclass
class TableChanges:
    """What one table of the package would do to the published one."""

    name: str
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    cells: list[CellChange] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    order: dict[str, int] = field(default_factory=dict)
    moved: bool = False
    unchanged: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is to be stored."""
        return bool(self.new or self.changed or self.moved)


def compare(read: ReadTable, stored: dict[str, Row]) -> TableChanges:
    """Set the rows of the package beside the published ones."""
    changes = TableChanges(read.table.name)
    for row in read.rows:
        former = stored.get(row["id"])
        if former is None:
            changes.new.append(row)
            continue
        cells = [
            CellChange(read.table.name, row["id"], name, write(former[name]), write(row[name]))
            for name in read.table.names
            if former[name] != row[name]
        ]
        if cells:
            changes.changed.append(row)
            changes.cells += cells
        else:
            changes.unchanged += 1
    changes.absent = [identity for identity in stored if identity not in read.ids]
    changes.order = _order(read, stored)
    changes.moved = any(changes.order[identity] != row["sequence"] for identity, row in stored.items())
    return changes


def _order(read: ReadTable, stored: dict[str, Row]) -> dict[str, int]:
    """A package with every published row sets the order; otherwise its new rows come after those there are."""
    ids = [row["id"] for row in read.rows]
    if all(identity in read.ids for identity in stored):
        return {identity: position for position, identity in enumerate(ids, 1)}
    order = {identity: row["sequence"] for identity, row in stored.items()}
    last = max(order.values(), default=0)
    new = (identity for identity in ids if identity not in stored)
    return order | {identity: position for position, identity in enumerate(new, last + 1)}
