"""Answers of the application read whole, to be compressed and kept by a layer in front of it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
# Quality 4 takes half the time of 5 for 7 % more bytes on these pages, and a two-hundredth of 11 for a fifth more.
BROTLI_QUALITY = 4


class WholeAnswer:
    """The application's answer to a request: status, headers and body."""

    def __init__(self, app: WSGIApplication, environ: WSGIEnvironment) -> None:
        self.status = "500 Internal Server Error"
        self.headers: Headers = []
        chunks = app(environ, self._start)
        try:
            self.body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()

    def _start(self, status: str, headers: Headers, exc_info: object = None, /) -> Callable[[bytes], object]:
        self.status, self.headers = status, list(headers)
        return _refuse_to_write

    def compressed(self, coding: str) -> tuple[Headers, bytes]:
        """Headers and body in a coding; unchanged where that is none, or the body no text."""
        fields = {name.lower(): value for name, value in self.headers}
        if not coding or not fields.get("content-type", "").startswith(TEXT):
            return self.headers, self.body
        if coding == "br":
            body = brotli.compress(self.body, quality=BROTLI_QUALITY)
        else:
            body = gzip.compress(self.body, mtime=0)
        return [*self.headers, ("Content-Encoding", coding)], body


def _refuse_to_write(chunk: bytes) -> object:
    raise RuntimeError("the application must return its body, not write it")
