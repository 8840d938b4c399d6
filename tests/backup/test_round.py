"""What is backed up comes back: here, elsewhere, and on the other kind of database."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert, inspect, select, text, update

from portal.accounts.models import SignInBrake
from portal.backup.selection import LEFT_OUT, METADATA, columns_of
from portal.backup.services.restoring import restore_backup
from portal.backup.services.saving import write_backup
from portal.core.content_version import current_number
from portal.core.revisions import newest_revisions
from portal.evidence.models import Source
from portal.extensions import db
from portal.publishing.audit.services import check_trail
from portal.registry.models import registry_state, uploads
from portal.registry.services.checking import check_cover
from portal.registry.services.keys import known_ring, provide_next_key, registry_engine
from portal.registry.services.publication import publish_list, withdraw_list
from portal.registry.services.rotation import rotate
from portal.settings import Settings
from tests.backup.conftest import Elsewhere, Stage, rows
from tests.backup.spoiling import aged
from tests.conftest import build_app, close_app
from tests.registry.keys.conftest import key_file as key_file
from tests.registry.people import AMINAH, RUSDI, STRANGER
from tests.support.databases import Urls, environment, run_portal


def test_an_empty_portal_elsewhere_becomes_the_one_backed_up(
    filled: Flask, urls: Urls, file: Path, elsewhere: Elsewhere
) -> None:
    told = run_portal("restore", str(file), env=elsewhere.env)
    assert (rows(elsewhere.urls), "Traceback" in told.stderr) == (rows(urls), False)
    app = build_app(elsewhere.instance, elsewhere.urls)
    with app.app_context():
        assert bool(check_cover(RUSDI.nik, RUSDI.name, ""))
        assert not check_cover(STRANGER.nik, STRANGER.name, "")
        visitor = app.test_client()
        assert "Berau" in visitor.get("/wilayah/berau").text
        assert visitor.get("/cari?q=berau").text.count("/wilayah/berau") > 0
        assert check_trail(db.session).fault is None or not check_trail(db.session).fault
    close_app(app)


def test_what_changed_since_is_undone_and_kept_pages_are_made_anew(
    filled: Flask, urls: Urls, file: Path, settings: Settings, stage: Stage
) -> None:
    before = rows(urls)
    visitor = filled.test_client()
    page = visitor.get("/sumber").text
    number = current_number(db.session)
    db.session.execute(update(Source).values(publisher="Somebody else entirely"))
    db.session.commit()
    withdraw_list(2, actor="test")
    stage([AMINAH], funding="csr", publish=True)
    assert check_cover(AMINAH.nik, AMINAH.name, "")
    db.session.remove()
    restore_backup(settings, file, force=True)
    assert rows(urls) == before
    assert current_number(db.session) > number
    assert visitor.get("/sumber").text == page
    assert (bool(check_cover(RUSDI.nik, RUSDI.name, "")), check_cover(AMINAH.nik, AMINAH.name, "")) == (
        True,
        (),
    )


def test_numbers_go_on_after_the_highest_that_was_restored(
    filled: Flask, file: Path, settings: Settings, stage: Stage
) -> None:
    db.session.remove()
    restore_backup(settings, file, force=True)
    assert stage([AMINAH], funding="csr", publish=True).list_id == 3
    publish_list(stage([STRANGER], funding="donation").list_id or 0, actor="test")
    assert check_cover(STRANGER.nik, STRANGER.name, "")


def test_the_databases_guard_the_audit_trail_after_a_restore_as_before(
    filled: Flask, file: Path, settings: Settings
) -> None:
    db.session.remove()
    restore_backup(settings, file, force=True)
    for table in ("audit_entries", "audit_head"):
        with pytest.raises(Exception, match="only added to"):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.session.rollback()
    told = db.session.execute(text("SELECT action FROM audit_entries ORDER BY number DESC")).scalars().first()
    assert told == "backup.restored"


def test_a_backup_taken_while_others_write_is_of_one_moment(
    filled: Flask, urls: Urls, settings: Settings, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    begun, over = threading.Event(), threading.Event()

    def write() -> None:
        engine = create_engine(urls.content)
        number = 0
        while not over.is_set():
            number += 1
            with engine.begin() as connection:
                connection.execute(update(Source).values(publisher=f"writer {number}"))
            begun.set()
        engine.dispose()

    db.session.remove()
    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(60)
        for one in range(3):
            write_backup(settings, tmp_path / f"{one}.backup")
    finally:
        over.set()
        writer.join()
    for one in range(3):
        run_portal("restore", "--force", str(tmp_path / f"{one}.backup"), env=elsewhere.env)
        engine = create_engine(elsewhere.urls.content)
        with engine.connect() as connection:
            assert len(set(connection.execute(select(Source.publisher)).scalars())) == 1
        engine.dispose()


def test_a_backup_goes_from_one_kind_of_database_to_the_other_and_back(
    filled: Flask, urls: Urls, file: Path, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    target = Urls(*(f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("content", "registry")))
    env = environment(tmp_path / "other", target)
    run_portal("restore", str(file), env=env)
    assert rows(target) == rows(urls)
    run_portal("backup", str(tmp_path / "second"), env=env)
    run_portal("restore", str(tmp_path / "second"), env=elsewhere.env)
    assert rows(elsewhere.urls) == rows(urls)


def test_an_older_backup_is_brought_to_this_version(
    filled: Flask, urls: Urls, file: Path, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    older = aged(file, tmp_path / "older", {"content": "0014", "registry": "0005"})
    run_portal("restore", str(older), env=elsewhere.env)
    found, expected = rows(elsewhere.urls), rows(urls)
    later = {name for name in expected if name.startswith("published_") or name == "region_settings"}
    assert {name: found[name] for name in found.keys() - later} == {
        name: expected[name] for name in expected.keys() - later
    }
    for name, url in (("content", elsewhere.urls.content), ("registry", elsewhere.urls.registry)):
        engine = create_engine(url)
        with engine.connect() as connection:
            told = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
        engine.dispose()
        assert told == newest_revisions(name)


def test_nobody_stays_signed_in_and_no_address_stays_slowed_down(
    filled: Flask, settings: Settings, tmp_path: Path
) -> None:
    db.session.execute(insert(SignInBrake).values(subject="s" * 64, failures=9, free_at=2**40, seen_at=2**40))
    db.session.commit()
    check_cover(STRANGER.nik, "Nobody", "192.0.2.1")
    write_backup(settings, tmp_path / "a.backup")
    db.session.remove()
    restore_backup(settings, tmp_path / "a.backup", force=True)
    for name, url in (("content", settings.database_url), ("registry", settings.registry_url)):
        engine = create_engine(url)
        with engine.connect() as connection:
            present = set(inspect(connection).get_table_names()) & LEFT_OUT
            left = {
                table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in present - {"search_documents", "search_words"}
            }
        engine.dispose()
        assert left
        assert set(left.values()) == {0}, (name, left)


def test_an_upload_whose_file_is_not_here_is_over(filled: Flask, settings: Settings, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    row = {"form_token": "t", "account_id": 1, "state": "received", "created_at": now, "changed_at": now}
    row |= {"program": "p", "funding_source": "csr", "first_month": 1, "last_month": 2, "spool": "gone.list"}
    row |= {"file_size": 1, "file_format": "csv", "sha256": "0" * 64}
    with registry_engine().begin() as connection:
        connection.execute(insert(uploads).values(row))
    write_backup(settings, tmp_path / "a.backup")
    db.session.remove()
    restore_backup(settings, tmp_path / "a.backup", force=True)
    with registry_engine().connect() as connection:
        assert connection.execute(select(uploads.c.state, uploads.c.spool)).one() == ("expired", None)


def test_a_backup_from_before_a_rotation_is_moved_to_the_newer_key_again(
    filled: Flask, file: Path, key_file: Path
) -> None:
    provide_next_key()
    rotate(known_ring())
    db.session.remove()
    settings: Settings = filled.config["PORTAL_SETTINGS"]
    from dataclasses import replace

    grown = replace(settings, registry_keys=known_ring().keys)
    restore_backup(grown, file, force=True)
    assert check_cover(RUSDI.nik, RUSDI.name, "")
    assert provide_next_key() is False
    rotate(known_ring())
    with registry_engine().connect() as connection:
        assert connection.execute(select(registry_state.c.key_version)).scalar_one() == 2
    assert check_cover(RUSDI.nik, RUSDI.name, "")


def test_every_column_of_every_table_can_be_written() -> None:
    kinds = {
        column.kind
        for metadata in METADATA.values()
        for table in metadata.sorted_tables
        if table.name not in LEFT_OUT
        for column in columns_of(table)
    }
    assert kinds == {"int", "text", "blob", "bool", "day", "moment"}
    names = {table.name for metadata in METADATA.values() for table in metadata.sorted_tables}
    assert names >= LEFT_OUT
