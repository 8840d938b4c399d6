"""Backups made older, or wrong in one way or another."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import create_engine, inspect

from portal.core.migrate import alembic_config

Files = dict[str, bytes]


def unpack(file: Path) -> Files:
    """The files of a backup by name."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(files: Files, target: Path) -> Path:
    """A backup of these files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def change_manifest(files: Files, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a backup says of itself."""
    told = json.loads(files["manifest.json"])
    change(told)
    files["manifest.json"] = json.dumps(told).encode()


def change_table(files: Files, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change the lines of a table, under the right size and checksum."""

    def tell(told: dict[str, Any]) -> None:
        for table in told["tables"]:
            if table["table"] == name:
                path = f"{table['database']}/{name}.tsv"
                files[path] = data = change(files[path])
                rows, checksum = data.count(b"\n"), hashlib.sha256(data).hexdigest()
                table |= {"size": len(data), "rows": rows, "sha256": checksum}

    change_manifest(files, tell)


def aged(file: Path, target: Path, revisions: dict[str, str]) -> Path:
    """The backup as a portal of older revisions would have made it: without tables and columns that came later."""
    files = unpack(file)

    def age(told: dict[str, Any]) -> None:
        told["revisions"] = revisions
        for name, revision in revisions.items():
            known = _tables(target, name, revision)
            for table in [one for one in told["tables"] if one["database"] == name]:
                path = f"{name}/{table['table']}.tsv"
                if table["table"] not in known:
                    told["tables"].remove(table)
                    del files[path]
                else:
                    files[path] = _cut(table, files[path], known[table["table"]])

    change_manifest(files, age)
    return pack(files, target)


def _tables(beside: Path, name: str, revision: str) -> dict[str, set[str]]:
    """Columns by table at a revision."""
    url = f"sqlite:///{beside}.{name}.sqlite3"
    command.upgrade(alembic_config(name, url), revision)
    engine = create_engine(url)
    with engine.connect() as connection:
        found = inspect(connection)
        tables = {table: {c["name"] for c in found.get_columns(table)} for table in found.get_table_names()}
    engine.dispose()
    return tables


def _cut(table: dict[str, Any], data: bytes, known: set[str]) -> bytes:
    kept = [place for place, (column, _kind) in enumerate(table["columns"]) if column in known]
    lines = (line.split(b"\t") for line in data.splitlines())
    data = b"".join(b"\t".join(line[place] for place in kept) + b"\n" for line in lines)
    table["columns"] = [table["columns"][place] for place in kept]
    table["size"], table["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    return data
