"""Folders and zip files: nothing outside the package is read, and nothing endless."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import portal.opendata.places
from portal.extensions import db
from portal.opendata.problems import Problem
from portal.opendata.services import load_package
from tests.opendata.conftest import Package

Faults = Callable[[Path], tuple[Problem, ...]]


@pytest.mark.parametrize("prefix", ["", "paket/"], ids=["at the top", "in its only folder"])
def test_a_zip_file_is_read_like_a_folder(
    package: Package, app_context: Flask, tmp_path: Path, prefix: str
) -> None:
    report = load_package(db.session(), package.zip(tmp_path / "p.zip", prefix))
    assert sum(len(table.new) for table in report.tables) == 483


@pytest.mark.parametrize(
    "data",
    [b"", b"id,name\n", b"PK\x03\x04 broken", b"PK\x05\x06" + bytes(18)],
    ids=["empty", "csv", "cut", "no files"],
)
def test_a_file_that_is_no_zip_file_is_one_fault(tmp_path: Path, faults: Faults, data: bytes) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(data)
    assert len(faults(path)) == 1


def test_a_damaged_file_within_a_zip_is_named(package: Package, faults: Faults, tmp_path: Path) -> None:
    path = package.zip(tmp_path / "p.zip")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as opened:
        start = opened.getinfo("claims.csv").header_offset
    data[start + 60 : start + 90] = bytes(30)
    path.write_bytes(data)
    assert [one.file for one in faults(path)] == ["claims.csv"]


def test_an_encrypted_file_within_a_zip_is_named(package: Package, faults: Faults, tmp_path: Path) -> None:
    path = package.zip(tmp_path / "p.zip")
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    offset = struct.unpack_from("<I", data, entry + 42)[0]
    data[entry + 8] |= 1
    data[offset + 6] |= 1
    path.write_bytes(data)
    assert [one.file for one in faults(path)] == ["awards.csv"]


def test_a_zip_that_unpacks_without_end_is_refused(
    package: Package, faults: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal.opendata.places, "LARGEST_FILE", 200_000)
    header = package.file("claims").read_bytes().split(b"\r\n")[0]
    package.file("claims").write_bytes(header + b"\r\n" + b"a" * 300_000)
    path = package.zip(tmp_path / "p.zip")
    assert path.stat().st_size < 100_000
    assert [one.file for one in faults(path)] == ["claims.csv"]
    assert [one.file for one in faults(package.folder)] == ["claims.csv"]


def test_a_zip_with_the_same_file_twice_is_refused(package: Package, faults: Faults, tmp_path: Path) -> None:
    path = package.zip(tmp_path / "p.zip")
    with zipfile.ZipFile(path, "a") as out, pytest.warns(UserWarning, match="Duplicate name"):
        out.writestr("awards.csv", "id\n")
    assert [one.file for one in faults(path)] == ["awards.csv"]


def _link_out(file: Path, folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    outside.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(outside)


def _link_loop(file: Path, folder: Path) -> None:
    file.unlink()
    file.symlink_to(folder / "other.csv")
    (folder / "other.csv").symlink_to(file)


def _folder(file: Path, folder: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path, folder: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    "spoil", [_link_out, _link_loop, _folder, _pipe], ids=["link out", "loop", "folder", "pipe"]
)
def test_only_files_inside_the_folder_are_read(
    package: Package, faults: Faults, spoil: Callable[[Path, Path], None]
) -> None:
    spoil(package.file("awards"), package.folder)
    assert [(one.file, one.line) for one in faults(package.folder)] == [("awards.csv", 0)]


def test_a_pipe_in_place_of_a_package_is_refused(tmp_path: Path, faults: Faults) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert len(faults(tmp_path / "pipe")) == 1


def test_tables_may_lie_in_a_folder_of_the_package(package: Package, app_context: Flask) -> None:
    (package.folder / "tables").mkdir()
    package.file("claims").rename(package.folder / "tables" / "claims.csv")
    package.describe(lambda content: content["resources"][5].update(path="tables/claims.csv"))
    assert load_package(db.session(), package.folder, check=True).changed
