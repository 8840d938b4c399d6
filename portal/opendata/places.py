"""Where a package lies: a folder or a zip file, read without leaving it and without drowning in it."""

from __future__ import annotations

import re
import stat
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Protocol

from portal.core.archives import ZIP_FAULTS
from portal.core.i18n import gettext as _
from portal.opendata.problems import PackageRejected, Problem

DESCRIPTOR = "datapackage.json"
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_PACKAGE = 256 * 1024 * 1024


class Unreadable(Exception):
    """A file of the package can't be read; the message is the reason, translated."""


class Place(Protocol):
    """A folder or a zip file."""

    def read(self, name: str) -> bytes:
        """The bytes of one file; raises Unreadable."""


def open_place(path: Path) -> Place:
    """The package at `path`; raises PackageRejected where it is neither a folder nor a zip file."""
    if path.is_dir():
        return Folder(path)
    try:
        if not path.is_file():
            raise zipfile.BadZipFile
        return Zip(path)
    except ZIP_FAULTS as error:
        reason = _("this is neither a folder nor a zip file that can be opened.")
        raise PackageRejected([Problem(path.name, 0, "", reason)]) from error


def check_name(name: str) -> None:
    """Refuse a path that leads out of the package; raises Unreadable."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or re.search(r"[\\:\x00-\x1f]", name) or str(pure) != name:
        raise Unreadable(
            _("“%(path)s” does not stay inside the package; write a plain file name.", path=name[:80])
        )


class Folder:
    """A package in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes:
        """See Place. A link may not lead out of the folder, nor to anything but a file."""
        check_name(name)
        try:
            file = (self._path / name).resolve(strict=True)
            inside = file.is_relative_to(self._path.resolve(strict=True))
            found = file.stat()
            if not inside or not stat.S_ISREG(found.st_mode):
                raise Unreadable(_("this is not a file of the package."))
            if found.st_size > LARGEST_FILE:
                raise Unreadable(_too_large())
            return file.read_bytes()
        except FileNotFoundError as error:
            raise Unreadable(_("the file is missing.")) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise Unreadable(_("the file can't be read.")) from error


class Zip:
    """A package in a zip file, at its top or in its only folder."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        names = self._zip.namelist()
        places = [name for name in names if PurePosixPath(name).name == DESCRIPTOR and name.count("/") <= 1]
        self._prefix = places[0].removesuffix(DESCRIPTOR) if len(places) == 1 else ""
        self._twice = {name for name, times in Counter(names).items() if times > 1}
        self._left = LARGEST_PACKAGE

    def read(self, name: str) -> bytes:
        """See Place. What is read is counted as it unpacks: the sizes a zip states can be false."""
        check_name(name)
        full = self._prefix + name
        if full in self._twice:
            raise Unreadable(_("the zip file has this file twice."))
        limit = min(LARGEST_FILE, self._left)
        try:
            with self._zip.open(full) as file:
                data = file.read(limit + 1)
        except KeyError as error:
            raise Unreadable(_("the file is missing.")) from error
        except (*ZIP_FAULTS, OSError) as error:
            raise Unreadable(_("the file in the zip is damaged or encrypted.")) from error
        if len(data) > limit:
            raise Unreadable(_too_large())
        self._left -= len(data)
        return data


def _too_large() -> str:
    return _("the file is larger than %(size)s MB.", size=LARGEST_FILE // 1024 // 1024)
