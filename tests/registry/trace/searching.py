"""Looks for all canaries at once: the first eight bytes of every needle, at every place of the data."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import tarfile
import zipfile
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.registry.trace.canaries import PEOPLE, SHORTEST, Needle, needles

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


class Searcher:
    """The search for some needles."""

    def __init__(self, wanted: Iterable[Needle]) -> None:
        self._indexes: tuple[dict[int, list[Needle]], ...] = (defaultdict(list), defaultdict(list))
        for needle in wanted:
            (start,) = array("Q", needle.data[:SHORTEST])
            self._indexes[needle.folded][start].append(needle)
        self._starts = tuple(frozenset(index) for index in self._indexes)

    def find(self, data: bytes) -> set[str]:
        """What of the canaries stands in the data: the needles' labels."""
        found: set[str] = set()
        for folded, view in enumerate((data, data.lower())):
            for shift in range(min(SHORTEST, len(view))):
                words = array("Q")
                words.frombytes(view[shift : len(view) - (len(view) - shift) % SHORTEST])
                hits = self._starts[folded].intersection(words)
                needles_hit = (needle for hit in hits for needle in self._indexes[folded][hit])
                found.update(needle.label for needle in needles_hit if needle.data in view)
        return found


SEARCHER = Searcher(needle for person in PEOPLE for needle in needles(person))


def unpacked(data: bytes) -> Iterator[bytes]:
    """The data, and what is packed in it: archives, compressed files, the streams and the text of a PDF."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))
    elif data[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(data))
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar:
                yield member.name.encode()
                if (inner := tar.extractfile(member)) is not None:
                    yield from unpacked(inner.read())
    elif data[:5] == b"%PDF-":
        yield from _streams(data)
        yield subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=False).stdout


def _streams(data: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:
            yield found[1]


def traces(data: bytes | str) -> set[str]:
    """What of the canaries is in the data, however packed."""
    whole = data.encode(errors="surrogateescape") if isinstance(data, str) else data
    return {label for part in unpacked(whole) for label in SEARCHER.find(part)}


def traces_in_files(*folders: Path, leave_out: Iterable[Path] = ()) -> dict[str, set[str]]:
    """Traces by file, in names and contents of everything below the folders."""
    left = set(leave_out)
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path not in left]
    found = {str(path): traces(str(path)) for path in files}
    for path in files:
        if path.is_file():
            found[str(path)] |= traces(path.read_bytes())
    return {place: labels for place, labels in found.items() if labels}
