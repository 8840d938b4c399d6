"""The one file of a backup: a zip archive, written beside its place and put there whole, read with suspicion."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from portal.backup.outcomes import BackupRefused, NotABackup
from portal.backup.shapes import Manifest, TableFile, read_manifest
from portal.core.archives import ZIP_FAULTS
from portal.core.i18n import gettext as _

MANIFEST: Final = "manifest.json"
LARGEST_MANIFEST: Final = 1024 * 1024
PIECE: Final = 256 * 1024
# Tables of digits and words never pack better than this; what does is meant to fill a disk.
BEST_PACKING: Final = 200
# Digests hardly pack at all, so more effort would cost minutes and save little.
EFFORT: Final = 1


class Writer:
    """A backup that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def add(self, path: str, pieces: Iterable[bytes]) -> tuple[int, int, str]:
        """Add a file; gives its lines, bytes and SHA-256."""
        rows, size, digest = 0, 0, hashlib.sha256()
        with self._archive.open(_entry(path), "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                rows += piece.count(b"\n")
                size += len(piece)
        return rows, size, digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, the last thing of a backup."""
        self._archive.writestr(_entry(MANIFEST), manifest.as_json())


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


@contextmanager
def write_archive(target: Path) -> Iterator[Writer]:
    """A new backup, readable by its owner only, that takes its place when the block ends well and is gone otherwise.

    What a killed backup left behind is overwritten. Raises BackupRefused, OSError.
    """
    if target.is_dir() or (target.exists() and not is_backup(target)):
        raise BackupRefused(
            _("%(file)s is no backup and is not overwritten: give another name.", file=target)
        )
    part = target.with_name(f".{target.name}.part")
    handle = os.open(part, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "r+b") as file:
        _hold(file, part, target)
        try:
            os.fchmod(handle, 0o600)
            file.truncate()
            with zipfile.ZipFile(file, "w", compresslevel=EFFORT) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(handle)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    folder = os.open(target.absolute().parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _hold(file: IO[bytes], part: Path, target: Path) -> None:
    """Keep the part for this backup alone; raises BackupRefused."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it before may have put it in its place in between: then it is a whole backup by now.
        if os.path.samestat(os.fstat(file.fileno()), part.stat()):
            return
    except (BlockingIOError, FileNotFoundError):
        pass
    raise BackupRefused(_("Another backup is being written to %(file)s: wait until it is done.", file=target))


def is_backup(path: Path) -> bool:
    """Whether a file looks like a backup of a portal."""
    try:
        if not path.is_file():
            return False
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (*ZIP_FAULTS, OSError):
        return False


class Reader:
    """A backup opened for reading; every table's checksum is compared as it is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = _manifest(archive)
        _require_plausible(archive, self.manifest)

    def pieces(self, table: TableFile) -> Iterator[bytes]:
        """The bytes of a table; raises NotABackup at the latest with the last piece when they aren't what was written."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._archive.open(table.path) as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
                    if size > table.size:
                        break
                    yield piece
        except ZIP_FAULTS as error:
            raise damaged() from error
        if (size, digest.hexdigest()) != (table.size, table.sha256):
            raise damaged()

    def lines(self, table: TableFile) -> Iterator[str]:
        """The lines of a table; raises as `pieces`."""
        rest = b""
        for piece in self.pieces(table):
            *whole, rest = (rest + piece).split(b"\n")
            yield from map(_text, whole)
        if rest:
            raise damaged()


@contextmanager
def read_archive(path: Path) -> Iterator[Reader]:
    """Open a backup and read what it says of itself; raises NotABackup, OSError."""
    wrong = NotABackup(_("%(file)s is no backup of a portal, or it is damaged.", file=path))
    # Of a pipe nothing may ever come.
    if path.exists() and not path.is_file():
        raise wrong
    try:
        archive = zipfile.ZipFile(path)
    except ZIP_FAULTS as error:
        raise wrong from error
    with archive:
        yield Reader(archive)


def damaged() -> NotABackup:
    """The backup isn't what was written."""
    return NotABackup(_("The backup is damaged; nothing was restored."))


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise damaged() from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise damaged()
        with archive.open(MANIFEST) as file:
            return read_manifest(io.TextIOWrapper(file, "utf-8").read(LARGEST_MANIFEST))
    except (*ZIP_FAULTS, LookupError, TypeError, OverflowError) as error:
        raise damaged() from error


def _require_plausible(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Nothing but the manifest's tables, each once, of the size it tells, and not packed beyond belief."""
    entries = {entry.filename: entry for entry in archive.infolist() if entry.filename != MANIFEST}
    tables = {table.path: table for table in manifest.tables}
    if len(archive.infolist()) != len(tables) + 1 or entries.keys() != tables.keys():
        raise damaged()
    for path, table in tables.items():
        packed = entries[path].compress_size
        if entries[path].file_size != table.size or table.size > max(packed, 1024) * BEST_PACKING:
            raise damaged()
        if not re.fullmatch(r"[0-9a-f]{64}", table.sha256):
            raise damaged()
