"""Rendered files, one folder per edition of the content; the folders of former editions are removed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def keep_file(folder: Path, edition: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The file `name` as kept for this edition, made first where there is none.

    `name` must come from a published record (never from a visitor). A full disk costs the keeping, not the answer.
    """
    place = folder / edition / name
    try:
        return place.read_bytes()
    except OSError:
        body = make()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, body)
        _drop_former(folder, edition)
    except OSError:
        pass
    return body


def _write(place: Path, body: bytes) -> None:
    """In one step: a reader never sees half a file."""
    handle, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.replace(name, place)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _drop_former(folder: Path, edition: str) -> None:
    for entry in folder.iterdir():
        if entry.name != edition:
            shutil.rmtree(entry, ignore_errors=True)
