"""Loading again: the same, a newer, a smaller package."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal.core.content_version import current_number
from portal.evidence.models import Claim, Source
from portal.extensions import db
from portal.funding.models import Statement, StatementSource
from portal.opendata.export import package_files
from portal.opendata.models import DataPackage
from portal.opendata.services import LoadReport, load_once, load_package
from portal.programs.models import Program
from portal.publishing.models import Correction
from tests.opendata.conftest import STARTER, Package


def _load(package: Package, **options: Any) -> LoadReport:
    return load_package(db.session(), package.folder, **options)


def _corrections() -> list[tuple[str, str, str, str | None, str | None, str]]:
    one = Correction
    query = select(one.subject, one.subject_id, one.field, one.old_value, one.new_value, one.reason)
    return [tuple(row) for row in db.session.execute(query.order_by(one.id))]


def _count(model: Any) -> int:
    return int(db.session.execute(select(func.count()).select_from(model)).scalar_one())


def test_the_same_package_again_changes_nothing(content: Flask, app_context: Flask) -> None:
    before = current_number(db.session)
    report = load_package(db.session(), STARTER)
    assert not report.changed
    assert (current_number(db.session), _count(DataPackage), _count(Correction)) == (before, 1, 0)


def test_a_publication_is_counted_once_for_a_load(package: Package, app_context: Flask) -> None:
    before = current_number(db.session)
    _load(package)
    db.session.rollback()
    assert current_number(db.session) == before + 1


def test_checking_only_changes_nothing(package: Package, content: Flask, app_context: Flask) -> None:
    before = package_files(db.session())
    package.set("claims", 1, "value", "15001")
    report = _load(package, check=True)
    assert report.changed
    assert package_files(db.session()) == before


def test_a_newer_package_updates_by_id_and_notes_every_changed_cell(
    package: Package, content: Flask, app_context: Flask
) -> None:
    package.describe(lambda content: content.update(name="second-edition"))
    package.set("claims", 1, "value", "15500")
    package.set("statements", 1, "note", "seen again")
    package.set("statements", 4, "source_ids", "fokusborneo-berau-2025")
    _load(package)
    before = "fokusborneo-berau-2025;prokopim-berau-2025;newscakrawala-berau-2025"
    why = "second-edition"
    assert _corrections() == [
        ("statements", "berau-2025-apbd-1", "note", None, "seen again", why),
        ("statements", "berau-2025-dbh-sawit-1", "source_ids", before, "fokusborneo-berau-2025", why),
        ("claims", "k-berau-1", "value", "15000", "15500", why),
    ]
    assert db.session.get_one(Claim, "k-berau-1").value == "15500"
    links = select(StatementSource.source_id).where(StatementSource.statement_id == "berau-2025-dbh-sawit-1")
    assert db.session.execute(links).scalars().all() == ["fokusborneo-berau-2025"]


def test_rows_absent_from_a_newer_package_stay_and_are_reported(
    package: Package, content: Flask, app_context: Flask
) -> None:
    rows = package.rows("claims")
    package.keep("claims", {row[0] for row in rows[1:4]})
    report = _load(package)
    claims = next(table for table in report.tables if table.name == "claims")
    assert len(claims.absent) == 62
    assert _count(Claim) == 65


def test_a_package_with_one_table_may_point_at_what_is_published(
    package: Package, content: Flask, app_context: Flask
) -> None:
    package.only("claims")
    header, first, *_rest = package.rows("claims")
    package.write("claims", [header, ["k-new", *first[1:]]])
    _load(package)
    assert db.session.get_one(Claim, "k-new").program_id == first[1]
    exported = package_files(db.session())
    assert exported["datapackage.json"] == (STARTER / "datapackage.json").read_bytes()
    before = (STARTER / "claims.csv").read_bytes()
    assert exported["claims.csv"] == before + ",".join(["k-new", *first[1:]]).encode() + b"\r\n"


def test_resources_in_any_order_are_loaded_in_the_order_they_depend_on_each_other(
    package: Package, app_context: Flask
) -> None:
    package.describe(lambda content: content["resources"].reverse())
    _load(package)
    assert package_files(db.session())["news.csv"] == package.file("news").read_bytes()
    assert list(package_files(db.session())) == [
        "datapackage.json",
        *(
            f"{name}.csv"
            for name in "news awards measures claims statements commitments programs regulations sources".split()
        ),
    ]


def test_a_whole_package_in_another_order_moves_the_rows(
    package: Package, content: Flask, app_context: Flask
) -> None:
    header, *rows = package.rows("programs")
    package.write("programs", [header, *reversed(rows)])
    _load(package)
    order = db.session.execute(select(Program.id).order_by(Program.sequence)).scalars().all()
    assert list(order) == [row[0] for row in reversed(rows)]
    assert _corrections() == []


def test_amounts_stay_whole_numbers_and_percentages_keep_their_digits(
    content: Flask, app_context: Flask
) -> None:
    amounts = db.session.execute(
        select(Statement.amount_idr).where(Statement.amount_idr.is_not(None))
    ).scalars()
    assert all(type(amount) is int for amount in amounts)
    values = db.session.execute(select(Claim.value).where(Claim.metric == "coverage_percent")).scalars().all()
    written = [row[3] for row in Package(STARTER).rows("claims") if row[2] == "coverage_percent"]
    assert sorted(values) == sorted(written)


def test_setting_up_again_does_not_bring_old_figures_back(
    package: Package, content: Flask, app_context: Flask
) -> None:
    package.set("claims", 1, "value", "15500")
    _load(package)
    assert load_once(db.session(), STARTER) is None
    assert db.session.get_one(Claim, "k-berau-1").value == "15500"
    assert load_package(db.session(), STARTER).changed
    assert db.session.get_one(Source, "aksaraloka-kalbar-2025").kind == "press"
