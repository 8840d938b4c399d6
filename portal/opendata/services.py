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
from portal.opendata.changes import TableChanges, compare
from portal.opendata.descriptor import Descriptor, read_descriptor
from portal.opendata.layout import merge
from portal.opendata.models import DataPackage
from portal.opendata.places import Place, Unreadable, open_place
from portal.opendata.problems import PackageRejected
from portal.opendata.reading import ReadTable, read_table
from portal.opendata.references import check_references
from portal.opendata.state import published_ids, stored_rows
from portal.opendata.storing import record_corrections, store_rows
from portal.opendata.tables import BY_NAME, TABLES
from portal.publishing.services import publish_change


class AreasNotLoaded(PortalError):
    """The package's region codes can't be checked because no regions are loaded."""


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
    descriptor = read_descriptor(place)
    tables, digest = _read_tables(place, descriptor)
    try:
        report = _load(session, descriptor, tables, digest, check)
        session.rollback() if check else session.commit()
    except BaseException:
        session.rollback()
        raise
    return report


def load_once(session: Session, path: Path) -> LoadReport | None:
    """Load the package unless this very one was loaded at any time: what was changed since then stays.

    Raises as `load_package`; gives None where there was nothing to do.
    """
    place = open_place(path)
    descriptor = read_descriptor(place)
    digest = hashlib.sha256(descriptor.text.encode())
    try:
        for file in _files(descriptor).values():
            digest.update(hashlib.sha256(place.read(file)).digest())
    except Unreadable:
        return load_package(session, path)
    known = select(DataPackage.id).where(DataPackage.sha256 == digest.hexdigest()).limit(1)
    return load_package(session, path) if session.execute(known).first() is None else None


def _files(descriptor: Descriptor) -> dict[str, str]:
    """The file of each table, in the order of loading."""
    return {table.name: descriptor.files[table.name] for table in TABLES if table.name in descriptor.files}


def _read_tables(place: Place, descriptor: Descriptor) -> tuple[dict[str, ReadTable], str]:
    """Each table in the order of loading, and the checksum of the whole package."""
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
    return tables, digest.hexdigest()


def _load(
    session: Session, descriptor: Descriptor, tables: dict[str, ReadTable], digest: str, check: bool
) -> LoadReport:
    if not check:
        # Whoever else loads or edits waits here, so that what is compared is what is replaced.
        session.execute(update(ContentVersion).values(number=ContentVersion.number))
    published = published_ids(session)
    if not published["regions"]:
        raise AreasNotLoaded(_("No regions are loaded yet: run `portal areas load` first."))
    check_references(tables, published)
    if problems := [problem for read in tables.values() for problem in sorted(read.problems)]:
        raise PackageRejected(problems)
    changes = [compare(read, stored_rows(session, read.table)) for read in tables.values()]
    latest = session.execute(
        select(DataPackage).order_by(DataPackage.id.desc()).limit(1)
    ).scalar_one_or_none()
    changed = any(table.any for table in changes) or latest is None or latest.sha256 != digest
    if changed and not check:
        _store(session, descriptor, tables, changes, digest, latest)
    return LoadReport(descriptor.name, tuple(changes), changed)


def _store(
    session: Session,
    descriptor: Descriptor,
    tables: dict[str, ReadTable],
    changes: list[TableChanges],
    digest: str,
    latest: DataPackage | None,
) -> None:
    now = datetime.now(UTC)
    for table in changes:
        store_rows(session, BY_NAME[table.name], table)
    record_corrections(session, changes, descriptor.name, now)
    layout = merge(latest, descriptor, tables, changes)
    session.add(
        DataPackage(
            name=descriptor.name,
            sha256=digest,
            loaded_at=now,
            descriptor=layout.descriptor,
            dialects=layout.dialects,
        )
    )
    session.flush()
    publish_change(session)
