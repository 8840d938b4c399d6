"""How the published tables are written out: the descriptor, and for each table its dialect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.opendata.changes import TableChanges
from portal.opendata.csvtext import BOM, Dialect
from portal.opendata.descriptor import Descriptor
from portal.opendata.models import DataPackage
from portal.opendata.reading import ReadTable
from portal.opendata.tables import BY_NAME, Column, PackageTable

TYPES = {"integer": "integer", "number": "number", "date": "date"}


@dataclass(frozen=True)
class Layout:
    """The descriptor's text, and per table its dialect with the rows that are written otherwise."""

    descriptor: str
    dialects: dict[str, Any]

    def files(self) -> dict[str, str]:
        """The file of each table, in the descriptor's order."""
        resources = json.loads(self.descriptor.removeprefix(BOM))["resources"]
        return {resource["name"]: resource["path"] for resource in resources}

    def dialect(self, name: str) -> Dialect:
        """How the table is written."""
        if name not in self.dialects:
            return plain_dialect(BY_NAME[name])
        kept = self.dialects[name]["dialect"]
        return Dialect(**{**kept, "columns": tuple(kept["columns"])})

    def as_written(self, name: str) -> Mapping[str, str]:
        """Rows kept as they came, by id."""
        rows: Mapping[str, str] = self.dialects.get(name, {}).get("as_written", {})
        return rows


def plain_dialect(table: PackageTable) -> Dialect:
    """How the portal writes a table that came from no package."""
    return Dialect(columns=table.names, header=",".join(table.names))


def merge(
    latest: DataPackage | None, new: Descriptor, tables: Mapping[str, ReadTable], changes: list[TableChanges]
) -> Layout:
    """The layout after a load: the new package's where it holds all that is published, else the former one's."""
    dialects = {name: _written(read) for name, read in tables.items()}
    if latest is None:
        return Layout(new.text, dialects)
    former = Layout(latest.descriptor, dict(latest.dialects))
    partial = {table.name for table in changes if table.absent}
    if not partial and set(former.files()) <= set(tables):
        return Layout(new.text, dialects)
    merged = former.dialects | {name: kept for name, kept in dialects.items() if name not in partial}
    for name in partial:
        merged[name] = _added(former, name, tables[name])
    return Layout(
        with_tables(former.descriptor, [name for name in tables if name not in former.files()]), merged
    )


def _written(read: ReadTable) -> dict[str, Any]:
    assert read.dialect is not None
    return {"dialect": read.dialect.as_json(), "as_written": read.as_written}


def _added(former: Layout, name: str, read: ReadTable) -> dict[str, Any]:
    """The former dialect; rows of the new package that are written in their own way keep it where it fits in."""
    dialect, kept = former.dialect(name), dict(former.as_written(name))
    if read.dialect and (read.dialect.columns, read.dialect.newline) == (dialect.columns, dialect.newline):
        kept |= read.as_written
    return {"dialect": dialect.as_json(), "as_written": kept}


def with_tables(descriptor: str, names: list[str]) -> str:
    """The descriptor with further tables at its end; untouched where there are none."""
    if not names:
        return descriptor
    content = json.loads(descriptor.removeprefix(BOM))
    taken = {resource["path"] for resource in content["resources"]}
    for name in names:
        path = f"{name}.csv" if f"{name}.csv" not in taken else f"portal-{name}.csv"
        content["resources"].append(resource(BY_NAME[name], path))
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def resource(table: PackageTable, path: str) -> dict[str, Any]:
    """The descriptor's entry for one table."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": "id",
        "missingValues": [""],
    }
    keys = [
        {"fields": column.name, "reference": {"resource": column.target, "fields": "id"}}
        for column in table.columns
        if column.kind == "reference" and column.required and column.target != "regions"
    ]
    if keys:
        schema["foreignKeys"] = keys
    form = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {"name": table.name, "path": path, **form, "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.kind == "id":
        limits["unique"] = True
    if column.choices:
        limits["enum"] = list(column.choices)
    kind = _type(column)
    if kind == "integer":
        limits["minimum"] = 0
    return {"name": column.name, "type": kind, **({"constraints": limits} if limits else {})}


def _type(column: Column) -> str:
    """The type's name in a table schema; awards alone state a year as such."""
    if column.kind == "year":
        return "year" if column.name == "year" else "integer"
    return TYPES.get(column.kind, "string")
