"""The registry on PostgreSQL and the content in a file, and the other way round: each database is its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from portal.registry.models import enrolments
from portal.registry.services.keys import registry_engine
from tests.registry.conftest import Stage
from tests.registry.people import AMINAH, RUSDI, STRANGER
from tests.support.databases import Databases, Urls, backend_names, open_databases


@pytest.fixture(params=["registry here", "content here"])
def urls(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Urls]:
    """One database on this run's backend and the other on the other backend, where there is one."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / "databases"
    with ExitStack() as stack:
        here = stack.enter_context(databases.copy("starter"))
        names = [name for name in backend_names() if not here.registry.startswith(name)]
        if not names:
            yield here
            return
        other = open_databases(names[0], folder, f"{worker or 'main'}-other")
        there = stack.enter_context(other.copy("starter"))
        ours = request.param == "registry here"
        yield Urls(there.content, here.registry) if ours else Urls(here.content, there.registry)


def test_a_list_is_published_and_people_in_it_are_found(stage: Stage, registry: Flask) -> None:
    report = stage([RUSDI, AMINAH], publish=True)
    visitor = registry.test_client()
    asked = {one: visitor.post("/cek", data={"nik": one.nik, "nama": one.name}) for one in (RUSDI, STRANGER)}
    assert (report.people, [answer.status_code for answer in asked.values()]) == (2, [200, 200])
    found, not_found = (answer.text for answer in asked.values())
    assert "berau-pekerja-rentan" in found
    assert "berau-pekerja-rentan" not in not_found


def test_the_counts_of_a_published_list_stand_beside_the_content(stage: Stage, registry: Flask) -> None:
    stage([RUSDI, AMINAH], publish=True)
    page = registry.test_client().get("/program/berau-pekerja-rentan")
    assert page.status_code == 200
    with registry_engine().connect() as connection:
        assert len(connection.execute(enrolments.select()).all()) == 2
