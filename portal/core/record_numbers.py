"""Numbers in addresses: one that no table can hold leads nowhere, before any database is asked for it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RecordNumber(IntegerConverter):
    """`<int:…>` of a route, up to the largest integer of both databases."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST, **options})


def init_app(app: Flask) -> None:
    """Read numbers this way; before any route is added."""
    app.url_map.converters["int"] = RecordNumber
