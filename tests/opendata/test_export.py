"""What is written out, and what is never overwritten."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from frictionless import Package as Judge
from sqlalchemy import delete

from portal.extensions import db
from portal.opendata.export import export_package, package_files
from portal.opendata.models import DataPackage
from portal.opendata.problems import ExportRefused
from portal.opendata.services import load_package
from portal.opendata.tables import TABLES
from tests.opendata.conftest import STARTER, Package

STARTER_FILES = {file.name: file.read_bytes() for file in STARTER.iterdir()}


def _read(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_starter_comes_out_byte_for_byte(content: Flask, app_context: Flask, tmp_path: Path) -> None:
    export_package(db.session(), tmp_path / "out")
    assert _read(tmp_path / "out") == STARTER_FILES


def test_a_zip_has_the_same_files_and_is_the_same_each_time(
    content: Flask, app_context: Flask, tmp_path: Path
) -> None:
    for name in ("a.zip", "b.zip"):
        export_package(db.session(), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == STARTER_FILES


def test_an_export_replaces_an_older_one_and_leaves_nothing_beside_it(
    package: Package, content: Flask, app_context: Flask, tmp_path: Path
) -> None:
    package.set("claims", 1, "value", "1")
    export_package(db.session(), package.folder)
    assert _read(package.folder) == STARTER_FILES
    package.zip(tmp_path / "old.zip")
    export_package(db.session(), tmp_path / "old.zip")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "instance") == [
        "old.zip",
        "package",
    ]


@pytest.mark.parametrize("name", ["notes.txt", "tables.zip"])
def test_a_folder_or_file_that_is_no_package_is_never_overwritten(
    content: Flask, app_context: Flask, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / name).write_text("mine")
    target = folder / name if name.endswith(".zip") else folder
    with pytest.raises(ExportRefused):
        export_package(db.session(), target)
    assert (folder / name).read_text() == "mine"


def test_a_package_folder_with_something_else_in_it_is_not_overwritten(
    package: Package, content: Flask, app_context: Flask
) -> None:
    (package.folder / "README.md").write_text("mine")
    with pytest.raises(ExportRefused):
        export_package(db.session(), package.folder)
    assert (package.folder / "README.md").read_text() == "mine"


def test_an_empty_folder_is_filled_and_a_missing_parent_is_told(
    content: Flask, app_context: Flask, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    export_package(db.session(), tmp_path / "empty")
    assert _read(tmp_path / "empty") == STARTER_FILES
    with pytest.raises(ExportRefused):
        export_package(db.session(), tmp_path / "nowhere" / "out")


def test_a_failure_while_writing_leaves_the_old_package(
    package: Package, content: Flask, app_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    package.set("claims", 1, "value", "1")
    before = _read(package.folder)

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        export_package(db.session(), package.folder)
    assert _read(package.folder) == before
    assert os.listdir(package.folder.parent).count("package") == 1


def test_what_is_published_can_be_exported_without_any_package_ever_loaded(
    content: Flask, app_context: Flask, tmp_path: Path
) -> None:
    db.session.execute(delete(DataPackage))
    db.session.commit()
    export_package(db.session(), tmp_path / "out")
    exported = _read(tmp_path / "out")
    for name in ("offices.csv", "lead_choices.csv"):
        assert exported.pop(name).count(b"\n") == 1
    assert {name: data for name, data in exported.items() if name.endswith(".csv")} == {
        name: data for name, data in STARTER_FILES.items() if name.endswith(".csv")
    }
    assert Judge(str(tmp_path / "out" / "datapackage.json")).validate().valid
    assert all(not table.changed for table in load_package(db.session(), tmp_path / "out", check=True).tables)


@pytest.mark.usefixtures("app_context")
def test_an_empty_portal_exports_every_table_empty() -> None:
    files = package_files(db.session())
    assert set(files) == {"datapackage.json", *(f"{table.name}.csv" for table in TABLES)}
    assert all(data.count(b"\n") == 1 for name, data in files.items() if name.endswith(".csv"))
