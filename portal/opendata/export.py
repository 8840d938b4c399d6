"""Writing the package: to a folder or a zip file, whole or not at all.

Cells are written as they are, also where they begin with `=` or `@`: the package is for programs and must give the
same bytes again. Files for spreadsheets are another matter.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.i18n import gettext as _
from portal.opendata.csvtext import BOM, BrokenRecord, Dialect, records, without_end
from portal.opendata.descriptor import read_descriptor
from portal.opendata.layout import Layout, with_tables
from portal.opendata.models import DataPackage
from portal.opendata.places import DESCRIPTOR, Folder, Zip
from portal.opendata.problems import ExportRefused, PackageRejected
from portal.opendata.state import Row, stored_rows
from portal.opendata.tables import BY_NAME, TABLES, PackageTable
from portal.opendata.values import Unfit, convert, write

# A zip file states when its files were written; the content is the same whenever it is exported.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
EMPTY = '{\n "profile": "tabular-data-package",\n "name": "portal",\n "resources": []\n}\n'


def package_files(session: Session) -> dict[str, bytes]:
    """Every file of the package by its path: the descriptor first, then the tables in its order."""
    latest = session.execute(
        select(DataPackage).order_by(DataPackage.id.desc()).limit(1)
    ).scalar_one_or_none()
    layout = Layout(latest.descriptor, latest.dialects) if latest else Layout(EMPTY, {})
    rows = {table.name: stored_rows(session, table) for table in TABLES}
    listed = layout.files()
    further = [name for name in rows if name not in listed and (rows[name] or latest is None)]
    layout = Layout(with_tables(layout.descriptor, further), layout.dialects)
    files = {DESCRIPTOR: layout.descriptor.encode()}
    for name, path in layout.files().items():
        files[path] = _table_text(BY_NAME[name], rows[name], layout).encode()
    return files


def _table_text(table: PackageTable, rows: dict[str, Row], layout: Layout) -> str:
    dialect, as_written = layout.dialect(table.name), layout.as_written(table.name)
    parts = [BOM if dialect.bom else "", dialect.header, dialect.newline]
    for identity, row in rows.items():
        raw = as_written.get(identity)
        if raw is not None and _states(table, dialect, raw, row):
            parts.append(raw if raw.endswith("\n") else raw + dialect.newline)
        else:
            parts.append(dialect.write([write(row[name]) for name in dialect.columns]))
    text = "".join(parts)
    return text if dialect.last_newline else without_end(text)


def _states(table: PackageTable, dialect: Dialect, raw: str, row: Row) -> bool:
    """Whether a row's former text still says what is published."""
    columns = {column.name: column for column in table.columns}
    try:
        cells: Sequence[str] = next(records(raw)).cells
        found = {
            name: convert(columns[name], cell) for name, cell in zip(dialect.columns, cells, strict=True)
        }
    except (BrokenRecord, Unfit, ValueError):
        return False
    return all(found[name] == row[name] for name in dialect.columns)


def export_package(session: Session, path: Path) -> int:
    """Write the package to `path` (a zip file where it ends in .zip) and tell how many files it has.

    Replaces an older package there; raises ExportRefused where something else would be overwritten.
    """
    files = package_files(session)
    session.rollback()
    target = Path(os.path.abspath(path))
    is_zip = target.suffix.lower() == ".zip"
    if not target.parent.is_dir():
        raise ExportRefused(_("The folder %(path)s does not exist.", path=target.parent))
    if is_zip:
        _check_zip(target)
    else:
        _check_folder(target)
    work = Path(tempfile.mkdtemp(prefix=".portal-export-", dir=target.parent))
    try:
        (_write_zip if is_zip else _write_folder)(files, work / "new")
        _replace(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return len(files)


def _check_folder(target: Path) -> None:
    """Only a package or an empty folder may go: everything in it must be a file the package names."""
    if not target.exists() and not target.is_symlink():
        return
    if target.is_dir() and not target.is_symlink():
        present = {str(file.relative_to(target)) for file in target.rglob("*") if not file.is_dir()}
        try:
            known = {DESCRIPTOR, *read_descriptor(Folder(target)).files.values()} if present else set()
        except PackageRejected:
            known = set()
        if present <= known:
            return
    raise ExportRefused(
        _("%(path)s holds something other than a data package: choose another place.", path=target)
    )


def _check_zip(target: Path) -> None:
    if not target.exists() and not target.is_symlink():
        return
    try:
        if target.is_file() and not target.is_symlink() and read_descriptor(Zip(target)):
            return
    except (PackageRejected, zipfile.BadZipFile, OSError):
        pass
    raise ExportRefused(
        _("%(path)s holds something other than a data package: choose another place.", path=target)
    )


def _write_folder(files: dict[str, bytes], place: Path) -> None:
    place.mkdir()
    for name, data in files.items():
        file = place / PurePosixPath(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _write_zip(files: dict[str, bytes], place: Path) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.external_attr = 0o644 << 16
            out.writestr(info, data, zipfile.ZIP_DEFLATED)


def _replace(work: Path, target: Path) -> None:
    """Put the new package in the old one's place; the old one comes back where that fails."""
    if target.is_dir():
        target.rename(work / "old")
        try:
            (work / "new").rename(target)
        except OSError:
            (work / "old").rename(target)
            raise
    else:
        (work / "new").replace(target)
