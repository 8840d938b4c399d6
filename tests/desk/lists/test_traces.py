"""An uploaded file lies nowhere in plain text: not while it arrives, waits or is read, and not afterwards."""

from __future__ import annotations

import logging
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.database import ContentBase, registry_metadata
from portal.extensions import db
from portal.registry.uploads.services import spooling
from portal.registry.uploads.services.reading import stage_upload
from portal.settings import Settings
from tests.desk.lists.conftest import COVER, confirm, listed, post_form, upload
from tests.registry.people import Somebody, somebody
from tests.support.staff import Cast

CANARY = Somebody("6403991202859777", "Xanthippe Qwertyuiop", "", "Zanzibarvillage", "Vogelkundler")
TRACES = [CANARY.nik, CANARY.nik[:12], *CANARY.name.split(), CANARY.village, CANARY.work]
# Longer than what a parser of forms would keep in memory.
ROWS = 30_000

Spool = Callable[[], list[Path]]


def traces(data: bytes) -> set[str]:
    low = data.lower()
    return {
        part for part in TRACES if part.lower().encode() in low or part.lower().encode("utf-16-le") in low
    }


def open_files() -> dict[tuple[int, int], Path]:
    """Every regular file that this process holds open, those without a name too, by device and number."""
    found = {}
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            file = link.stat()
            if stat.S_ISREG(file.st_mode):
                found[file.st_dev, file.st_ino] = link
    return found


# What was open before any test began: where the tests themselves are reported, with the NIKs in their names.
REPORTS = frozenset(open_files())


def scan(*folders: Path) -> set[str]:
    """Traces in files below some folders and in everything this process has open."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    held = [path for file, path in open_files().items() if file not in REPORTS]
    return {part for path in [*files, *held] for part in traces(path.read_bytes())}


@pytest.fixture
def places(content: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """The instance, the databases and a folder for temporary files that is this test's own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    settings: Settings = content.config["PORTAL_SETTINGS"]
    urls = (settings.database_url, settings.registry_url)
    files = [Path(url.removeprefix("sqlite:///")).parent for url in urls if url.startswith("sqlite")]
    return (temporary, Path(settings.instance), *files)


def test_the_search_finds_a_plain_file_without_a_name(tmp_path: Path) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(CANARY.line.encode())
        file.flush()
        assert scan(tmp_path) == set(TRACES)


def test_a_file_is_in_plain_text_nowhere_while_it_arrives_waits_and_is_read(
    content: Flask,
    desk: Cast,
    places: tuple[Path, ...],
    spool: Spool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[set[str]] = []
    plain_write = spooling.ArrivingList.write

    def write(self: spooling.ArrivingList, data: bytes) -> int:
        written = plain_write(self, data)
        if self.size % 10 == 0 or len(seen) < 3:
            seen.append(scan(*places))
        return written

    monkeypatch.setattr(spooling.ArrivingList, "write", write)
    number = upload(desk.registrar, listed(CANARY, *(somebody(row) for row in range(ROWS)), CANARY))
    (file,) = spool()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    page = desk.registrar.client.get(f"/meja/daftar/unggahan/{number}").text
    confirm(desk.registrar, number)
    with content.app_context():
        stage_upload(number, lambda done: seen.append(scan(*places)))
    report = desk.registrar.client.get(f"/meja/daftar/unggahan/{number}").text
    csv = desk.registrar.client.get(f"/meja/daftar/unggahan/{number}/laporan.csv").text
    assert len(seen) > 4
    assert set().union(*seen) == set()
    assert spool() == []
    assert scan(*places) == set()
    assert traces((page + report + csv + caplog.text).encode()) == set()


def test_no_table_holds_anything_of_a_person(content: Flask, desk: Cast) -> None:
    number = upload(
        desk.registrar, listed(CANARY, Somebody(CANARY.nik[:15], CANARY.name), Somebody(CANARY.nik, ""))
    )
    confirm(desk.registrar, number)
    with content.app_context():
        stage_upload(number)
        found = [
            str(row)
            for metadata, engine in ((registry_metadata, "registry"), (ContentBase.metadata, None))
            for table in metadata.sorted_tables
            for row in db.engines[engine].connect().execute(select(table)).all()
        ]
    assert len(found) > 10
    assert traces("\n".join(found).encode()) == set()


def test_a_refused_file_and_a_failed_form_leave_nothing(
    desk: Cast, places: tuple[Path, ...], spool: Spool, caplog: pytest.LogCaptureFixture
) -> None:
    body = listed(CANARY, *(somebody(row) for row in range(ROWS)))
    for form in ({**COVER, "program": ""}, {**COVER, "mulai": "kemarin"}):
        answer = post_form(desk.registrar, form, body)
        assert (answer.status_code, traces(answer.data)) == (422, set())
    broken = b"NIK,Nama\n" + b"x" * 10 + b"\0" + body
    answer = post_form(desk.registrar, COVER, broken)
    assert (answer.status_code, traces(answer.data)) == (422, set())
    assert (spool(), scan(*places), traces(caplog.text.encode())) == ([], set(), set())


def test_a_wrong_form_token_leaves_nothing(desk: Cast, places: tuple[Path, ...], spool: Spool) -> None:
    body = listed(CANARY, *(somebody(row) for row in range(ROWS)))
    answer = post_form(desk.registrar, COVER, body, headers={"X-CSRFToken": "wrong"})
    assert (answer.status_code, traces(answer.data)) == (400, set())
    assert (spool(), scan(*places)) == ([], set())


def test_the_names_of_files_in_the_spool_tell_nothing(desk: Cast, spool: Spool) -> None:
    upload(desk.registrar, listed(CANARY), name="6403991202859777 Xanthippe.csv")
    (file,) = spool()
    assert traces(file.name.encode()) == set()
