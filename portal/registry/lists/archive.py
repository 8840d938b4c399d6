"""The zip archive that modern spreadsheets are, looked at before anything unpacks it.

What an archive says of its sizes is not believed: members are unpacked here, piece by piece, and one that turns out
larger than it says, or than a list can be, holds the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from portal.core.archives import ZIP_FAULTS
from portal.registry.lists.held import FileHeld

MOST_MEMBERS: Final = 2_000
# A full sheet of a million rows and ten columns unpacks to less.
LARGEST_UNPACKED: Final = 640 * 1024 * 1024
# Tables shrink to a tenth or a fiftieth; what shrinks more was made to be unpacked.
MOST_SHRUNK: Final = 100
SHRUNK_FROM: Final = 48 * 1024 * 1024
LARGEST_PART: Final = 8 * 1024 * 1024
PIECE: Final = 256 * 1024
LOCAL_HEADER: Final = 30


class Archive:
    """An opened archive; raises FileHeld where it is damaged, locked or larger than a list can be."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        try:
            self._members = {info.filename: info for info in ZipFile(file).infolist()}
        except (*ZIP_FAULTS, OSError) as error:
            raise FileHeld("unreadable") from error
        infos = self._members.values()
        if any(info.flag_bits & 1 for info in infos):
            raise FileHeld("encrypted")
        if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
            raise FileHeld("too_large")
        if any(SHRUNK_FROM < info.file_size > MOST_SHRUNK * info.compress_size for info in infos):
            raise FileHeld("too_large")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> list[str]:
        """The names of all members."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """A small member, whole; empty where there is none."""
        if name not in self._members:
            return b""
        if self._members[name].file_size > LARGEST_PART:
            raise FileHeld("too_large")
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member, unpacked piece by piece."""
        info = self._members.get(name)
        if info is None or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise FileHeld("unreadable")
        done = 0
        try:
            for piece in self._unpack(info):
                done += len(piece)
                if done > info.file_size:
                    raise FileHeld("unreadable")
                yield piece
        except zlib.error as error:
            raise FileHeld("unreadable") from error

    def check(self) -> None:
        """Unpack every member once and keep nothing."""
        for name in self._members:
            for _piece in self.pieces(name):
                pass

    def _unpack(self, info: ZipInfo) -> Iterator[bytes]:
        raw = self._raw(info)
        if info.compress_type == ZIP_STORED:
            yield from raw
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in raw:
            rest = packed
            while rest:
                piece = inflater.decompress(rest, PIECE)
                rest = inflater.unconsumed_tail
                if not piece:
                    break
                yield piece
        yield inflater.flush()

    def _raw(self, info: ZipInfo) -> Iterator[bytes]:
        """The packed bytes of a member."""
        self._file.seek(info.header_offset)
        header = self._file.read(LOCAL_HEADER)
        if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise FileHeld("unreadable")
        at = info.header_offset + LOCAL_HEADER
        at += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        left = info.compress_size
        while left > 0:
            self._file.seek(at)
            piece = self._file.read(min(PIECE, left))
            if not piece:
                raise FileHeld("unreadable")
            at += len(piece)
            left -= len(piece)
            yield piece
