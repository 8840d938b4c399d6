"""Entries of the audit trail: noted by services, written with their transaction, chained, only added to."""

from __future__ import annotations

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.core.audit import record
from portal.extensions import db
from portal.publishing.audit.models import AuditEntry, AuditHead


def numbers() -> list[int]:
    return list(db.session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)))


def note(times: int = 1) -> None:
    for turn in range(times):
        record(db.session, None, "draft.saved", f"item:{turn}", {"fields": "title;body", "version": turn})


def test_an_entry_is_written_with_the_transaction(app_context: Flask) -> None:
    note()
    assert numbers() == []
    db.session.commit()
    assert numbers() == [1]


def test_a_transaction_that_rolls_back_leaves_no_entry(app_context: Flask) -> None:
    note()
    db.session.rollback()
    note()
    db.session.commit()
    assert numbers() == [1]


def test_an_entry_noted_before_a_savepoint_outlives_its_rollback(app_context: Flask) -> None:
    db.session.execute(text("SELECT 1"))
    note()
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(text("UPDATE audit_head SET count = -1"))
    db.session.commit()
    assert numbers() == [1]


def test_each_entry_names_the_hash_of_the_one_before(app_context: Flask) -> None:
    note(3)
    db.session.commit()
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    head = db.session.get_one(AuditHead, 1)
    assert [row.previous_hash for row in rows] == ["", rows[0].hash, rows[1].hash]
    assert (head.count, head.hash) == (3, rows[2].hash)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET action = 'x' WHERE number = 1",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET count = 0",
    ],
)
def test_the_database_refuses_to_change_what_is_written(app_context: Flask, statement: str) -> None:
    note(2)
    db.session.commit()
    with pytest.raises(DatabaseError, match="only added to"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert numbers() == [1, 2]


@pytest.mark.parametrize(
    ("action", "subject", "details"),
    [
        ("Typed by somebody", "item:1", {}),
        ("draft.saved", "", {}),
        ("draft.saved", "item:1", {"body": "two\nlines"}),
        ("draft.saved", "item:1", {"body": "x" * 1001}),
        ("draft.saved", "item:1", {"A name": 1}),
    ],
)
def test_what_somebody_typed_is_not_taken(
    app_context: Flask, action: str, subject: str, details: dict[str, str | int | bool | None]
) -> None:
    with pytest.raises(ValueError, match="audit trail"):
        record(db.session, None, action, subject, details)


def test_writers_at_the_same_moment_make_one_dense_chain(app: Flask) -> None:
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with app.app_context():
                for _turn in range(10):
                    note()
                    db.session.commit()
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=write) for _writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert not failures
        assert numbers() == list(range(1, 81))
