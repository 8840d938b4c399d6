"""Where the registry keeps people: in buckets, of which a look-up reads one, and always as much of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, func, select, text

from portal.core.migrate import alembic_config
from portal.registry.digests import bucket_of
from portal.registry.lookup import ROWS_PER_LOOK_UP, look_up_sql, look_up_values, read_from_digest
from portal.registry.models import enrolments
from portal.registry.services.keys import key_ring, registry_engine
from tests.registry.conftest import Stage
from tests.registry.people import somebody
from tests.support.databases import Urls

_COLUMNS = "SELECT nik_digest, list_id, name_digests, village_code, occupation FROM enrolments"
LIST = [somebody(number, "Siti Aminah") for number in range(600)]


@pytest.fixture
def connection(stage: Stage) -> Iterator[Connection]:
    """A registry with six hundred people: most buckets have two or three, some none."""
    stage(LIST, publish=True)
    with registry_engine().connect() as opened:
        yield opened


def test_a_look_up_gives_eight_rows_for_a_member_a_stranger_and_an_empty_bucket(
    connection: Connection,
) -> None:
    hasher = key_ring().hasher
    asked = [hasher.nik(one.nik.encode()) for one in LIST[:50]] + [os.urandom(16) for _ in range(50)]
    filled = set(connection.execute(select(enrolments.c.bucket)).scalars())
    assert 0 < len(filled) < 256
    asked += [bytes([bucket]) * 16 for bucket in range(256) if bucket not in filled][:5]
    for digest in asked:
        rows = read_from_digest(connection, digest)
        assert [len(rows), {len(row.nik_digest) for row in rows}] == [ROWS_PER_LOOK_UP, {16}]
        assert len({row.changes for row in rows}) == 1


def test_a_member_is_the_first_row_and_what_fills_up_is_in_no_list(connection: Connection) -> None:
    digest = key_ring().hasher.nik(LIST[0].nik.encode())
    first, *others = read_from_digest(connection, digest)
    assert (first.nik_digest, first.list_id > 0) == (digest, True)
    fillers = [row for row in others if bucket_of(row.nik_digest) != bucket_of(digest)]
    assert fillers
    assert {(row.list_id, row.nik_digest) for row in fillers} == {(0, b"\0" * 16)}


def test_a_registry_without_anybody_answers_with_as_many_rows(registry: Flask) -> None:
    with registry_engine().connect() as connection:
        rows = read_from_digest(connection, b"\x07" * 16)
    assert [row.list_id for row in rows] == [0] * ROWS_PER_LOOK_UP


def test_the_look_up_reads_one_part_by_its_key(connection: Connection) -> None:
    plan = "\n".join(_plan(connection, b"\xa7" * 16))
    if connection.dialect.name == "sqlite":
        assert "SEARCH enrolments USING PRIMARY KEY (bucket=? AND nik_digest>?)" in plan
    else:
        assert set(re.findall(r"enrolments_[0-9a-f]{2}", plan)) == {"enrolments_a0"}


def test_people_are_told_apart_for_counting_in_the_order_of_the_table(connection: Connection) -> None:
    ordered = select(enrolments.c.bucket, enrolments.c.nik_digest).order_by(
        enrolments.c.bucket, enrolments.c.nik_digest
    )
    by_bucket = [tuple(row) for row in connection.execute(ordered)]
    by_digest = sorted(by_bucket, key=lambda row: row[1])
    assert len(by_bucket) == len(LIST)
    assert by_bucket == by_digest


def test_rows_are_carried_into_buckets_and_back(stage: Stage, urls: Urls) -> None:
    stage(LIST[:40])
    before = _stored(_COLUMNS)
    registry_engine().dispose()
    config = alembic_config("registry", urls.registry)
    command.downgrade(config, "0003")
    with _engine(urls) as engine, engine.connect() as connection:
        columns = connection.execute(text("SELECT * FROM enrolments")).keys()
        down = {tuple(row) for row in connection.execute(text(_COLUMNS))}
    assert "bucket" not in columns
    assert down == before
    command.upgrade(config, "head")
    assert _stored(_COLUMNS) == before
    with registry_engine().connect() as connection:
        rows = connection.execute(select(enrolments.c.bucket, enrolments.c.nik_digest)).all()
    assert [row for row in rows if row.bucket != bucket_of(row.nik_digest)] == []
    assert len(rows) == 40


def test_every_first_byte_has_a_place(stage: Stage, urls: Urls) -> None:
    """The migration's own way to the first byte, for each of the 256."""
    list_id = stage(LIST[:1]).list_id
    digests = [bytes([first]) + b"x" * 15 for first in range(256)]
    with registry_engine().begin() as connection:
        connection.execute(enrolments.delete())
        connection.execute(
            enrolments.insert(),
            [
                {
                    "bucket": digest[0],
                    "nik_digest": digest,
                    "list_id": list_id,
                    "name_digests": b"n" * 8,
                    "key_version": 1,
                }
                for digest in digests
            ],
        )
    registry_engine().dispose()
    config = alembic_config("registry", urls.registry)
    command.downgrade(config, "0003")
    command.upgrade(config, "head")
    with registry_engine().connect() as connection:
        found = connection.execute(select(enrolments.c.bucket, enrolments.c.nik_digest)).all()
        assert connection.execute(select(func.count()).select_from(enrolments)).scalar_one() == 256
    assert sorted(tuple(row) for row in found) == [(digest[0], digest) for digest in digests]


def _stored(query: str) -> set[tuple[Any, ...]]:
    with registry_engine().connect() as connection:
        return {tuple(row) for row in connection.execute(text(query))}


def _plan(connection: Connection, digest: bytes) -> list[str]:
    """How the database goes about the very statement of a look-up."""
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    rows = connection.execute(text(explain + look_up_sql(ROWS_PER_LOOK_UP)), look_up_values(digest))
    return [" ".join(map(str, row)) for row in rows]


@contextmanager
def _engine(urls: Urls) -> Iterator[Engine]:
    engine = create_engine(urls.registry)
    yield engine
    engine.dispose()
