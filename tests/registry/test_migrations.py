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
from portal.registry.models import enrolment_lists, enrolments, registry_state
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
        {"purged_at": LIST["staged_at"]},
        {"superseded_at": LIST["staged_at"]},
        {},
    ],
    ids=[
        "state",
        "period",
        "people",
        "superseded by nobody",
        "published never",
        "purged in part",
        "superseded at a time by nobody",
        "the same file",
    ],
)
def test_the_database_itself_refuses_a_list_that_cannot_be(config: Config, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), registry_engine().begin() as connection:
        connection.execute(enrolment_lists.insert().values({**LIST, **change}))


@pytest.mark.blank
def test_lists_keep_what_they_are_through_the_step_that_knows_of_purging(config: Config) -> None:
    moment = LIST["staged_at"]
    known = {"published_at": moment, "published_by": "test"}
    lists = [
        {"sha256": "b" * 64, "state": "published", **known},
        {"sha256": "c" * 64, "state": "superseded", "superseded_by": 2, "superseded_at": moment, **known},
        {
            "sha256": "d" * 64,
            "state": "purged",
            "superseded_by": 2,
            "superseded_at": moment,
            "purged_at": moment,
        },
    ]
    with registry_engine().begin() as connection:
        for one in lists:
            connection.execute(enrolment_lists.insert().values({**LIST, **one}))
    registry_engine().dispose()
    command.downgrade(config, "0004")
    command.upgrade(config, "head")
    columns = enrolment_lists.c
    query = select(columns.state, columns.superseded_by, columns.superseded_at).order_by(columns.id)
    with registry_engine().connect() as connection:
        found = [(state, by, at is not None) for state, by, at in connection.execute(query)]
        people = connection.execute(select(enrolments.c.list_id)).scalars().all()
    assert found == [
        ("staged", None, False),
        ("published", None, False),
        ("superseded", 2, True),
        ("withdrawn", None, False),
    ]
    assert people == [1]
