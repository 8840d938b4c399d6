"""Loading a data package: checked whole, then stored whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core.content_version import ContentVersion
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.opendata.adoption import adopt_records, follow_load
from portal.opendata.changes import TableChanges, compare
from portal.opendata.descriptor import Descriptor, read_descriptor
from portal.opendata.layout import merge
from portal.opendata.models import DataPackage
from portal.opendata.places import Place, Unreadable, open_place
from portal.opendata.problems import PackageRejected
from portal.opendata.reading import ReadTable, read_table
from portal.opendata.references import check_agreement, check_references
from portal.opendata.state import published_ids, stored_rows
from portal.opendata.storing import record_corrections, store_rows
from portal.opendata.tables import BY_NAME, TABLES
from portal.publishing.services import publish_change


class AreasNotLoaded(PortalError):
    """The package's region codes can't be checked because no regions are loaded."""


@dataclass(frozen=True)
class Package:
    """A package as read: its tables in the order of loading, and the checksum of all its files."""

    descriptor: Descriptor
    tables: dict[str, ReadTable]
    sha256: str


@dataclass(frozen=True)
class LoadReport:
    """What a load did or, when only checking, would do. `changed` is False where all was there already."""

    name: str
    tables: tuple[TableChanges, ...]
    changed: bool


def load_package(session: Session, path: Path, *, check: bool = False) -> LoadReport:
    """Load the package at `path` (a folder or a zip file); commits.

    Raises PackageRejected with every fault, and AreasNotLoaded; then, and with `check`, nothing is changed.
    """
    place = open_place(path)
    if check:
        return check_package(session, place)
    package = _read(place)
    try:
        report = _load(session, package)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return report


def adopt_published(session: Session) -> int:
    """Make every published record known to the desk and commit; tells how many were not."""
    found = adopt_records(session)
    session.commit()
    return found


def check_package(session: Session, place: Place) -> LoadReport:
    """What a load would do; raises as `load_package`."""
    package = _read(place)
    report, _latest = _compare(session, package)
    session.rollback()
    return report


def load_once(session: Session, path: Path) -> LoadReport | None:
    """Load the package unless this very one was loaded at any time: what was changed since then stays.

    Raises as `load_package`; gives None where there was nothing to do.
    """
    known = select(DataPackage.id).where(DataPackage.sha256 == _read(open_place(path)).sha256).limit(1)
    return load_package(session, path) if session.execute(known).first() is None else None


def _files(descriptor: Descriptor) -> dict[str, str]:
    """The file of each table, in the order of loading."""
    return {table.name: descriptor.files[table.name] for table in TABLES if table.name in descriptor.files}


def _read(place: Place) -> Package:
    descriptor = read_descriptor(place)
    digest = hashlib.sha256(descriptor.text.encode())
    tables = {}
    for name, file in _files(descriptor).items():
        try:
            data = place.read(file)
        except Unreadable as error:
            tables[name] = ReadTable(BY_NAME[name], file, complete=False)
            tables[name].blame(0, "", str(error))
            continue
        digest.update(hashlib.sha256(data).digest())
        tables[name] = read_table(BY_NAME[name], file, data)
    return Package(descriptor, tables, digest.hexdigest())


def _load(session: Session, package: Package) -> LoadReport:
    # Whoever else loads or edits waits here, so that what is compared is what is replaced.
    session.execute(update(ContentVersion).values(number=ContentVersion.number))
    report, latest = _compare(session, package)
    if report.changed:
        _store(session, package, list(report.tables), latest)
    return report


def _compare(session: Session, package: Package) -> tuple[LoadReport, DataPackage | None]:
    """Set the package beside what is published; gives the package loaded last, too. Raises PackageRejected."""
    published = published_ids(session)
    if not published["regions"]:
        raise AreasNotLoaded(_("No regions are loaded yet: run `portal areas load` first."))
    check_references(package.tables, published)
    check_agreement(package.tables, lambda name: stored_rows(session, BY_NAME[name]))
    if problems := [problem for read in package.tables.values() for problem in sorted(read.problems)]:
        raise PackageRejected(problems)
    changes = tuple(compare(read, stored_rows(session, read.table)) for read in package.tables.values())
    query = select(DataPackage).order_by(DataPackage.id.desc()).limit(1)
    latest = session.execute(query).scalar_one_or_none()
    changed = any(table.any for table in changes) or latest is None or latest.sha256 != package.sha256
    return LoadReport(package.descriptor.name, changes, changed), latest


def _store(
    session: Session, package: Package, changes: list[TableChanges], latest: DataPackage | None
) -> None:
    now = datetime.now(UTC)
    name = package.descriptor.name
    for table in changes:
        store_rows(session, BY_NAME[table.name], table)
    record_corrections(session, changes, name, now)
    follow_load(session, changes, name)
    layout = merge(latest, package.descriptor, package.tables, changes)
    kept = {"descriptor": layout.descriptor, "dialects": layout.dialects}
    session.add(DataPackage(name=name, sha256=package.sha256, loaded_at=now, **kept))
    publish_change(session)
