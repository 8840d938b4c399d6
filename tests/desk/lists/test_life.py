"""The life of a list at the desk: restored, kept for a while, purged; and uploads whose reading was stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.core.jobs import job_function
from portal.registry.errors import ReadingStopped
from portal.registry.services.retention import purge_lists
from portal.registry.uploads.queries import READ_JOB, find_upload
from portal.registry.uploads.services import reading
from tests.desk.lists.conftest import bring, confirm, is_found, listed, publish, upload
from tests.registry.people import AMINAH, RUSDI
from tests.support.staff import Cast


class Silent:
    """A running job that tells nobody."""

    id = 1

    def tell(self, progress: int, sentence: str) -> None:
        """See portal.core.jobs.Running."""


def test_a_replaced_list_is_kept_restored_and_then_purged(content: Flask, desk: Cast) -> None:
    registrar = desk.registrar
    for number, person in ((1, RUSDI), (2, AMINAH)):
        bring(content, registrar, listed(person), token=person.nik)
        assert publish(registrar, number, "1" if number == 2 else "") == 303
    page = registrar.client.get("/meja/daftar/1").text
    assert "Disimpan sampai" in page
    assert "Terbitkan kembali daftar ini" in page
    assert "disimpan sampai" in registrar.client.get("/meja/daftar").text
    # The page said that nothing would be replaced: it was another one.
    assert publish(registrar, 1) == 409
    assert publish(registrar, 1, "2") == 303
    assert (is_found(content, RUSDI), is_found(content, AMINAH)) == (True, False)
    with content.app_context():
        purge_lists(datetime.now(UTC) + timedelta(days=91), actor="worker")
    page = registrar.client.get("/meja/daftar/2").text
    assert ("Data orang dihapus pada" in page, "/terbit" in page, "/tarik" in page) == (True, False, False)
    assert publish(registrar, 2, "1") == 422
    assert "data orangnya sudah dihapus" in registrar.client.get("/meja/daftar/1").text
    assert registrar.client.get("/meja/daftar/unggahan/2").status_code == 200
    trail = desk.administrator.client.get("/meja/jejak").text
    assert "Data orang dalam daftar dihapus" in trail
    assert "Daftar diterbitkan kembali" in trail


FULL = OperationalError("", None, sqlite3.OperationalError("database or disk is full"))
AWAY = OperationalError("", None, sqlite3.OperationalError("server closed the connection"))


@pytest.mark.parametrize(
    ("error", "words"),
    [(FULL, "Penyimpanan penuh"), (AWAY, "tidak menjawab"), (OSError(28, "No space"), "Penyimpanan penuh")],
    ids=["full database", "lost database", "full disk"],
)
def test_a_stopped_reading_says_what_to_do_and_keeps_the_file(
    context: Flask,
    desk: Cast,
    spool: Callable[[], list[Path]],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
) -> None:
    number = upload(desk.registrar, listed(RUSDI))
    confirm(desk.registrar, number)

    def stop(*arguments: object, **options: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(reading, "stage_list", stop)
        with pytest.raises(ReadingStopped, match=words):
            job_function(READ_JOB)(Silent(), upload_id=number)
    found = find_upload(number)
    assert (found is not None and found.state, len(spool())) == ("reading", 1)
    assert job_function(READ_JOB)(Silent(), upload_id=number) == "Berkas sudah dibaca."
    assert spool() == []


def test_a_file_that_cannot_be_read_any_more_is_to_be_brought_again(
    context: Flask, desk: Cast, spool: Callable[[], list[Path]]
) -> None:
    number = upload(desk.registrar, listed(RUSDI))
    confirm(desk.registrar, number)
    (path,) = spool()
    path.unlink()
    with pytest.raises(ReadingStopped, match="masukkan kembali"):
        job_function(READ_JOB)(Silent(), upload_id=number)
