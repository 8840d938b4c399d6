"""Uploaded lists between their arrival and their reading: on disk encrypted, in plain text nowhere.

A file is a salt and pieces of 256 KiB, each sealed with AES-256-GCM under a key of its own that follows from the
registry's key and the salt. A piece is sealed together with its number and with whether it is the last, so pieces
can be neither swapped nor cut off unnoticed.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from portal.registry.digests import spool_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE: Final = 256 * 1024
SEALED: Final = PIECE + 16
SALT: Final = 16
SUFFIX: Final = ".list"


class SpoolDamaged(OSError):
    """A kept file is not what was written, or was written with another key."""


@dataclass(frozen=True, slots=True)
class Spool:
    """The folder of kept files."""

    folder: Path
    # New files are sealed with the newest key; those that wait may have been sealed with a former one.
    key: bytes
    former: tuple[bytes, ...] = ()

    def create(self) -> SpoolWriter:
        """A new file to write to; it is gone unless it is kept."""
        return SpoolWriter(self.make_folder(), self.key)

    def make_folder(self) -> Path:
        """The folder, which nobody but the portal's own user may open."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder

    def source(self, name: str) -> SpoolSource:
        """A kept file, to be read."""
        return SpoolSource(self._path(name), (self.key, *self.former))

    def delete(self, name: str) -> None:
        """Remove a kept file; one that is gone already is no mistake."""
        self._path(name).unlink(missing_ok=True)

    def names(self, *, older_than: float = 0) -> list[str]:
        """Kept and half-written files that were last touched so many seconds ago."""
        before = time.time() - older_than
        found = []
        for path in self.folder.glob(f"*{SUFFIX}"):
            try:
                if path.stat().st_mtime <= before:
                    found.append(path.name)
            except FileNotFoundError:
                continue
        return sorted(found)

    def _path(self, name: str) -> Path:
        if Path(name).name != name or not name.endswith(SUFFIX):
            raise SpoolDamaged("no such file in the spool")
        return self.folder / name


class SpoolWriter(io.RawIOBase):
    """Seals what is written, with its size and checksum; it has the little that a parser of forms asks of a file."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.name = secrets.token_hex(16) + SUFFIX
        self.size = 0
        self.start = b""
        self._path = folder / self.name
        self._digest = hashlib.sha256()
        self._rest = bytearray()
        self._number = 0
        self._is_kept = False
        salt = os.urandom(SALT)
        self._sealer = _cipher(key, salt)
        handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._file.write(salt)

    @property
    def sha256(self) -> str:
        """The checksum of everything written so far."""
        return self._digest.hexdigest()

    def writable(self) -> bool:
        """See io.RawIOBase."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        """Add bytes."""
        if len(self.start) < 1024:
            self.start += bytes(data[: 1024 - len(self.start)])
        self.size += len(data)
        self._digest.update(data)
        self._rest += data
        while len(self._rest) > PIECE:
            self._seal(bytes(self._rest[:PIECE]), is_last=False)
            del self._rest[:PIECE]
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """A parser of forms winds the file back when it is done; nothing is read from here."""
        return 0

    def keep(self) -> str:
        """Seal the last piece, put everything on the disk and give the file's name. Raises OSError."""
        self._seal(bytes(self._rest), is_last=True)
        self._rest.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._is_kept = True
        self.close()
        return self.name

    def close(self) -> None:
        """Remove the file unless it was kept."""
        if not self.closed:
            self._file.close()
            if not self._is_kept:
                self._path.unlink(missing_ok=True)
        super().close()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._sealer.encrypt(_nonce(self._number), piece, _place(is_last)))
        self._number += 1


@dataclass(frozen=True, slots=True)
class SpoolSource:
    """A kept file as a list's source."""

    path: Path
    keys: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """The size of the plain file; raises OSError."""
        sealed = self.path.stat().st_size - SALT
        return max(sealed - 16 * max(-(-sealed // SEALED), 1), 0)

    def open(self) -> BinaryIO:
        """A stream of the plain bytes; raises OSError."""
        return io.BufferedReader(cast(Any, _Opened(self)), PIECE)


class _Opened(io.RawIOBase):
    """Opens one piece at a time, in memory."""

    def __init__(self, source: SpoolSource) -> None:
        self._size = source.size
        self._pieces = max(-(-self._size // PIECE), 1)
        self._file = source.path.open("rb")
        salt = self._file.read(SALT)
        self._openers = [_cipher(key, salt) for key in source.keys]
        self._at = 0
        self._number = -1
        self._piece = b""

    def readable(self) -> bool:
        """See io.RawIOBase."""
        return True

    def seekable(self) -> bool:
        """See io.RawIOBase."""
        return True

    def tell(self) -> int:
        """See io.RawIOBase."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """See io.RawIOBase."""
        self._at = max((0, self._at, self._size)[whence] + offset, 0)
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """See io.RawIOBase."""
        if self._at >= self._size:
            if not self._size:
                self._load(0)
            return 0
        number, offset = divmod(self._at, PIECE)
        self._load(number)
        part = self._piece[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """See io.RawIOBase."""
        self._file.close()
        self._piece = b""
        super().close()

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        self._file.seek(SALT + number * SEALED)
        self._piece = self._open(self._file.read(SEALED), number)
        self._number = number

    def _open(self, sealed: bytes, number: int) -> bytes:
        """One piece in plain; the key that opened the first one is the file's."""
        from cryptography.exceptions import InvalidTag

        for opener in self._openers:
            try:
                piece = opener.decrypt(_nonce(number), sealed, _place(number == self._pieces - 1))
            except InvalidTag:
                continue
            self._openers = [opener]
            return piece
        raise SpoolDamaged("the kept file was changed or belongs to another key")


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    # OpenSSL takes seven megabytes: it is loaded with the first list, not with every worker.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(spool_key(key, salt))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _place(is_last: bool) -> bytes:
    return b"last" if is_last else b"more"
