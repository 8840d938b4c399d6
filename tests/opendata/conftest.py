"""A copy of the starter package that a test may spoil, and the faults a load finds in it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.extensions import db
from portal.opendata.problems import PackageRejected, Problem
from portal.opendata.services import load_package
from tests.support.tree import ROOT

STARTER = ROOT / "data" / "starter"


class Package:
    """A package in a folder, with the edits that tests need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, table: str) -> Path:
        """The table's file."""
        return self.folder / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        """Header and rows."""
        return list(csv.reader(io.StringIO(self.file(table).read_bytes().decode(), newline="")))

    def write(self, table: str, rows: list[list[str]]) -> None:
        """Write header and rows as the starter does."""
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        self.file(table).write_bytes(out.getvalue().encode())

    def set(self, table: str, row: int, column: str, value: str) -> None:
        """Set one cell; the first row below the header is 1."""
        rows = self.rows(table)
        rows[row][rows[0].index(column)] = value
        self.write(table, rows)

    def keep(self, table: str, ids: set[str]) -> None:
        """Leave only these rows."""
        header, *rows = self.rows(table)
        self.write(table, [header, *(row for row in rows if row[0] in ids)])

    def describe(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change the descriptor."""
        path = self.folder / "datapackage.json"
        content = json.loads(path.read_text())
        change(content)
        path.write_text(json.dumps(content, indent=1))

    def only(self, *tables: str) -> None:
        """Leave only these tables in the descriptor."""
        self.describe(
            lambda content: content.update(resources=[r for r in content["resources"] if r["name"] in tables])
        )

    def zip(self, target: Path, prefix: str = "") -> Path:
        """The same package as a zip file."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(self.folder.iterdir()):
                out.write(file, prefix + file.name)
        return target


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A copy of the starter package."""
    shutil.copytree(STARTER, tmp_path / "package")
    return Package(tmp_path / "package")


@pytest.fixture
def faults(site: Flask) -> Callable[[Path], tuple[Problem, ...]]:
    """Check a package that must be rejected, beside the published starter, and give what is wrong with it."""

    def check(path: Path) -> tuple[Problem, ...]:
        with site.app_context(), pytest.raises(PackageRejected) as caught:
            load_package(db.session(), path, check=True)
        return caught.value.problems

    return check
