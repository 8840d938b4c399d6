"""Records one by one: what publishing reads, judges, writes and removes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.opendata.records import PackageRecords
from portal.opendata.state import stored_rows
from portal.opendata.tables import TABLES, PackageTable
from portal.opendata.values import write
from portal.publishing.records import Reference, StillCited

RECORDS = PackageRecords()
POST = {
    "region_code": "64.03",
    "kind": "program",
    "title_id": "Judul",
    "title_en": "Title",
    "body_id": "Isi",
    "body_en": "Text",
    "source_ids": "S01",
}


@pytest.fixture
def session(content: Flask) -> Iterator[Session]:
    with content.app_context():
        yield db.session()
        db.session.rollback()


def _first(session: Session, table: PackageTable) -> str:
    return next(iter(stored_rows(session, table)))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_cells_are_what_the_package_writes_and_storing_them_again_changes_nothing(
    session: Session, table: PackageTable
) -> None:
    for record_id, row in list(stored_rows(session, table).items())[:5]:
        cells = RECORDS.cells(session, table.name, record_id)
        assert cells == {name: write(row[name]) for name in table.names}
        assert RECORDS.problems(session, table.name, record_id, cells) == []
        assert RECORDS.write(session, table.name, record_id, cells) == []


def test_a_changed_cell_and_changed_sources_are_told_with_old_and_new(session: Session) -> None:
    cells = RECORDS.cells(session, "claims", _first(session, _table("claims")))
    assert cells is not None
    other = next(one for one in stored_rows(session, _table("sources")) if one not in cells["source_ids"])
    changes = RECORDS.write(session, "claims", cells["id"], {**cells, "value": "7", "source_ids": other})
    assert [(one.column, one.old, one.new) for one in changes] == [
        ("value", cells["value"], "7"),
        ("source_ids", cells["source_ids"], other),
    ]


def _table(name: str) -> PackageTable:
    return next(table for table in TABLES if table.name == name)


def test_a_new_record_comes_last_and_nothing_counts_as_changed(session: Session) -> None:
    source = _first(session, _table("sources"))
    cells = {**POST, "id": "berau-judul", "source_ids": source}
    assert RECORDS.write(session, "news", "berau-judul", cells) == []
    assert list(stored_rows(session, _table("news")))[-1] == "berau-judul"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("region_code", "99.99"),
        ("source_ids", "no-such-source"),
        ("source_ids", ""),
        ("program_id", "nowhere"),
        ("kind", "rumour"),
        ("published_on", "yesterday"),
        ("title_id", ""),
        ("body_en", "\x00"),
    ],
)
def test_a_cell_that_cannot_be_stored_is_named_with_its_column(
    session: Session, column: str, text: str
) -> None:
    cells = {**POST, "source_ids": _first(session, _table("sources")), "id": "x", column: text}
    assert {one.column for one in RECORDS.problems(session, "news", "x", cells)} == {column}


def test_a_source_that_is_cited_cannot_be_removed_and_names_what_cites_it(session: Session) -> None:
    source, citing = next(
        (source, row["id"])
        for row in stored_rows(session, _table("claims")).values()
        for source in row["source_ids"]
    )
    with pytest.raises(StillCited) as refused:
        RECORDS.remove(session, "sources", source)
    assert Reference("claims", citing) in refused.value.by
    assert RECORDS.cells(session, "sources", source) is not None


def test_a_post_can_be_removed_with_its_links(session: Session) -> None:
    post = _first(session, _table("news"))
    RECORDS.remove(session, "news", post)
    assert RECORDS.cells(session, "news", post) is None


def test_statements_belong_to_the_region_of_their_programme(session: Session) -> None:
    statement = next(
        row for row in stored_rows(session, _table("statements")).values() if "berau" in row["commitment_id"]
    )
    assert RECORDS.region(session, "statements", {"commitment_id": statement["commitment_id"]}) == "64.03"
    assert RECORDS.region(session, "statements", {"commitment_id": "nowhere"}) is None


def test_a_new_id_is_taken_from_the_words_and_never_one_that_exists(session: Session) -> None:
    first = RECORDS.new_id(session, "news", {"title_id": "Pekerja Rentan!"}, "64.03")
    source = _first(session, _table("sources"))
    RECORDS.write(session, "news", first, {**POST, "id": first, "source_ids": source})
    assert first == "berau-pekerja-rentan"
    assert RECORDS.new_id(session, "news", {"title_id": "Pekerja Rentan!"}, "64.03") == f"{first}-2"


@pytest.mark.parametrize(
    ("kind", "before", "after", "changed"),
    [
        ("statements", {"workers": "4465"}, {"workers": "4466"}, True),
        ("statements", {"workers_qualifier": "exact"}, {"workers_qualifier": "about"}, True),
        ("statements", {"note": "a"}, {"note": "b 2025"}, False),
        ("news", {"body_id": "ada 12 orang"}, {"body_id": "12 orang ada"}, False),
        ("news", {"body_id": "ada 12 orang"}, {"body_id": "ada 13 orang"}, True),
        ("news", {"body_id": "[[claims:a:value]]"}, {"body_id": "[[claims:b:value]]"}, True),
        ("news", {"title_id": "a"}, {"title_id": "b"}, False),
    ],
)
def test_whether_figures_changed_is_judged_by_what_readers_see(
    kind: str, before: dict[str, str], after: dict[str, str], changed: bool
) -> None:
    assert RECORDS.figures_changed(kind, before, after) is changed


def test_marks_point_out_what_lacks_a_source_or_a_translation() -> None:
    assert RECORDS.marks("news", {"title_id": "a", "title_en": ""}) == ("no_source", "untranslated")
    assert RECORDS.marks("measures", {"text_id": "a", "text_en": "b", "source_ids": "S"}) == ()
