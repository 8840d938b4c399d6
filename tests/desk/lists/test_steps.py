"""What happens to an upload when things go otherwise: thrown away, killed, known, refused, forgotten."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, update

from portal.core.jobs import Job
from portal.extensions import db
from portal.registry.errors import UploadCannotMove
from portal.registry.models import enrolment_lists, enrolments, uploads
from portal.registry.services import staging
from portal.registry.services.keys import registry_engine
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover
from portal.registry.uploads.queries import find_report, find_upload
from portal.registry.uploads.services import receiving
from portal.registry.uploads.services.reading import clean_uploads, read_list, stage_upload
from portal.registry.uploads.spool import SpoolDamaged
from tests.desk.lists.conftest import COLUMNS, bring, confirm, listed, send, upload, work
from tests.registry.books import Sheet, ods, xlsx
from tests.registry.people import AMINAH, BERAU, HEADER, RUSDI, Somebody, month, somebody
from tests.support.staff import Cast

Spool = Callable[[], list[Path]]


def counts() -> tuple[int, int]:
    """How many lists and enrolments are stored."""
    with registry_engine().connect() as connection:
        lists, people = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (enrolment_lists, enrolments)
        )
    return lists, people


def state(number: int) -> str:
    found = find_upload(number)
    assert found is not None
    return found.state


@pytest.mark.parametrize("write", [xlsx, ods], ids=["xlsx", "ods"])
def test_a_workbook_goes_the_same_way(content: Flask, desk: Cast, write: Callable[..., bytes]) -> None:
    rows = [HEADER.split(","), *(person.line.split(",") for person in (RUSDI, AMINAH)), ["1", "123", "Budi"]]
    number = bring(content, desk.registrar, write(Sheet(rows, hidden_rows=frozenset({3}))), name="daftar.bin")
    page = desk.registrar.client.get(f"/meja/daftar/unggahan/{number}").text
    assert "1 baris tersembunyi" in page
    csv = desk.registrar.client.get(f"/meja/daftar/unggahan/{number}/laporan.csv")
    assert csv.headers["Content-Type"].startswith("text/csv")
    told = "4,ditolak,NIK tidak terdiri atas 16 angka.,"
    assert told in csv.get_data(as_text=True)
    book = desk.registrar.client.get(f"/meja/daftar/unggahan/{number}/laporan.xlsx")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.data))
    facts, (_headings, row) = (sheets.get_sheet_by_index(at).to_python() for at in (0, 1))
    assert ["Ditolak", 1] in facts
    assert [*row[:3], row[4]] == [4, "ditolak", "NIK tidak terdiri atas 16 angka.", "…123"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Pilih berkas"),
        (b"%PDF-1.7 " + bytes(2000), "bukan tabel"),
        (b"PK\x03\x04" + bytes(2000), "bukan tabel"),
        (b"NIK,Nama\n", "tidak berisi baris"),
        (b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
    ],
)
def test_a_wrong_file_is_told_and_what_was_typed_stays(
    desk: Cast, spool: Spool, data: bytes, words: str
) -> None:
    answer = send(desk.registrar, data)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert 'value="2026-12"' in answer.text
    assert f'value="{BERAU}" selected' in answer.text
    assert spool() == []


def test_a_large_file_of_a_wrong_kind_is_cut_off_and_told(desk: Cast, spool: Spool) -> None:
    answer = send(desk.registrar, b"\x89PNG\r\n\x1a\n" + bytes(9 * 1024 * 1024))
    assert (answer.status_code, "bukan tabel" in answer.text) == (415, True)
    assert spool() == []


def test_a_file_above_the_limit_is_refused_before_it_is_read(desk: Cast, spool: Spool) -> None:
    answer = desk.registrar.client.post(
        "/meja/daftar/baru",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(600 * 1024 * 1024)},
    )
    assert (answer.status_code, "terlalu besar" in answer.text) == (413, True)
    assert spool() == []


def test_columns_that_cannot_be_are_told_and_stay_chosen(desk: Cast) -> None:
    number = upload(desk.registrar, listed(RUSDI))
    for columns, words in (
        ({**COLUMNS, "kolom-2": ""}, "berisi nama"),
        ({**COLUMNS, "kolom-1": ""}, "berisi NIK"),
        ({**COLUMNS, "kolom-4": "district"}, "hal yang sama"),
        ({**COLUMNS, "baris": "x"}, "nomor baris"),
    ):
        answer = confirm(desk.registrar, number, **columns)
        assert (answer.status_code, words in answer.text) == (422, True)
        assert 'value="district" selected' in answer.text


def test_a_file_without_a_good_row_is_held_with_its_reasons(content: Flask, desk: Cast, spool: Spool) -> None:
    number = bring(content, desk.registrar, listed(Somebody("123", "Budi"), Somebody("", "Siti")))
    with content.app_context():
        report = find_report(number)
        assert report is not None
        assert (state(number), report.rejected_by) == ("held", {"nik_length": 1, "nik_missing": 1})
        assert counts() == (0, 0)
    assert "ditahan" in desk.registrar.client.get(f"/meja/daftar/unggahan/{number}").text
    assert spool() == []


def test_a_file_thrown_away_is_gone_before_and_while_it_is_read(
    context: Flask, desk: Cast, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = upload(desk.registrar, listed(RUSDI))
    desk.registrar.client.post(f"/meja/daftar/unggahan/{first}/buang")
    assert (state(first), spool()) == ("discarded", [])
    second = upload(desk.registrar, listed(AMINAH), token="b")
    confirm(desk.registrar, second)
    with pytest.raises((UploadCannotMove, FileNotFoundError)):
        stage_upload(
            second, lambda done: receiving.discard(desk.registrar.actor, second) if not done else None
        )
    assert (state(second), counts(), spool()) == ("discarded", (0, 0), [])


def test_an_import_that_breaks_off_leaves_nothing_and_is_taken_up_again(
    context: Flask, desk: Cast, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = upload(desk.registrar, listed(*(somebody(row) for row in range(60))))
    confirm(desk.registrar, number)

    def fail(*arguments: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(staging, "_count", fail)
        with pytest.raises(OSError, match="space"):
            stage_upload(number)
    assert (state(number), counts(), len(spool())) == ("reading", (0, 0), 1)
    stage_upload(number)
    assert (state(number), counts(), spool()) == ("staged", (1, 60), [])
    stage_upload(number)
    assert counts() == (1, 60)


def test_a_lost_job_is_told_and_the_file_is_read_again(content: Flask, desk: Cast) -> None:
    number = upload(desk.registrar, listed(RUSDI))
    confirm(desk.registrar, number)
    path = f"/meja/daftar/unggahan/{number}"
    assert desk.registrar.client.post(f"{path}/ulang").status_code == 303
    with content.app_context():
        assert len(db.session.scalars(select(Job.id)).all()) == 1
        db.session.execute(update(Job).values(state="failed", sentence="Gagal."))
        db.session.commit()
    assert "Baca lagi" in desk.registrar.client.get(path).text
    desk.registrar.client.post(f"{path}/ulang")
    assert work(content) == [number]
    assert "Laporan" in desk.registrar.client.get(path).text


def test_a_spoilt_file_in_the_spool_makes_no_list(context: Flask, desk: Cast, spool: Spool) -> None:
    number = upload(desk.registrar, listed(RUSDI))
    confirm(desk.registrar, number)
    (path,) = spool()
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(SpoolDamaged):
        stage_upload(number)
    assert (state(number), counts()) == ("reading", (0, 0))


def test_a_list_that_a_command_made_meanwhile_is_recognised_with_a_report(
    context: Flask, desk: Cast, tmp_path: Path
) -> None:
    data = listed(RUSDI, Somebody("12", "Budi"))
    number = upload(desk.registrar, data)
    confirm(desk.registrar, number)
    path = tmp_path / "same.csv"
    path.write_bytes(data)
    stage_list(path, Cover(BERAU, "apbd_regency", month("2026-01"), month("2026-12")), actor="cli:x")
    stage_upload(number)
    report, found = find_report(number), find_upload(number)
    assert report is not None
    assert found is not None
    assert (report.is_known, report.rejected, found.list_id, counts()) == (True, 1, 1, (1, 1))


def test_the_job_tells_how_far_it_is(context: Flask, desk: Cast) -> None:
    told: list[int] = []

    class Handle:
        id = 1

        def tell(self, progress: int, sentence: str) -> None:
            told.append(progress)

    number = upload(desk.registrar, listed(RUSDI))
    confirm(desk.registrar, number)
    assert read_list(Handle(), upload_id=number) == "Berkas sudah dibaca."
    assert (told[0], told[-1]) == (0, 100)


def test_what_nobody_confirms_expires_and_files_without_an_upload_are_removed(
    context: Flask, desk: Cast, spool: Spool
) -> None:
    old, young = upload(desk.registrar, listed(RUSDI)), upload(desk.registrar, listed(AMINAH), token="b")
    now = datetime.now(UTC)
    with registry_engine().begin() as connection:
        changed = update(uploads).where(uploads.c.id == old).values(changed_at=now - timedelta(days=8))
        connection.execute(changed)
    orphan = spool()[0].with_name("0" * 32 + ".list")
    orphan.write_bytes(b"x")
    fresh = orphan.with_name("1" * 32 + ".list")
    fresh.write_bytes(b"x")
    yesterday = time.time() - 25 * 3600
    os.utime(orphan, (yesterday, yesterday))
    clean_uploads(db.session, now)
    assert (state(old), state(young)) == ("expired", "received")
    assert (orphan.exists(), fresh.exists(), len(spool())) == (False, True, 2)


def test_two_registrars_files_are_both_read(content: Flask, desk: Cast) -> None:
    for token, person in (("a", RUSDI), ("b", AMINAH)):
        number = upload(desk.registrar, listed(person), token=token)
        assert confirm(desk.registrar, number).status_code == 303
    assert len(work(content)) == 2
    with content.app_context():
        assert counts() == (2, 2)
