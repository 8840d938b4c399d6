"""What kind of file it is, told by its bytes and never by its name, and its checksum."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from portal.registry.lists.csvfile import CsvTable
from portal.registry.lists.held import FileHeld

LARGEST_FILE = 512 * 1024 * 1024
CHUNK = 1024 * 1024
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Table(Protocol):
    """The visible rows of a list, each with the number the office sees, and how much was hidden."""

    hidden_sheets: int
    hidden_rows: int
    bytes_read: int

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Every row, blank ones too, from the first."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """An opened list: format, checksum, size in bytes, and its table."""

    file_format: str
    sha256: str
    size: int
    table: Table


def open_list(path: Path) -> ListFile:
    """Look at a file and open it with the reader of its format; raises FileHeld, OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(CHUNK)
    kind = _kind(start)
    if kind != "csv":
        # A refused file's checksum helps nobody, and reading all of it takes time.
        raise FileHeld(
            "encrypted" if kind == "encrypted" else "unsupported" if kind else "unreadable", kind or "unknown"
        )
    if size > LARGEST_FILE:
        raise FileHeld("too_large")
    encoding = _wide_encoding(start)
    sha256, is_utf8, has_nul = _scan(path)
    if not size:
        raise FileHeld("no_rows", sha256=sha256)
    if encoding is None:
        if has_nul:
            raise FileHeld("unreadable", "unknown", sha256)
        encoding = "utf-8-sig" if is_utf8 else "cp1252"
    return ListFile("csv", sha256, size, CsvTable(path, encoding))


def _kind(start: bytes) -> str:
    """`csv` for what may be text, the format for what a spreadsheet program writes, else empty."""
    if start.startswith(b"PK\x03\x04"):
        return "ods" if b"opendocument.spreadsheet" in start[:200] else "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "encrypted" if ENCRYPTED in start else "xls"
    binary = (
        b"\x89PNG",
        b"%PDF",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"Rar!",
        b"7z\xbc\xaf",
        b"SQLite format",
    )
    return "" if start.startswith(binary) else "csv"


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 by its byte order mark or by every other byte of Latin text being zero, else None."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = start[:2000]
    if len(pairs) >= 8 and pairs[1::2].count(0) > len(pairs) * 0.45:
        return "utf-16-le"
    if len(pairs) >= 8 and pairs[::2].count(0) > len(pairs) * 0.45:
        return "utf-16-be"
    return None


def _scan(path: Path) -> tuple[str, bool, bool]:
    """One pass over the bytes: checksum, whether they are UTF-8, whether there is a zero byte."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_nul = True, False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            has_nul = has_nul or b"\0" in chunk
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
    return digest.hexdigest(), is_utf8 and _decodes(decoder, b"", final=True), has_nul


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
