"""Numbers beyond every database, characters no database takes, regions that do not exist: a sentence, never a 500."""

from __future__ import annotations

from secrets import token_hex

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.vocabulary import EVERYWHERE
from tests.media.files import jpeg, upload
from tests.support.drafts import bring, start, version
from tests.support.staff import Cast, add_member

HUGE = ("2147483648", "9223372036854775808", "9" * 40)
ADDRESSES = (
    ("berau_editor", "/meja/butir/{}"),
    ("berau_editor", "/meja/butir/{}/sunting"),
    ("berau_editor", "/meja/butir/{}/riwayat"),
    ("berau_editor", "/meja/butir/{}/pratinjau"),
    ("berau_editor", "/meja/gambar/{}"),
    ("berau_administrator", "/meja/tim/{}"),
    ("registrar", "/meja/daftar/{}"),
    ("registrar", "/meja/daftar/unggahan/{}"),
    ("registrar", "/meja/daftar/unggahan/{}/laporan.csv"),
    ("registrar", "/meja/daftar/unggahan/{}/laporan.xlsx"),
)
POSTS = (
    ("berau_editor", "/meja/butir/{}/simpan"),
    ("berau_editor", "/meja/butir/{}/simpan-otomatis"),
    ("berau_editor", "/meja/butir/{}/buang"),
    ("berau_editor", "/meja/butir/{}/mulai"),
    ("berau_editor", "/meja/butir/{}/sesuaikan"),
    ("berau_editor", "/meja/butir/{}/komentar"),
    ("berau_editor", "/meja/butir/{}/hadir"),
    ("berau_editor", "/meja/butir/{}/riwayat"),
    ("berau_reviewer", "/meja/butir/{}/setujui"),
    ("berau_reviewer", "/meja/angka/koreksi/satu/{}"),
    ("berau_editor", "/meja/gambar/{}/hapus"),
    ("berau_editor", "/meja/akun/sesi/{}/akhiri"),
    ("berau_administrator", "/meja/tim/{}/nonaktif"),
    ("registrar", "/meja/daftar/unggahan/{}/buang"),
)


def test_a_number_that_no_database_holds_is_not_found(content: Flask, cast: Cast) -> None:
    asked = {
        path.format(number): getattr(cast, who).client.get(path.format(number)).status_code
        for who, path in ADDRESSES
        for number in HUGE
    }
    assert {path for path, status in asked.items() if status != 404} == set()


def test_posting_to_a_number_that_no_database_holds_is_not_found(content: Flask, cast: Cast) -> None:
    asked = {
        path.format(number): getattr(cast, who).client.post(path.format(number)).status_code
        for who, path in POSTS
        for number in HUGE
    }
    assert {path for path, status in asked.items() if status not in (404, 405)} == set()


NUL = "Alasan yang cukup panjang\0 untuk umum"
STEPS = (
    ("in_review", "kembalikan", "catatan"),
    ("approved", "terbit-segera", "alasan"),
    ("published", "tarik-terbitan", "alasan"),
    ("draft", "komentar", "komentar"),
    ("draft", "tautan", "hari"),
    ("approved", "jadwalkan", "tanggal"),
)


@pytest.mark.usefixtures("content", "app_context")
def test_characters_that_no_keyboard_has_make_no_mistake_of_ours(cast: Cast) -> None:
    answers = {}
    for state, step, field in STEPS:
        for typed in ("\0" * 20, "\u202e\u200b" * 10, NUL):
            item_id = bring(cast, state)
            form = {"version": str(version(item_id)), field: typed}
            answer = cast.berau_reviewer.client.post(f"/meja/butir/{item_id}/{step}", data=form)
            answers[(step, typed)] = answer.status_code
    assert {key: status for key, status in answers.items() if status not in (303, 422)} == {}


FORMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("berau_editor", "/meja/news/baru", {"form": "1", "region_code": "64.03\0", "nonce": "\0", "team": "\0"}),
    ("berau_editor", "/meja/news/baru", {"form": "1", "id": "\0", "source_ids": "\0;a", "reason": "\0"}),
    ("berau_editor", "/meja/statements/baru", {"form": "1", "commitment_id": "\0"}),
    (
        "berau_editor",
        "/meja/statements/periksa",
        {"form": "1", "commitment_id": "\0a", "cari-commitment_id": "\0"},
    ),
    ("berau_editor", "/meja/news/sumber-baru", {"form": "1", "baru-publisher": "\0", "baru-nonce": "\0"}),
    ("berau_editor", "/meja/news/simpan-otomatis", {"form": "1", "title_id": "a", "nonce": "\0"}),
    ("berau_editor", "/meja/pernyataan-banyak", {"baris": "stage\nx", "nonce": "\0", "commitment_id": "\0"}),
    ("berau_editor", "/meja/wilayah", {"wilayah": "\0", "lanjut": "\0"}),
    ("berau_editor", "/meja/akun/nama", {"nama": "\0"}),
    ("berau_editor", "/meja/akun/sandi", {"sandi-lama": "\0", "sandi-baru": "\0", "ulang": "\0"}),
    ("berau_administrator", "/meja/tim", {"email": "\0@a.b", "nama": "\0", "peran": "\0", "wilayah": "\0"}),
    ("administrator", "/meja/pengaturan", {"wilayah": "\0", "tenggat": "3", "pratinjau": "7"}),
    ("registrar", "/meja/daftar/baru", {"program": "\0", "pembayar": "\0", "mulai": "\0", "formulir": "\0"}),
    ("berau_reviewer", "/meja/angka/koreksi/a%00b/1", {"alasan": "\0", "terlihat": "\0"}),
    ("national", "/meja/news/baru", {"form": "1", "region_code": "\0", "team": "\0", "title_id": "Judul"}),
    ("national", "/meja/news/baru", {"form": "1", "region_code": "99.99", "team": "99.99", "title_id": "A"}),
    ("visitor", "/meja/masuk", {"email": "\0", "sandi": "\0", "lanjut": "\0"}),
)


def _client(app: Flask, cast: Cast, who: str) -> FlaskClient:
    if who == "visitor":
        return cast.visitor
    if who == "national":
        return add_member(app, f"{token_hex(4)}@portal.test", ("editor", EVERYWHERE)).client
    client: FlaskClient = getattr(cast, who).client
    return client


def test_nul_in_a_form_is_no_mistake_of_ours(content: Flask, cast: Cast) -> None:
    answers = {
        (who, path, str(form)): _client(content, cast, who).post(path, data=form).status_code
        for who, path, form in FORMS
    }
    assert {key: status for key, status in answers.items() if status >= 500} == {}


ODD = (
    ("berau_editor", "/meja/news?q=%25_%5C%00&wilayah=64.03"),
    ("berau_editor", "/meja/news?wilayah=64.03%00"),
    ("berau_editor", "/meja/news/baru?program_id=%00&region_code=%00"),
    ("berau_editor", "/meja/gambar?q=%00%25&wilayah=%00"),
    ("berau_editor", "/meja/gambar?hal=99999999999999"),
    ("berau_editor", "/meja/gambar/baru?wilayah=%00"),
    ("berau_editor", "/meja/angka?q=%00%25_&wilayah=%00"),
    ("berau_editor", "/meja/angka?q=" + "9" * 150),
    ("berau_editor", "/meja/angka?q=%5B%5Bstatements:x:workers%5D%5D"),
    ("berau_editor", "/meja/pernyataan-banyak?dibuat=99999"),
    ("administrator", "/meja/jejak?jenis=%00&butir=%00"),
    ("administrator", "/meja/jejak?hal=999999999"),
    ("administrator", "/meja/pengaturan?wilayah=%00"),
    ("visitor", "/pratinjau/%00"),
    ("visitor", "/perubahan?wilayah=%00"),
    ("visitor", "/meja/sandi/tautan/%00"),
    ("visitor", "/gambar/" + "a" * 32 + "-99999999999999999999.webp"),
    ("visitor", "/meja/masuk?lanjut=%00"),
)


def test_odd_addresses_are_no_mistake_of_ours(content: Flask, cast: Cast) -> None:
    answers = {(who, path): _client(content, cast, who).get(path).status_code for who, path in ODD}
    assert {key: status for key, status in answers.items() if status >= 500} == {}


def test_the_same_field_many_times_is_read_once(content: Flask, cast: Cast) -> None:
    form = {"form": "1", "region_code": ["61.07", "64.03"], "title_id": ["a", "b"], "version": ["1", "2"]}
    assert cast.berau_editor.client.post("/meja/news/baru", data=form).status_code in (303, 403)


def test_a_picture_of_a_region_that_is_none_is_refused(content: Flask, cast: Cast) -> None:
    client = _client(content, cast, "national")
    for region in ("99.99", "", "\0", "64.03.99"):
        answer = client.post("/meja/gambar", data=upload(region, jpeg()))
        assert answer.status_code == 422


@pytest.mark.usefixtures("content", "app_context")
def test_a_draft_is_left_alone_by_odd_versions(cast: Cast) -> None:
    item_id = start(cast.berau_editor)
    for typed in ("-1", "9" * 30, "١", "1e0", "\0", "1.0"):
        answer = cast.berau_editor.client.post(f"/meja/butir/{item_id}/tarik", data={"version": typed})
        assert answer.status_code in (303, 409, 422)
    assert version(item_id) == 1
