"""The registry's tables come and go with data in them, and are what the code declares."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from portal.core.migrate import alembic_config
from portal.registry.models import enrolment_lists, registry_state
from portal.registry.services.keys import registry_engine
from portal.registry.services.storing import store_rows
from tests.support.databases import Urls

LIST = {
    "program": "p",
    "funding_source": "csr",
    "first_month": 24312,
    "last_month": 24312,
    "sha256": "a" * 64,
    "rows_read": 1,
    "rows_accepted": 1,
    "rows_rejected": 0,
    "people": 1,
    "synthetic": False,
    "state": "staged",
    "staged_at": datetime(2026, 1, 1, tzinfo=UTC),
    "staged_by": "test",
}


@pytest.fixture
def config(urls: Urls, app_context: Flask) -> Config:
    """Alembic on this test's registry, with a list in it."""
    with registry_engine().begin() as connection:
        (list_id,) = connection.execute(enrolment_lists.insert().values(LIST)).inserted_primary_key or (0,)
        store_rows(connection, [(100, b"d" * 16, list_id, b"n" * 8, None, None, 1)])
    registry_engine().dispose()
    return alembic_config("registry", urls.registry)


def tables() -> set[str]:
    return set(inspect(registry_engine()).get_table_names())


@pytest.mark.blank
def test_the_tables_go_and_come_back_with_data_in_them(config: Config) -> None:
    command.downgrade(config, "base")
    assert tables() == {"alembic_version"}
    command.upgrade(config, "head")
    with registry_engine().connect() as connection:
        assert connection.execute(select(registry_state.c.changes)).scalar_one() == 0
        assert connection.execute(select(enrolment_lists)).all() == []


@pytest.mark.blank
def test_the_migrations_make_what_the_models_declare(config: Config) -> None:
    command.check(config)
    assert {"enrolments", "enrolment_lists", "check_allowances"} <= tables()


@pytest.mark.blank
@pytest.mark.parametrize(
    "change",
    [
        {"state": "lost"},
        {"last_month": 1},
        {"people": 2},
        {"state": "superseded"},
        {"state": "published"},
        {},
    ],
    ids=["state", "period", "people", "superseded by nobody", "published never", "the same file"],
)
def test_the_database_itself_refuses_a_list_that_cannot_be(config: Config, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), registry_engine().begin() as connection:
        connection.execute(enrolment_lists.insert().values({**LIST, **change}))
