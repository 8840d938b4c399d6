"""Files of keys: made whole or not at all, read only where nobody else could have, and grown by one key at a time."""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from portal.core.errors import SettingError

SHORTEST: Final = 32
# Others may do nothing with a key, and a group may read it at most.
TOO_WIDE: Final = stat.S_IWGRP | stat.S_IRWXO


def whole_key(name: str, text: str) -> bytes:
    """One key out of a setting or a file; raises SettingError for one that is short or no text."""
    try:
        key = text.strip().encode()
    except UnicodeEncodeError:
        raise SettingError(f"{name}: the key holds bytes that are not text.") from None
    if len(text.strip()) < SHORTEST:
        raise SettingError(f"{name}: the key must have at least {SHORTEST} characters.")
    return key


def split_keys(name: str, text: str) -> tuple[bytes, ...]:
    """Several keys, the oldest first: separated by commas in a setting, one per line in a file. Raises SettingError."""
    parts = [part for line in text.splitlines() if line.strip() for part in line.split(",")] or [""]
    if len(parts) > 1 and any(len(part.strip()) < SHORTEST for part in parts):
        raise SettingError(
            f"{name}: each key must have at least {SHORTEST} characters; commas separate keys and may not be in one."
        )
    keys = tuple(whole_key(name, part) for part in parts)
    if len(set(keys)) < len(keys):
        raise SettingError(f"{name}: the same key is given twice.")
    return keys


def make_key_file(name: str, file: Path) -> None:
    """Put a new key (mode 0600) into a file that isn't there yet; of several who try, one does. Raises SettingError."""
    if file.exists():
        return
    try:
        with _written_beside(file, secrets.token_hex(32) + "\n", 0o600) as new:
            os.link(new, file)
    except FileExistsError:
        return
    except OSError as error:
        raise SettingError(f"{name}: {file} cannot be made: {error.strerror}.") from error
    _keep_folder(file.parent)


def read_key_file(name: str, file: Path) -> str:
    """The text of a file of keys; raises SettingError when it can't be read or others may read it."""
    try:
        mode = file.stat().st_mode
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{name}: {file} cannot be read.") from error
    if mode & TOO_WIDE:
        raise SettingError(f"{name}: {file} is open to other users of this machine. Run: chmod 600 {file}")
    return text


def add_key(file: Path, expected: str) -> None:
    """Add a new key as the last line; the file stays that of its owner, and is the old or the new one at any moment.

    Nothing is added when the file is no longer what the caller read. Raises OSError.
    """
    file = file.resolve()
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        text, former = file.read_text(encoding="ascii"), file.stat()
        if text != expected:
            return
        text += ("" if text.endswith("\n") else "\n") + secrets.token_hex(32) + "\n"
        with _written_beside(file, text, stat.S_IMODE(former.st_mode)) as new:
            if os.geteuid() == 0:
                os.chown(new, former.st_uid, former.st_gid)
            new.replace(file)
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _written_beside(file: Path, text: str, mode: int) -> Iterator[Path]:
    """A complete file next to `file`, on the disk, and gone when the caller is done with it."""
    new = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            # Whatever the umask took away, the owner must be able to read it.
            os.fchmod(out.fileno(), mode)
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        yield new
    finally:
        new.unlink(missing_ok=True)


def _keep_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
