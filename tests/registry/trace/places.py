"""Everything the portal keeps while it runs: tables, memory, cookies and what it says to its logs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import BadData
from sqlalchemy import Engine, MetaData, select

from portal.core.pagecache import PageCache
from portal.extensions import db
from portal.settings import Settings
from tests.registry.trace.searching import traces, traces_in_files

DEEPEST = 12


def all_traces(app: Flask, *folders: Path) -> dict[str, set[str]]:
    """Traces by place in all that outlives a request: files and journals, tables, memory."""
    settings: Settings = app.config["PORTAL_SETTINGS"]
    urls = (settings.database_url, settings.registry_url)
    files = {Path(url.removeprefix("sqlite:///")).parent for url in urls if url.startswith("sqlite")}
    found = traces_in_files(*folders, settings.instance, *files) | table_traces(app)
    memory = memory_traces(app)
    return found | ({"memory": memory} if memory else {})


def table_traces(app: Flask) -> dict[str, set[str]]:
    """Traces in every row of every table of both databases, whether the portal's models know it or not."""
    with app.app_context():
        found = {}
        for engine in db.engines.values():
            for name, data in _tables(engine):
                found[f"{engine.url.database}: {name}"] = traces(data)
    return {place: labels for place, labels in found.items() if labels}


def _tables(engine: Engine) -> Iterator[tuple[str, bytes]]:
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(select(table)).all()
            for column, cells in zip(table.columns.keys(), zip(*rows, strict=True), strict=False):
                yield f"{table.name}.{column}", b"\0".join(map(_as_bytes, cells))


def _as_bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()


def memory_traces(app: Flask) -> set[str]:
    """Traces in what a worker keeps between requests: pages, answers, allowances, key rings, queues."""
    layer: Any = app.wsgi_app
    kept = [layer] if isinstance(layer, PageCache) else []
    parts = list(_contents([*kept, dict(app.extensions), app.config], set(), 0))
    assert len(parts) > 100
    return traces(b"\0".join(parts))


def _contents(thing: object, seen: set[int], depth: int) -> Iterator[bytes]:
    """Every text and every run of bytes that can be reached from a thing of the portal's own."""
    if isinstance(thing, str):
        yield thing.encode(errors="surrogateescape")
    elif isinstance(thing, (bytes, bytearray)):
        yield bytes(thing)
    elif id(thing) not in seen and depth < DEEPEST:
        seen.add(id(thing))
        for part in _parts(thing):
            yield from _contents(part, seen, depth + 1)


def _parts(thing: Any) -> list[object]:
    if isinstance(thing, dict):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, (list, tuple, set, frozenset)):
        return list(thing)
    if not type(thing).__module__.startswith("portal"):
        return []
    slots = [name for one in type(thing).__mro__ for name in getattr(one, "__slots__", ())]
    return (
        [*vars(thing).values()]
        if hasattr(thing, "__dict__")
        else [getattr(thing, one, None) for one in slots]
    )


def cookie_traces(app: Flask, *clients: FlaskClient) -> set[str]:
    """Traces in the cookies that browsers hold, as they are and as the portal reads them."""
    serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    found: set[str] = set()
    for client in clients:
        for cookie in client._cookies.values():
            found |= traces(cookie.value)
            try:
                found |= traces(repr(serializer.loads(cookie.value)))
            except BadData:
                # Not the portal's own: it has been searched as it is.
                continue
    return found
