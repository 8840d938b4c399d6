"""Posted files: in memory, or where the view says; never in a plain temporary file, which the framework would make.

A view takes files elsewhere by its attribute `file_stream`, called with the declared size of the whole post.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any, cast

from flask import Flask, current_app
from htmx_flask.requests import HtmxAwareRequest

FileStream = Callable[[int | None], IO[bytes]]


class PortalRequest(HtmxAwareRequest):  # type: ignore[misc]
    """A request whose posted files lie in memory unless its view takes them elsewhere."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        view: Any = current_app.view_functions.get(self.endpoint or "")
        stream = cast(FileStream | None, getattr(view, "file_stream", None))
        return stream(total_content_length) if stream else io.BytesIO()


def init_app(app: Flask) -> None:
    """Use this kind of request; after HTMX, which sets its own."""
    app.request_class = PortalRequest
