"""Who may look at a picture: everybody once something published shows it, until then its region's desk."""

from __future__ import annotations

import time

from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from portal.extensions import db
from portal.media.models import Picture
from portal.media.services import add_picture
from portal.news.markdown import to_html
from portal.news.models import Post
from portal.news.pictures import pictures_in
from portal.publishing.services import publish_change
from portal.publishing.services.editing import start_item
from tests.media.files import jpeg
from tests.support.staff import BERAU, Cast

POST = "berau-nominasi-paritrana-2025"


def picture(app: Flask, cast: Cast) -> tuple[int, str]:
    """A picture of Berau: its id and the address of its largest file."""
    with app.app_context():
        made = add_picture(cast.berau_editor.actor, BERAU, jpeg(800, 400), 'Petani "sawit"', "Farmer")
        name = db.session.execute(select(Picture.name)).scalar_one()
    return made, f"/gambar/{name}-800.webp"


def write(app: Flask, text: str) -> None:
    """Publish a post with this text in Indonesian."""
    with app.app_context():
        db.session.execute(update(Post).where(Post.id == POST).values(body_id=text))
        publish_change(db.session)
        db.session.commit()


def fetch(app: Flask, path: str) -> TestResponse:
    """As a visitor."""
    return app.test_client().get(path)


def test_an_unpublished_picture_is_shown_to_its_regions_desk_alone(
    app: Flask, content: Flask, cast: Cast
) -> None:
    _id, address = picture(app, cast)
    assert fetch(app, address).status_code == 404
    assert cast.bengkayang_editor.client.get(address).status_code == 404
    own = cast.berau_editor.client.get(address)
    assert own.status_code == 200
    assert own.headers["Cache-Control"].startswith("private")
    assert cast.province_reader.client.get(address).status_code == 200


def test_a_published_picture_is_public_for_good_and_sniffed_by_nobody(
    app: Flask, content: Flask, cast: Cast
) -> None:
    _id, address = picture(app, cast)
    write(app, f"Teks.\n\n![x]({address})")
    answer = fetch(app, address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "image/webp"
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = app.test_client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_picture_taken_out_of_the_text_is_public_no_more(app: Flask, content: Flask, cast: Cast) -> None:
    _id, address = picture(app, cast)
    write(app, f"![x]({address})")
    write(app, "Tanpa gambar.")
    assert fetch(app, address).status_code == 404


def test_a_post_shows_the_picture_in_its_sizes_with_the_words_on_record(
    app: Flask, content: Flask, cast: Cast
) -> None:
    _id, address = picture(app, cast)
    write(app, f"Teks.\n\n![kata lain]({address})")
    page = fetch(app, f"/berita/{POST}").get_data(as_text=True)
    assert 'alt="Petani &quot;sawit&quot;"' in page
    assert 'width="800" height="400"' in page
    assert f"{address.replace('-800', '-320')} 320w" in page
    assert "kata lain" not in page
    assert 'loading="lazy"' in page


def test_new_words_for_a_picture_are_on_its_pages_at_once(app: Flask, content: Flask, cast: Cast) -> None:
    made, address = picture(app, cast)
    write(app, f"![x]({address})")
    assert "Pekebun" not in fetch(app, f"/berita/{POST}").get_data(as_text=True)
    cast.berau_reviewer.client.post(f"/meja/gambar/{made}", data={"alt_id": "Pekebun", "alt_en": "Farmer"})
    # PostgreSQL tells the workers a moment later.
    deadline = time.monotonic() + 5
    while 'alt="Pekebun"' not in (page := fetch(app, f"/berita/{POST}").get_data(as_text=True)):
        assert time.monotonic() < deadline, page
        time.sleep(0.05)


def test_a_picture_in_use_cannot_be_deleted(app: Flask, content: Flask, cast: Cast) -> None:
    made, address = picture(app, cast)
    write(app, f"![x]({address})")
    answer = cast.berau_editor.client.post(f"/meja/gambar/{made}/hapus")
    assert answer.status_code == 409
    assert "Keluarkan dahulu" in answer.get_data(as_text=True)


def test_a_picture_in_a_draft_says_so_and_cannot_be_deleted(app: Flask, content: Flask, cast: Cast) -> None:
    made, address = picture(app, cast)
    with app.app_context():
        cells = {"region_code": BERAU, "title_id": "Berita baru", "body_id": f"![x]({address})"}
        item = start_item(db.session(), cast.berau_editor.actor, "news", BERAU, cells)
    page = cast.berau_editor.client.get(f"/meja/gambar/{made}").get_data(as_text=True)
    assert f'href="/meja/butir/{item}"' in page
    assert cast.berau_editor.client.post(f"/meja/gambar/{made}/hapus").status_code == 409
    assert fetch(app, address).status_code == 404


def test_a_preview_without_an_account_shows_the_picture_by_its_permit(
    app: Flask, content: Flask, cast: Cast
) -> None:
    _id, address = picture(app, cast)
    text = f"![x]({address})"
    with app.test_request_context():
        html = to_html(text, pictures_in(text, permitted=True))
    permitted = html.split('src="')[1].split('"')[0]
    assert "?izin=" in permitted
    assert fetch(app, permitted).status_code == 200
    assert fetch(app, permitted.replace("-800", "-640")).status_code == 200
    assert fetch(app, permitted[:-1] + ("A" if permitted[-1] != "A" else "B")).status_code == 404


def test_files_that_are_not_there_are_not_found(app: Flask, content: Flask, cast: Cast) -> None:
    _id, address = picture(app, cast)
    client = cast.berau_editor.client
    for path in (
        address.replace("-800", "-801"),
        address.replace("-800", "-99999999999999999999"),
        "/gambar/" + "a" * 32 + "-320.webp",
        "/gambar/" + "%00" * 32 + "-320.webp",
        "/gambar/x-320.webp",
    ):
        assert client.get(path).status_code == 404
