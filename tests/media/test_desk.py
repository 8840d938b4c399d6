"""Pictures at the desk: upload, list, description, deletion."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.media.files import archive, jpeg, png_that_claims, upload
from tests.support.pages import Page, check_page
from tests.support.staff import BENGKAYANG, BERAU, Cast

XSS = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


def look(client: FlaskClient, path: str, status: int = 200) -> Page:
    response = client.get(path)
    page = Page(path, response.status_code, response.headers, response.get_data(as_text=True))
    assert page.status == status
    assert check_page(page) == []
    return page


def add(client: FlaskClient, data: bytes | None = None, **fields: str) -> str:
    """Upload a picture of Berau and give its page's address."""
    answer = client.post("/meja/gambar", data=upload(BERAU, data or jpeg(), **fields))
    assert answer.status_code == 303, answer.get_data(as_text=True)[:800]
    return answer.headers["Location"].partition("?")[0]


def test_an_uploaded_picture_has_a_page_and_stands_in_the_list(cast: Cast, content: Flask) -> None:
    client = cast.berau_editor.client
    page = look(client, add(client) + "?kabar=baru")
    assert "Gambar sudah diunggah." in page.text
    image = page.all("img", class_="picture")[0]
    assert client.get(image.get("src", "")).mimetype == "image/webp"
    listed = look(client, "/meja/gambar")
    assert listed.all("li", data_picture=image.get("src", ""))
    assert look(client, "/en/meja/gambar").all("li", data_alt="Farmer on an oil-palm plantation")


@pytest.mark.parametrize("path", ["/meja/gambar", "/meja/gambar/baru", "/en/meja/gambar/baru"])
def test_the_pages_of_pictures_pass_every_check(cast: Cast, content: Flask, path: str) -> None:
    assert look(cast.berau_editor.client, path).title


def test_the_list_is_searched_by_words_and_region(cast: Cast, content: Flask) -> None:
    client = cast.berau_editor.client
    add(client, alt_id="Nelayan di dermaga", alt_en="Fisherman at the pier")
    assert look(client, "/meja/gambar?q=DERMAGA&wilayah=64.03").all("li", data_alt="Nelayan di dermaga")
    assert "Tidak ada gambar di sini" in look(client, "/meja/gambar?q=50%25").text
    assert look(client, "/meja/gambar?wilayah=61.07", status=400).all("div", id="error-summary")


def test_the_list_holds_nothing_of_another_region(cast: Cast, content: Flask) -> None:
    add(cast.berau_editor.client)
    assert "Tidak ada gambar di sini" in look(cast.bengkayang_editor.client, "/meja/gambar").text
    assert look(cast.province_reader.client, "/meja/gambar").all("li", data_alt="Petani di kebun sawit")


def test_nobody_adds_a_picture_to_another_region(cast: Cast, content: Flask) -> None:
    answer = cast.berau_editor.client.post("/meja/gambar", data=upload(BENGKAYANG, jpeg()))
    assert answer.status_code == 403
    assert cast.berau_editor.client.post("/meja/gambar", data=upload("", jpeg())).status_code == 403


@pytest.mark.parametrize(
    ("data", "fields", "words"),
    [
        (jpeg() + archive(), {}, "lebih dari sekadar gambar"),
        (b"<svg/>", {}, "bukan gambar"),
        (png_that_claims(30_000, 30_000), {}, "40 juta piksel"),
        (b"", {}, "Pilih dahulu"),
        (jpeg(), {"alt_en": " "}, "apa yang tampak"),
        (jpeg(), {"alt_id": "IMG_2025.JPG"}, "Itu nama berkas"),
        (jpeg(), {"alt_id": "x" * 301}, "300"),
        (jpeg(), {"alt_id": "a\u202eb"}, "tidak dapat dicetak"),
    ],
    ids=["polyglot", "svg", "bomb", "no file", "no words", "file name", "too long", "turned around"],
)
def test_a_bad_upload_is_told_in_a_sentence_and_keeps_what_was_typed(
    cast: Cast, content: Flask, data: bytes, fields: dict[str, str], words: str
) -> None:
    form = upload(BERAU, data, **{"alt_id": "Petani & kebun", **fields})
    answer = cast.berau_editor.client.post("/meja/gambar", data=form)
    page = Page("/meja/gambar", answer.status_code, answer.headers, answer.get_data(as_text=True))
    assert page.status == 422
    assert check_page(page) == []
    assert words in page.text
    assert page.all("input", name="alt_id")[0].get("value") == fields.get("alt_id", "Petani & kebun")


def test_a_form_above_the_limit_is_refused_before_it_is_read(cast: Cast, content: Flask) -> None:
    body, kind = b"\0" * (13 * 1024 * 1024), "multipart/form-data; boundary=x"
    answer = cast.berau_editor.client.post("/meja/gambar", data=body, content_type=kind)
    assert answer.status_code == 413
    assert "12 MB" in answer.get_data(as_text=True)


def test_the_same_picture_twice_leads_to_the_one_that_is_there(cast: Cast, content: Flask) -> None:
    first = add(cast.berau_editor.client)
    again = cast.berau_reviewer.client.post("/meja/gambar", data=upload(BERAU, jpeg()))
    assert again.headers["Location"] == first + "?kabar=sudah"
    other = cast.bengkayang_editor.client.post("/meja/gambar", data=upload(BENGKAYANG, jpeg()))
    assert not other.headers["Location"].startswith(first)


def test_a_name_full_of_tricks_leaves_no_trace(cast: Cast, content: Flask) -> None:
    client = cast.berau_editor.client
    form = upload(BERAU, jpeg(), name="../../<script>alert(1)</script>.php")
    path = client.post("/meja/gambar", data=form).headers["Location"]
    assert "alert" not in client.get(path).get_data(as_text=True)


def test_words_full_of_tricks_are_shown_as_words(cast: Cast, content: Flask) -> None:
    client = cast.berau_editor.client
    page = look(client, add(client, alt_id=XSS, alt_en=XSS))
    assert not page.all("script", src="")
    assert page.all("img", class_="picture")[0].get("alt") == XSS
    assert look(client, "/meja/gambar").all("li", data_alt=XSS)


def test_the_editor_is_answered_in_json(cast: Cast, content: Flask) -> None:
    client, headers = cast.berau_editor.client, {"Accept": "application/json"}
    made = json.loads(client.post("/meja/gambar", data=upload(BERAU, jpeg()), headers=headers).data)
    assert made["picture"].startswith("/gambar/")
    assert made["alt"] == "Petani di kebun sawit"
    wrong = client.post("/meja/gambar", data=upload(BERAU, b"x", alt_en=""), headers=headers)
    assert wrong.status_code == 422
    assert len(json.loads(wrong.data)["errors"]) == 1


def test_the_description_can_be_changed(cast: Cast, content: Flask) -> None:
    client = cast.berau_editor.client
    path = add(client)
    answer = client.post(path, data={"alt_id": "Pekebun", "alt_en": "Smallholder"})
    assert answer.headers["Location"] == path + "?kabar=tersimpan"
    assert "Smallholder" in look(client, "/en" + path).text
    empty = client.post(path, data={"alt_id": "", "alt_en": "Smallholder"})
    assert empty.status_code == 422


def test_an_unused_picture_is_deleted_with_its_files(cast: Cast, content: Flask) -> None:
    client = cast.berau_editor.client
    path = add(client)
    address = look(client, path).all("img", class_="picture")[0].get("src", "")
    assert client.post(path + "/hapus").status_code == 303
    assert client.get(path).status_code == 404
    assert client.get(address).status_code == 404
