"""Making a backup while the portal serves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from portal.backup.archive import Writer, write_archive
from portal.backup.drivers import driver_errors
from portal.backup.outcomes import BackupRefused
from portal.backup.selection import columns_of, list_tables
from portal.backup.shapes import NAMES, Manifest, TableFile
from portal.backup.writing import Snapshot, open_snapshot
from portal.core.i18n import gettext as _
from portal.core.revisions import newest_revisions
from portal.settings import Settings

Progress = Callable[[int], None]
STEPS: Final = sum(len(list_tables(name)) for name in NAMES)


def write_backup(settings: Settings, target: Path, progress: Progress = lambda step: None) -> Manifest:
    """Put both databases, without keys, sessions and running work, into one file; `progress` hears each of STEPS tables.

    All or nothing. Raises BackupRefused, OSError, DatabaseError.
    """
    urls = {"content": settings.database_url, "registry": settings.registry_url}
    with driver_errors(), write_archive(target) as archive, ExitStack() as stack:
        # Content first: what it tells of a list was done in the registry before.
        snapshots = {name: stack.enter_context(open_snapshot(urls[name])) for name in NAMES}
        revisions = {name: _revision(name, snapshots[name]) for name in NAMES}
        tables: list[TableFile] = []
        for name in NAMES:
            tables += _add_tables(archive, name, snapshots[name], progress)
        registry = snapshots["registry"]
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            revisions=revisions,
            registry_keys=bytes(registry.value("SELECT key_fingerprint FROM registry_state") or b"").hex(),
            key_version=int(registry.value("SELECT key_version FROM registry_state")),
            secret=secret_print(settings.secret_key),
            tables=tuple(tables),
        )
        archive.finish(manifest)
    return manifest


def secret_print(secret: bytes) -> str:
    """Tells one PORTAL_SECRET_KEY from another, and nothing about it."""
    return hashlib.blake2b(
        hashlib.sha512(secret).digest(), person=b"portal secretprt", digest_size=8
    ).hexdigest()


def _add_tables(archive: Writer, name: str, snapshot: Snapshot, progress: Progress) -> list[TableFile]:
    added = []
    for table in list_tables(name):
        columns = columns_of(table)
        path = TableFile(name, table.name, columns, 0, 0, "").path
        # Closed when the file cannot be written on: PostgreSQL would wait for ever to send the rest.
        with closing(snapshot.lines(table.name, columns)) as lines:
            rows, size, sha256 = archive.add(path, lines)
        added.append(TableFile(name, table.name, columns, rows, size, sha256))
        progress(1)
    return added


def _revision(name: str, snapshot: Snapshot) -> str:
    found = snapshot.value("SELECT version_num FROM alembic_version")
    if {found} != newest_revisions(name):
        raise BackupRefused(
            _("The databases are not of this version of the portal: run `portal db upgrade` first.")
        )
    return str(found)
