"""Migrations of both databases: the tables they make are those of the models, and they go down and up with data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, MetaData, create_engine, func, inspect, select, text
from sqlalchemy.engine import Engine

import portal.tables
from portal.core.migrate import alembic_config
from portal.core.revisions import DATABASES, newest_revisions
from tests.support.databases import Urls
from tests.support.tree import parsed

METADATA = {"content": portal.tables.content, "registry": portal.tables.registry}
# Filled anew by each load, and not described by a model: it is not the same on both databases.
INDEX = "search_index"
# Parts of a declared table, on PostgreSQL.
PARTITIONS = "enrolments_"


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    yield engine
    engine.dispose()


def _url(urls: Urls, name: str) -> str:
    return urls.content if name == "content" else urls.registry


def _config(urls: Urls, name: str) -> Config:
    return alembic_config(name, _url(urls, name))


def _revisions(name: str) -> list[str]:
    """Every revision of a database, the first one first."""
    script = ScriptDirectory.from_config(alembic_config(name, "sqlite://"))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def _counts(connection: Connection, metadata: MetaData) -> dict[str, int]:
    present = set(inspect(connection).get_table_names())
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
        if table.name in present
    }


def _mentioned(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    return kind != "table" or name is None or not name.startswith((INDEX, PARTITIONS))


@pytest.mark.blank
@pytest.mark.parametrize("name", DATABASES)
def test_migrated_tables_are_those_of_the_models(urls: Urls, name: str) -> None:
    with _engine(_url(urls, name)) as engine, engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": _mentioned}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA[name]) == []


@pytest.mark.blank
@pytest.mark.parametrize("name", DATABASES)
def test_every_check_of_the_models_is_in_the_database_under_its_name(urls: Urls, name: str) -> None:
    with _engine(_url(urls, name)) as engine, engine.connect() as connection:
        inspector = inspect(connection)
        for table in METADATA[name].sorted_tables:
            expected = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
            assert {check["name"] for check in inspector.get_check_constraints(table.name)} == expected


@pytest.mark.parametrize("name", DATABASES)
def test_each_step_goes_down_and_up_again_with_data_present(content: Any, urls: Urls, name: str) -> None:
    config, revisions = _config(urls, name), _revisions(name)
    for lower in [*reversed(revisions[:-1]), "base"]:
        with _engine(_url(urls, name)) as engine, engine.connect() as connection:
            before = _counts(connection, METADATA[name])
        command.downgrade(config, lower)
        with _engine(_url(urls, name)) as engine, engine.connect() as connection:
            after = _counts(connection, METADATA[name])
        kept = {table: count for table, count in before.items() if table in after}
        seeded = {"content_version", "registry_state"}
        assert {t: n for t, n in after.items() if t not in seeded} == {
            t: n for t, n in kept.items() if t not in seeded
        }
    command.upgrade(config, "head")
    with _engine(_url(urls, name)) as engine, engine.connect() as connection:
        assert set(_counts(connection, METADATA[name])) == {t.name for t in METADATA[name].sorted_tables}
        context = MigrationContext.configure(connection, opts={"include_object": _mentioned})
        assert compare_metadata(context, METADATA[name]) == []


@pytest.mark.parametrize("name", DATABASES)
def test_a_step_down_and_up_keeps_every_row_it_does_not_own(content: Any, urls: Urls, name: str) -> None:
    """Down to the oldest tables there are (the first revision) and up: what was published is still there."""
    config = _config(urls, name)
    with _engine(_url(urls, name)) as engine, engine.connect() as connection:
        before = _counts(connection, METADATA[name])
    first = _revisions(name)[0]
    command.downgrade(config, first)
    command.upgrade(config, "head")
    with _engine(_url(urls, name)) as engine, engine.connect() as connection:
        after = _counts(connection, METADATA[name])
    # Made anew from what is published: by the next publication, and the desk's items by `portal db upgrade`.
    derived = {"lead_figures", "search_documents", "search_words", "cross_checks", "items"}
    assert {t: n for t, n in after.items() if t not in derived} == {
        t: n for t, n in before.items() if t not in derived
    }
    assert name == "registry" or before["villages"] == 83763


@pytest.mark.blank
def test_base_leaves_nothing_but_the_note_of_migrations(urls: Urls) -> None:
    for name in DATABASES:
        command.downgrade(_config(urls, name), "base")
        with _engine(_url(urls, name)) as engine, engine.connect() as connection:
            assert inspect(connection).get_table_names() == ["alembic_version"]
            assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 0


@pytest.mark.parametrize("name", DATABASES)
def test_revisions_form_one_line_numbered_from_1(name: str) -> None:
    revisions = _revisions(name)
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    script = ScriptDirectory.from_config(alembic_config(name, "sqlite://"))
    assert len(script.get_heads()) == 1


def test_no_migration_imports_the_application() -> None:
    import ast

    imported = {
        (path, (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name)
        for path, module in parsed("migrations/")
        if "/versions/" in path
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported
    assert [path for path, module in imported if module.startswith("portal")] == []


@pytest.mark.parametrize("name", DATABASES)
def test_the_newest_revision_is_read_from_the_files_as_alembic_reads_it(name: str) -> None:
    heads = ScriptDirectory.from_config(alembic_config(name, "sqlite://")).get_heads()
    assert newest_revisions(name) == frozenset(heads)
