"""A portal with content, lists and staff, and somewhere else to restore it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, Table, create_engine, pool, select

import portal.tables
from portal.backup.selection import LEFT_OUT
from portal.backup.services.saving import write_backup
from portal.settings import Settings
from tests.registry.conftest import Stage as Stage
from tests.registry.conftest import registry as registry
from tests.registry.conftest import stage as stage
from tests.registry.people import AMINAH, RUSDI, somebody
from tests.support.databases import Databases, Urls, environment

METADATA: dict[str, MetaData] = {"content": portal.tables.content, "registry": portal.tables.registry}
# Made anew, or counted on, by the restore itself.
MOVES_ON = {
    "content_version",
    "registry_state",
    "audit_entries",
    "audit_head",
    "cross_checks",
    "lead_figures",
}


@dataclass(frozen=True)
class Elsewhere:
    """Another portal: its databases, folder and environment."""

    urls: Urls
    instance: Path
    env: dict[str, str]


@pytest.fixture
def filled(registry: Flask, stage: Stage) -> Flask:
    """The starter portal with two lists, one of them replaced."""
    stage([RUSDI, AMINAH, *(somebody(number) for number in range(10, 30))], publish=True)
    stage([RUSDI, *(somebody(number) for number in range(10, 40))], publish=True)
    return registry


@pytest.fixture
def settings(registry: Flask) -> Settings:
    """The settings of `registry`."""
    found: Settings = registry.config["PORTAL_SETTINGS"]
    return found


@pytest.fixture
def file(filled: Flask, settings: Settings, tmp_path: Path) -> Path:
    """A backup of `filled`."""
    path = tmp_path / "portal.backup"
    write_backup(settings, path)
    return path


@pytest.fixture
def elsewhere(databases: Databases, tmp_path: Path) -> Iterator[Elsewhere]:
    """Databases with tables and nothing in them, and the same keys."""
    with databases.copy("blank") as urls:
        folder = tmp_path / "elsewhere"
        yield Elsewhere(urls, folder, environment(folder, urls))


def rows(urls: Urls) -> dict[str, list[str]]:
    """Every row that a backup keeps, by table, in order; of the many villages one regency's."""
    found = {}
    for name, url in (("content", urls.content), ("registry", urls.registry)):
        engine = create_engine(url, poolclass=pool.NullPool)
        with engine.connect() as connection:
            for table in METADATA[name].sorted_tables:
                if table.name not in LEFT_OUT | MOVES_ON:
                    found[table.name] = sorted(map(_row, connection.execute(_all(table))))
        engine.dispose()
    return found


def _all(table: Table) -> Any:
    whole = select(table)
    return whole.where(table.c.code.like("64.03%")) if table.name == "villages" else whole


def _row(row: Any) -> str:
    # One database keeps the time zone, the other not.
    return repr([value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value for value in row])
