"""`portal audit verify` finds any edit, removal, insertion and reorder, past the triggers of the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from portal.core.audit import record
from portal.extensions import db
from portal.publishing.audit.anchors import FILE
from portal.publishing.audit.cli import audit
from portal.publishing.audit.services import anchor, check_trail
from portal.settings import read_settings
from tests.support.databases import Urls, environment

COPY = "INSERT INTO audit_entries SELECT {}, at, actor_id, action, subject, details, previous_hash, hash "
FORMER = "test-secret-key-that-is-long-enough"
OTHER = "another-secret-key-that-is-long-enough"


@pytest.fixture
def trail(app_context: Flask) -> Flask:
    """Six entries, and a database that lets everything be changed."""
    write(6)
    for table in ("audit_entries", "audit_head"):
        if db.engine.dialect.name == "postgresql":
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            continue
        for event in ("update", "delete"):
            run(f"DROP TRIGGER {table}_{event}")
    return app_context


def write(times: int) -> None:
    for turn in range(times):
        record(db.session, None, "draft.saved", f"item:{turn}", {"version": turn, "fields": "title;body"})
        db.session.commit()


def run(*statements: str) -> None:
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


def fault() -> str:
    return check_trail(db.session).fault


def swap(one: int, other: int) -> tuple[str, ...]:
    move = "UPDATE audit_entries SET number = {} WHERE number = {}"
    return (move.format(99, one), move.format(one, other), move.format(other, 99))


def test_a_trail_nobody_touched_is_whole(trail: Flask) -> None:
    verdict = check_trail(db.session)
    assert (verdict.count, verdict.fault) == (6, "")


def test_a_new_portal_has_a_whole_empty_trail(app_context: Flask) -> None:
    assert check_trail(db.session).count == 0
    assert fault() == ""


@pytest.mark.parametrize(
    ("statements", "first_wrong"),
    [
        (("UPDATE audit_entries SET subject = 'item:77' WHERE number = 3",), 3),
        (("UPDATE audit_entries SET action = 'draft.other' WHERE number = 1",), 1),
        (("UPDATE audit_entries SET details = '{}' WHERE number = 6",), 6),
        (("UPDATE audit_entries SET at = '2020-01-01 00:00:00' WHERE number = 2",), 2),
        (("UPDATE audit_entries SET hash = previous_hash WHERE number = 4",), 4),
        (("DELETE FROM audit_entries WHERE number = 3",), 3),
        (("DELETE FROM audit_entries WHERE number = 1",), 1),
        (("DELETE FROM audit_entries WHERE number = 6",), 6),
        (("DELETE FROM audit_entries WHERE number > 3",), 4),
        (("DELETE FROM audit_entries",), 1),
        (swap(2, 5), 2),
        (swap(5, 6), 5),
        ((COPY.format(7) + "FROM audit_entries WHERE number = 6",), 7),
        (
            (
                "DELETE FROM audit_entries WHERE number = 3",
                "UPDATE audit_entries SET number = 3 WHERE number = 4",
                "UPDATE audit_entries SET number = 4 WHERE number = 5",
            ),
            3,
        ),
    ],
)
def test_the_first_wrong_entry_is_named(trail: Flask, statements: tuple[str, ...], first_wrong: int) -> None:
    run(*statements)
    assert f" {first_wrong} " in fault()


@pytest.mark.parametrize(
    "statements",
    [
        (
            "DELETE FROM audit_entries WHERE number > 4",
            "UPDATE audit_head SET count = 4, hash = (SELECT hash FROM audit_entries WHERE number = 4)",
        ),
        ("UPDATE audit_head SET seal = ''",),
        ("DELETE FROM audit_head",),
    ],
)
def test_a_head_that_was_changed_is_found(trail: Flask, statements: tuple[str, ...]) -> None:
    run(*statements)
    assert fault() != ""


def test_a_tail_that_was_cut_off_stays_found_when_new_entries_are_written(trail: Flask) -> None:
    run(
        "DELETE FROM audit_entries WHERE number > 4",
        "UPDATE audit_head SET count = 4, hash = (SELECT hash FROM audit_entries WHERE number = 4)",
    )
    write(3)
    assert "7" in fault()


def test_an_older_database_is_found_by_the_anchor_file(trail: Flask) -> None:
    anchor(db.session, datetime.now(UTC))
    run("DELETE FROM audit_entries", "UPDATE audit_head SET count = 0, hash = '', seal = ''")
    assert " 1 " in fault()
    write(8)
    assert "jangkar" in fault()


def test_anchors_of_a_trail_that_goes_on_hold(trail: Flask) -> None:
    for _turn in range(3):
        anchor(db.session, datetime.now(UTC))
        write(1)
    lines = (Path(trail.config["PORTAL_SETTINGS"].instance) / FILE).read_text().splitlines()
    assert [line.split()[1] for line in lines] == ["6", "7", "8"]
    assert fault() == ""


def test_a_broken_trail_is_not_anchored(trail: Flask) -> None:
    run("UPDATE audit_head SET seal = 'x'")
    anchor(db.session, datetime.now(UTC))
    assert not (Path(trail.config["PORTAL_SETTINGS"].instance) / FILE).exists()


def test_the_command_says_whole_or_names_the_entry(trail: Flask) -> None:
    runner: FlaskCliRunner = trail.test_cli_runner()

    whole = runner.invoke(audit, ["verify"])
    run("UPDATE audit_entries SET subject = 'item:77' WHERE number = 3")
    broken = runner.invoke(audit, ["verify"])
    assert (whole.exit_code, broken.exit_code) == (0, 1)
    assert " 3 " in broken.output


def use_key(app: Flask, urls: Urls, key: str) -> None:
    settings = app.config["PORTAL_SETTINGS"]
    named = environment(settings.instance, urls) | {"PORTAL_SECRET_KEY": key}
    app.config["PORTAL_SETTINGS"] = read_settings(named)


def test_a_new_key_vouches_for_the_entries_of_the_former_one(
    trail: Flask, urls: Urls, tmp_path: Path
) -> None:

    use_key(trail, urls, OTHER)
    write(2)
    assert "rekey" in fault()
    file = tmp_path / "former"
    file.write_text(FORMER + "\n")
    done = trail.test_cli_runner().invoke(audit, ["rekey", "--former", str(file)])
    assert (done.exit_code, fault()) == (0, "")
    write(2)
    assert check_trail(db.session).count == 11
    run("UPDATE audit_entries SET subject = 'item:77' WHERE number = 3")
    assert fault() != ""


def test_a_new_key_does_not_vouch_for_a_broken_trail(trail: Flask, urls: Urls, tmp_path: Path) -> None:

    run("UPDATE audit_entries SET subject = 'item:77' WHERE number = 3")
    use_key(trail, urls, OTHER)
    file = tmp_path / "former"
    file.write_text(FORMER)
    refused = trail.test_cli_runner().invoke(audit, ["rekey", "--former", str(file)])
    assert refused.exit_code != 0
    assert " 3 " in str(refused.exception)
