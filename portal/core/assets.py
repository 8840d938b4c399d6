"""Static files: fingerprinted addresses and bytes kept compressed, answered before the framework.

`css/site.css` is put together from tokens, base, layout, components and print, in that order; `css/desk.css`, which
only pages of the desk load on top of it, from the files of `css/desk`.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli

PREFIX = "/static/"
STYLE = "css/site.css"
DESK_STYLE = "css/desk.css"
COMPRESSED = (".css", ".js", ".svg", ".json", ".txt", ".webmanifest")
# Bytes from which on a quicker compression is used.
LARGE = 200_000
SERVED = (*COMPRESSED, ".png", ".ico", ".woff2", ".webp")


@dataclass(frozen=True)
class Asset:
    """One file as served: its media type, fingerprint and bytes per content coding."""

    media_type: str
    fingerprint: str
    bodies: dict[str, bytes]


class Assets:
    """All files below `folder` that may be served, read once at start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._assets: dict[str, Asset] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in SERVED:
                self._add(path.relative_to(folder).as_posix(), path.read_bytes())
        self._add(STYLE, self._stylesheet())
        self._add(DESK_STYLE, _joined(sorted((folder / "css" / "desk").glob("*.css"))))

    def url(self, name: str) -> str:
        """The address of a file, with its fingerprint; raises KeyError for a file that is not there."""
        return f"{PREFIX}{self._assets[name].fingerprint}/{name}"

    def find(self, address: str) -> Asset | None:
        """The file behind an address made by `url`, or None; an outdated fingerprint finds the new file."""
        if not address.startswith(PREFIX):
            return None
        return self._assets.get(address[len(PREFIX) :].partition("/")[2])

    def _add(self, name: str, body: bytes) -> None:
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        bodies = {"": body}
        if name.endswith(COMPRESSED):
            bodies |= _compressed(body)
            media_type += "; charset=utf-8"
        self._assets[name] = Asset(media_type, hashlib.sha256(body).hexdigest()[:10], bodies)

    def _stylesheet(self) -> bytes:
        css = self._folder / "css"
        files = [css / "tokens.css", css / "base.css", css / "layout.css"]
        files += [*sorted((css / "components").glob("*.css")), css / "print.css"]
        return _joined([path for path in files if path.exists()])


@lru_cache(maxsize=256)
def _compressed(body: bytes) -> dict[str, bytes]:
    """The bytes per content coding; kept, because a test run makes hundreds of applications of the same files.

    Brotli's best takes two seconds for the editor's half a megabyte, which the start of a worker can't wait for.
    """
    quality = 11 if len(body) < LARGE else 6
    return {"br": brotli.compress(body, quality=quality), "gzip": gzip.compress(body, mtime=0)}


def _joined(files: list[Path]) -> bytes:
    return b"\n".join(path.read_bytes() for path in files)
