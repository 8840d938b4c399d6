"""What a data package brings is known to the desk."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select, update

from portal.extensions import db
from portal.opendata.adoption import adopt_records
from portal.opendata.records import PackageRecords
from portal.opendata.services import load_package
from portal.opendata.tables import TABLES
from portal.publishing import queries
from portal.publishing.models import Item
from portal.publishing.services.moving import add_revision
from tests.opendata.conftest import Package


def test_every_published_record_has_one_item_in_the_region_it_belongs_to(content: Flask) -> None:
    with content.app_context():
        for table in TABLES:
            query = select(func.count()).select_from(Item).where(Item.kind == table.name, Item.live == "yes")
            stored = db.session.execute(select(func.count()).select_from(table.stored)).scalar_one()
            assert db.session.execute(query).scalar_one() == stored, table.name
        item = queries.find_item_of(db.session, "programs", "berau-pekerja-rentan")
        assert item is not None
        assert (item.region_code, item.state, item.live_number) == ("64.03", "published", None)


def test_adopting_again_adds_nothing(content: Flask) -> None:
    with content.app_context():
        assert adopt_records(db.session()) == 0


def test_a_newer_package_leaves_a_revision_where_the_desk_keeps_a_history(
    content: Flask, package: Package
) -> None:
    with content.app_context():
        session = db.session()
        item = queries.find_item_of(session, "programs", "berau-pekerja-rentan")
        assert item is not None
        add_revision(session, item.id, "loaded", {"id": item.record_id}, None)
        session.execute(update(Item).where(Item.id == item.id).values(live_number=1))
        session.commit()
        row = [cells[0] for cells in package.rows("programs")].index("berau-pekerja-rentan")
        package.set("programs", row, "name_id", "Nama baru")
        load_package(session, package.folder)
        found = queries.find_item(session, item.id)
        history = queries.list_revisions(session, item.id)
        assert found is not None
        assert (found.title, found.live_number) == ("Nama baru", 2)
        assert (history[0].event, history[0].cells["name_id"]) == ("loaded", "Nama baru")


def test_a_package_that_brings_a_withdrawn_record_again_has_it_published(
    content: Flask, package: Package
) -> None:
    with content.app_context():
        session = db.session()
        item = queries.find_item_of(session, "news", package.rows("news")[1][0])
        assert item is not None
        PackageRecords().remove(session, "news", item.record_id)
        session.execute(
            update(Item).where(Item.id == item.id).values(live="withdrawn", withdrawn_at=item.created_at)
        )
        session.commit()
        load_package(session, package.folder)
        found = queries.find_item(session, item.id)
        assert found is not None
        assert (found.live, found.state, found.withdrawn_at) == ("yes", "published", None)
