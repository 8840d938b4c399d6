"""What kind of file it is, told by its bytes and never by its name, and its checksum."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from portal.registry.lists.csvfile import CsvTable
from portal.registry.lists.held import FileHeld
from portal.registry.lists.odsfile import open_ods
from portal.registry.lists.sources import PathSource, Source

LARGEST_FILE = 512 * 1024 * 1024
# A workbook is unpacked in memory: a full sheet of a million rows stays well below this.
LARGEST_WORKBOOK = 96 * 1024 * 1024
CHUNK = 1024 * 1024
# The reason by kind.
REFUSED = {"": "unreadable", "encrypted": "encrypted", "markup": "unsupported"}
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BINARY = (
    b"\x89PNG",
    b"%PDF",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format",
    b"\x7fELF",
    b"PK\x05\x06",
)
# Web pages and other markup that web applications give the name .xls.
MARKUP = re.compile(
    rb"\s*(<\?xml|<!doctype|<html|<head|<meta|<table|<style|<script|<body|<div|\{\\rtf)", re.IGNORECASE
)


class Table(Protocol):
    """The visible rows of a list, each with the number the office sees, and how much was hidden."""

    hidden_sheets: int
    hidden_rows: int
    # Further visible sheets with a list of their own: one file is one list, on one sheet.
    unread_sheets: int
    # How many empty columns stand before the first cell of a row.
    first_column: int
    # Columns that are not shown, counted from that first cell: no header is looked for in them.
    hidden_columns: frozenset[int]
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


def open_list(origin: Path | Source) -> ListFile:
    """Look at a file and open it with the reader of its format; raises FileHeld, OSError."""
    source = PathSource(origin) if isinstance(origin, Path) else origin
    size = source.size
    with source.open() as file:
        start = file.read(CHUNK)
    kind = file_kind(start)
    if kind in REFUSED:
        # A refused file's checksum helps nobody, and reading all of it takes time.
        raise FileHeld(REFUSED[kind], kind if kind == "encrypted" else "unknown")
    if size > (LARGEST_FILE if kind == "csv" else LARGEST_WORKBOOK):
        raise FileHeld("too_large", kind)
    return _open_text(source, start) if kind == "csv" else _open_workbook(source, kind)


def _open_text(source: Source, start: bytes) -> ListFile:
    encoding = _wide_encoding(start)
    sha256, has_nul = _scan(source)
    if not source.size:
        raise FileHeld("no_rows", sha256=sha256)
    if encoding is None:
        if has_nul:
            raise FileHeld("unreadable", "unknown", sha256)
        encoding = "utf-8-sig"
    return ListFile("csv", sha256, source.size, CsvTable(source, encoding))


def _open_workbook(source: Source, kind: str) -> ListFile:
    # The reader of workbooks comes with the first one, not with every worker.
    from portal.registry.lists.workbooks import open_xls, open_xlsx

    sha256, _has_nul = _scan(source)
    openers: dict[str, Callable[[Source], Table]] = {"xlsx": open_xlsx, "ods": open_ods, "xls": open_xls}
    try:
        return ListFile(kind, sha256, source.size, openers[kind](source))
    except FileHeld as held:
        raise FileHeld(held.reason, kind, sha256) from None


def file_kind(start: bytes) -> str:
    """`csv` for what may be text, the format for what a spreadsheet program writes, else empty."""
    if start.startswith(b"PK\x03\x04"):
        return "ods" if b"opendocument.spreadsheet" in start[:200] else "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "encrypted" if ENCRYPTED in start else "xls"
    if start.startswith(BINARY):
        return ""
    return "markup" if MARKUP.match(start[:2000].lstrip(b"\xef\xbb\xbf")) else "csv"


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


def _scan(source: Source) -> tuple[str, bool]:
    """One pass over the bytes: checksum, and whether there is a zero byte."""
    digest, has_nul = hashlib.sha256(), False
    with source.open() as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            has_nul = has_nul or b"\0" in chunk
    return digest.hexdigest(), has_nul
