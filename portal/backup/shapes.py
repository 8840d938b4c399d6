"""What a backup says of itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

FORMAT: Final = 1
NAMES: Final = ("content", "registry")
# How a column's values are written; see `writing` and `reading`.
KINDS: Final = ("int", "text", "blob", "bool", "day", "moment")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, and what kind of values it has."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table's file within the backup; size in bytes, unpacked."""

    database: str
    table: str
    columns: tuple[Column, ...]
    rows: int
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Its name within the archive."""
        return f"{self.database}/{self.table}.tsv"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Versions, keys' fingerprints and tables of a backup, the tables in an order in which they can be filled."""

    made_at: str
    revisions: dict[str, str]
    # Fingerprint of the registry's keys (empty while it has none) and how many of them its rows need.
    registry_keys: str
    key_version: int
    # Fingerprint of PORTAL_SECRET_KEY.
    secret: str
    tables: tuple[TableFile, ...]

    def of(self, database: str) -> list[TableFile]:
        """The tables of one database."""
        return [table for table in self.tables if table.database == database]

    @property
    def size(self) -> int:
        """Bytes of all tables, unpacked."""
        return sum(table.size for table in self.tables)

    def as_json(self) -> str:
        """The text in the archive."""
        tables = [
            {
                "database": table.database,
                "table": table.table,
                "columns": [[column.name, column.kind] for column in table.columns],
                "rows": table.rows,
                "size": table.size,
                "sha256": table.sha256,
            }
            for table in self.tables
        ]
        found = {name: getattr(self, name) for name in self.__slots__ if name != "tables"}
        return json.dumps({"format": FORMAT, **found, "tables": tables}, indent=1)


def read_manifest(text: str) -> Manifest:
    """The manifest out of its text; raises ValueError, KeyError or TypeError for what isn't one."""
    try:
        return _manifest(json.loads(text))
    except (RecursionError, OverflowError) as error:
        raise ValueError("nested too deeply, or a number without end") from error


def _manifest(found: dict[str, Any]) -> Manifest:
    if found["format"] != FORMAT:
        raise ValueError("another format")
    return Manifest(
        made_at=_moment(found["made_at"]),
        revisions={name: str(found["revisions"][name]) for name in NAMES},
        registry_keys=bytes.fromhex(found["registry_keys"]).hex(),
        key_version=int(found["key_version"]),
        secret=str(found["secret"]),
        tables=tuple(_table(one) for one in found["tables"]),
    )


def _table(found: dict[str, Any]) -> TableFile:
    columns = tuple(Column(_name(name), _one_of(kind, KINDS)) for name, kind in found["columns"])
    database, table = _one_of(found["database"], NAMES), _name(found["table"])
    return TableFile(database, table, columns, int(found["rows"]), int(found["size"]), str(found["sha256"]))


def _name(text: object) -> str:
    if not isinstance(text, str) or not _NAME.fullmatch(text):
        raise ValueError("no name of a table or column")
    return text


def _moment(text: str) -> str:
    """It is shown on a terminal, so it must be a moment and nothing else."""
    return datetime.fromisoformat(text).isoformat(timespec="seconds")


def _one_of(text: object, known: tuple[str, ...]) -> str:
    if text not in known:
        raise ValueError("unknown")
    return str(text)
