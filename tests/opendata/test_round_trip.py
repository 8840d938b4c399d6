"""Whatever valid package goes in comes out as the same bytes, and goes in again as the same state."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from portal.core.database import ContentBase
from portal.extensions import db
from portal.opendata.csvtext import BrokenRecord, records
from portal.opendata.export import export_package, package_files
from portal.opendata.services import load_package
from portal.opendata.state import stored_rows
from portal.opendata.tables import TABLES
from tests.opendata.packages import Written, packages

KEPT = {"regions", "districts", "villages", "populations", "tiles", "area_editions", "content_version"}
KEPT |= {"contribution_rates", "benefit_rules", "audit_head", "audit_entries"}


def _empty() -> None:
    for table in reversed(ContentBase.metadata.sorted_tables):
        if table.name not in KEPT:
            db.session.execute(delete(table))
    db.session.commit()


def _load(written: Written) -> None:
    with tempfile.TemporaryDirectory() as folder:
        load_package(db.session(), written.save(Path(folder) / "package"))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(written=packages())
def test_a_loaded_package_is_exported_byte_for_byte(app_context: Flask, written: Written) -> None:
    _empty()
    _load(written)
    assert package_files(db.session()) == written.files


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=packages(), second=packages())
def test_an_export_after_two_loads_brings_back_the_same_state(
    app_context: Flask, first: Written, second: Written
) -> None:
    _empty()
    _load(first)
    _load(second)
    state = {table.name: stored_rows(db.session(), table) for table in TABLES}
    files = package_files(db.session())
    with tempfile.TemporaryDirectory() as folder:
        export_package(db.session(), Path(folder) / "out")
        _empty()
        load_package(db.session(), Path(folder) / "out")
    assert {table.name: stored_rows(db.session(), table) for table in TABLES} == _renumbered(state)
    assert package_files(db.session()) == files


def _renumbered(state: dict[str, dict[str, dict[str, object]]]) -> dict[str, dict[str, dict[str, object]]]:
    """Places counted from 1, as a fresh load gives them."""
    return {
        name: {identity: {**row, "sequence": place} for place, (identity, row) in enumerate(rows.items(), 1)}
        for name, rows in state.items()
    }


@given(st.text(st.sampled_from('a",\r\n\ufeff '), max_size=40))
@example('"a\nb",c\r\n\r\nd')
def test_records_put_together_are_the_text_and_their_lines_those_of_the_file(text: str) -> None:
    found = []
    with suppress(BrokenRecord):
        found.extend(records(text))
        assert "".join(record.raw for record in found) == text.removeprefix("\ufeff")
    lines = text.removeprefix("\ufeff").split("\n")
    assert all(record.raw.startswith(lines[record.line - 1]) for record in found)
