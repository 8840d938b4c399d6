"""A registry in which every step of a list's life can be taken, and a runner of commands that come to harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from portal.registry.models import enrolment_lists
from portal.registry.services.keys import registry_engine
from tests.registry.conftest import Stage
from tests.registry.crash.killing import Runner
from tests.registry.people import BERAU, HEADER, somebody

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")
PEOPLE = 130
LONG_AGO = datetime.now(UTC) - timedelta(days=400)

WriteList = Callable[[str, int], Path]


@pytest.fixture
def runner(registry: Flask) -> Runner:
    """Commands on the test's registry."""
    return Runner(registry)


@pytest.fixture
def write_list(tmp_path: Path) -> WriteList:
    """A file with PEOPLE rows from a number on."""

    def write(name: str, first: int) -> Path:
        path = tmp_path / name
        rows = (somebody(number).line for number in range(first, first + PEOPLE))
        path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def lists(stage: Stage) -> tuple[int, int, int]:
    """Three lists of one cover: replaced long ago, published, staged; another payer's is published beside them."""
    replaced, published, staged = (
        [somebody(number) for number in range(first, first + PEOPLE)] for first in (1, 40, 80)
    )
    stage(replaced[:20], funding="csr", publish=True)
    first = stage(replaced, publish=True).list_id or 0
    second = stage(published, publish=True).list_id or 0
    third = stage(staged).list_id or 0
    age(first)
    return first, second, third


def age(list_id: int) -> None:
    """Let the retention of a replaced list be over."""
    with registry_engine().begin() as connection:
        connection.execute(
            update(enrolment_lists).where(enrolment_lists.c.id == list_id).values(superseded_at=LONG_AGO)
        )
