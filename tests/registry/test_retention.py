"""Lists nobody is found by are kept for a while, can be restored meanwhile, and then lose their people for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, update

from portal.extensions import db
from portal.publishing.audit.models import AuditEntry
from portal.registry.cli import registry as commands
from portal.registry.errors import ListCannotMove
from portal.registry.models import enrolment_lists, enrolments, registry_state, uploads, village_counts
from portal.registry.queries import find_list
from portal.registry.services import retention
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import list_past_recall, publish_list, restore_list, withdraw_list
from portal.registry.services.retention import kept_until, list_due, purge_daily, purge_lists
from portal.registry.shapes import EnrolmentList
from tests.registry.conftest import Stage
from tests.registry.people import AMINAH, RUSDI, somebody
from tests.support.databases import Urls

DAYS = 90


def later(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def get(list_id: int | None) -> EnrolmentList:
    with registry_engine().connect() as connection:
        found = find_list(connection, list_id or 0)
    assert found is not None
    return found


def people_of(list_id: int | None) -> int:
    query = select(func.count()).select_from(enrolments).where(enrolments.c.list_id == list_id)
    with registry_engine().connect() as connection:
        return connection.execute(query).scalar_one()


def purge(days: float) -> list[int]:
    return [one.id for one in purge_lists(later(days), actor="test")]


@pytest.mark.parametrize("way", ["staged", "superseded", "withdrawn"])
def test_a_list_nobody_is_found_by_is_purged_once_its_time_is_over(stage: Stage, way: str) -> None:
    first = stage([RUSDI, AMINAH], publish=way != "staged")
    if way == "superseded":
        stage([AMINAH], publish=True)
    if way == "withdrawn":
        withdraw_list(first.list_id or 0, actor="test", reason="wrong file")
    assert purge(DAYS - 0.1) == []
    assert (get(first.list_id).state, people_of(first.list_id)) == (way, 2)
    assert purge(DAYS + 0.1) == [first.list_id]
    gone = get(first.list_id)
    assert (gone.state, gone.people, bool(gone.purged_at), people_of(first.list_id)) == ("purged", 2, True, 0)
    assert purge(DAYS + 1) == []


def test_a_published_list_is_never_purged(stage: Stage) -> None:
    report = stage([RUSDI], publish=True)
    assert (purge(10_000), people_of(report.list_id)) == ([], 1)
    assert kept_until(get(report.list_id)) is None


def test_the_time_begins_when_a_list_is_replaced_or_withdrawn_not_when_it_was_brought(
    stage: Stage, registry: Flask
) -> None:
    first = stage([RUSDI], publish=True)
    with registry_engine().begin() as connection:
        connection.execute(update(enrolment_lists).values(staged_at=later(-500), published_at=later(-400)))
    stage([AMINAH], publish=True)
    until = kept_until(get(first.list_id))
    assert until is not None
    assert abs(until - later(DAYS)) < timedelta(minutes=5)
    assert purge(0) == []


def test_a_purged_list_cannot_come_back_and_its_file_can_be_brought_again(stage: Stage) -> None:
    first, second = stage([RUSDI], publish=True), stage([AMINAH], publish=True)
    purge(DAYS + 1)
    for step in (publish_list, restore_list, withdraw_list):
        with pytest.raises(ListCannotMove, match=str(first.list_id)):
            step(first.list_id or 0, actor="test")
    assert [one.id for one in list_past_recall(second.list_id or 0)] == [first.list_id]
    withdraw_list(second.list_id or 0, actor="test")
    assert get(first.list_id).state == "purged"
    again = stage([RUSDI], publish=True)
    assert (again.is_known, get(again.list_id).state) == (False, "published")


def test_only_the_people_of_what_is_due_go(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 3)
    old = stage([somebody(number) for number in range(1, 60)], publish=True)
    new = stage([somebody(number) for number in range(30, 90)], publish=True)
    csr = stage([somebody(number) for number in range(1, 20)], funding="csr", publish=True)
    heard: list[int] = []
    purged = purge_lists(later(DAYS + 1), actor="test", progress=heard.append)
    assert [one.id for one in purged] == [old.list_id]
    assert [people_of(one.list_id) for one in (old, new, csr)] == [0, 60, 19]
    assert (len(heard), heard[-1], heard == sorted(heard)) == (64, 100, True)
    with registry_engine().connect() as connection:
        assert set(connection.execute(select(village_counts.c.list_id)).scalars()) == {
            new.list_id,
            csr.list_id,
        }


@pytest.mark.parametrize("number", [1, 2, 64, 256, 512, 1 << 16])
def test_the_parts_of_a_purge_hold_every_digest_once(stage: Stage, number: int) -> None:
    stage([somebody(number) for number in range(1, 120)])
    parts = list(retention._parts(number))
    seen = len(parts)
    with registry_engine().connect() as connection:
        found = [
            connection.execute(select(func.count()).select_from(enrolments).where(part)).scalar_one()
            for part in (parts if number < 1000 else parts[:: number // 64])
        ]
    assert (seen, sum(found) == 119 or number > 1000) == (number, True)


def test_a_purge_waits_with_its_end_while_keys_are_changed(stage: Stage) -> None:
    first = stage([RUSDI], publish=True)
    stage([AMINAH], publish=True)
    with registry_engine().begin() as connection:
        connection.execute(
            update(registry_state).values(rekeying_from=1, rekeyed_to=bytes(16), key_version=1)
        )
    (half,) = purge_lists(later(DAYS + 1), actor="test")
    assert (half.state, half.purged_at) == ("purged", "")
    with registry_engine().begin() as connection:
        connection.execute(update(registry_state).values(rekeying_from=None, rekeyed_to=None))
    assert [one.id for one in list_due(later(0))] == [first.list_id]
    assert [bool(one.purged_at) for one in purge_lists(later(0), actor="test")] == [True]


def test_purging_is_in_the_trail_once_with_who_did_it(stage: Stage, registry: Flask) -> None:
    first = stage([RUSDI])
    purge_daily(db.session, later(DAYS + 1))
    query = select(AuditEntry.subject, AuditEntry.actor_id, AuditEntry.details)
    (row,) = db.session.execute(query.where(AuditEntry.action == "list.purged")).all()
    details = json.loads(row.details)
    assert (row.subject, row.actor_id) == (f"list:{first.list_id}", None)
    assert (details["by"], details["people"]) == ("worker", 1)


def test_the_worker_purges_every_day(registry: Flask) -> None:
    from portal.core.jobs import list_chores

    assert {one.name: one.every for one in list_chores()}["registry.purge"] == timedelta(days=1)


def test_deleted_rows_are_not_left_in_the_file(stage: Stage, urls: Urls) -> None:
    stage([RUSDI])
    with registry_engine().connect() as connection:
        digest = connection.execute(select(enrolments.c.nik_digest)).scalar_one()
    purge(DAYS + 1)
    registry_engine().dispose()
    path = Path(urls.registry.removeprefix("sqlite:///"))
    files = [path, path.with_name(path.name + "-wal")] if registry_engine().dialect.name == "sqlite" else []
    assert all(digest not in file.read_bytes() for file in files if file.exists())


def test_reports_on_files_that_became_no_list_go_after_the_same_time(registry: Flask) -> None:
    values = {"form_token": "a", "account_id": 1, "state": "held", "program": "p", "funding_source": "csr"}
    values |= {"first_month": 1, "last_month": 1, "file_size": 1, "file_format": "csv", "sha256": "a" * 64}
    values |= {"created_at": later(0), "changed_at": later(0), "report": "{}"}
    with registry_engine().begin() as connection:
        connection.execute(uploads.insert().values(values))
    left = []
    for days in (DAYS - 1, DAYS + 1):
        purge(days)
        with registry_engine().connect() as connection:
            left.append(connection.execute(select(uploads.c.report)).scalar_one())
    assert left == ["{}", None]


@pytest.fixture
def run(registry: Flask) -> Callable[..., Result]:
    """`portal registry`, on lists that became old overnight."""

    def command(*arguments: str) -> Result:
        return registry.test_cli_runner().invoke(commands, arguments)

    return command


def test_the_command_tells_first_and_purges_then(stage: Stage, run: Callable[..., Result]) -> None:
    report = stage([RUSDI])
    assert "90" in run("purge").stderr
    with registry_engine().begin() as connection:
        connection.execute(update(enrolment_lists).values(staged_at=later(-91)))
    told = run("purge", "--dry-run", "--json")
    (one,) = json.loads(told.stdout)
    assert (told.exit_code, one["id"], one["state"], one["purged_at"]) == (0, report.list_id, "staged", None)
    assert one["kept_until"] < datetime.now(UTC).isoformat()
    assert people_of(report.list_id) == 1
    done = run("purge", "--json")
    assert (done.exit_code, json.loads(done.stdout)[0]["state"]) == (0, "purged")
    assert people_of(report.list_id) == 0
    assert json.loads(run("lists", "--json").stdout)[0]["kept_until"] is None


def test_restoring_and_publishing_from_the_terminal(stage: Stage, run: Callable[..., Result]) -> None:
    first, second = stage([RUSDI], publish=True), stage([AMINAH], publish=True)
    refused = run("publish", str(first.list_id))
    assert isinstance(refused.exception, ListCannotMove)
    assert run("restore", str(first.list_id)).exit_code == 0
    assert (get(first.list_id).state, get(second.list_id).superseded_by) == ("published", first.list_id)
    # Once more, as after a crash that left it unclear whether it was done.
    assert run("restore", str(first.list_id)).exit_code == 0
    assert run("withdraw", str(first.list_id)).exit_code == 0
    assert get(second.list_id).state == "published"
    staged = stage([somebody(7)])
    assert isinstance(run("restore", str(staged.list_id)).exception, ListCannotMove)
