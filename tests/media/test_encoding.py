"""What becomes of an uploaded file."""

from __future__ import annotations

import io
import resource

import pytest
from flask import Flask
from PIL import Image, ImageFile

from portal.media.encoding import encode_picture
from portal.media.outcomes import PictureRefused
from tests.media.files import (
    archive,
    encoded,
    jpeg,
    jpeg_from_a_phone,
    moving,
    picture,
    png_that_claims,
)

HTML = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_webp_in_every_width_up_to_its_own(kind: str) -> None:
    made = encode_picture(encoded(kind, picture(1000, 500)))
    assert [(file.width, file.height) for file in made.files] == [
        (320, 160),
        (640, 320),
        (960, 480),
        (1000, 500),
    ]
    for file in made.files:
        with Image.open(io.BytesIO(file.body)) as written:
            assert (written.format, written.size) == ("WEBP", (file.width, file.height))


@pytest.mark.parametrize(("width", "widths"), [(200, [200]), (320, [320]), (5000, [320, 640, 960, 1280])])
def test_a_picture_is_never_made_larger(width: int, widths: list[int]) -> None:
    assert [file.width for file in encode_picture(jpeg(width, width // 2)).files] == widths


def test_place_time_and_camera_are_left_out_and_the_picture_stands_upright() -> None:
    data = jpeg_from_a_phone()
    assert b"KAMERA-RAHASIA" in data
    made = encode_picture(data)
    assert made.largest.height > made.largest.width
    for file in made.files:
        assert b"KAMERA" not in file.body
        assert b"EXIF" not in file.body
        with Image.open(io.BytesIO(file.body)) as written:
            assert not written.getexif()
            assert written.info.get("xmp") is None


def test_what_is_transparent_stays_transparent() -> None:
    made = encode_picture(encoded("PNG", Image.new("RGBA", (50, 50), (1, 2, 3, 0))))
    with Image.open(io.BytesIO(made.largest.body)) as written:
        assert written.convert("RGBA").getpixel((25, 25))[3] == 0


@pytest.mark.parametrize(
    "image",
    [
        Image.new("CMYK", (60, 40), (10, 20, 30, 40)),
        Image.new("L", (60, 40), 90),
        Image.new("1", (60, 40), 1),
        Image.new("P", (60, 40), 3),
        Image.new("I;16", (60, 40), 30000),
    ],
    ids=lambda image: str(image.mode),
)
def test_unusual_kinds_of_colour_are_taken(image: Image.Image) -> None:
    made = encode_picture(encoded("JPEG" if image.mode == "CMYK" else "PNG", image))
    assert made.largest.width == 60


def test_sixteen_bits_of_grey_keep_their_shade() -> None:
    made = encode_picture(encoded("PNG", Image.new("I;16", (60, 40), 30000)))
    with Image.open(io.BytesIO(made.largest.body)) as written:
        assert abs(written.convert("L").getpixel((30, 20)) - 30000 / 256) < 4


def test_a_preview_behind_a_jpeg_is_left_behind() -> None:
    assert encode_picture(jpeg() + jpeg(40, 30)).largest.width == 400


def test_the_same_file_has_another_name_in_another_region() -> None:
    made = encode_picture(jpeg())
    assert made.name("64.03") == encode_picture(jpeg()).name("64.03")
    assert made.name("64.03") != made.name("61.07")


REFUSED = {
    "nothing": b"",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "html": HTML,
    "gif": encoded("GIF"),
    "bmp": encoded("BMP"),
    "tiff": encoded("TIFF"),
    "pdf": b"%PDF-1.7\n" + jpeg(),
    "moving png": moving("PNG"),
    "moving webp": moving("WEBP"),
    "cut off jpeg": jpeg()[:-900],
    "cut off png": encoded("PNG")[:-900],
    "cut off webp": encoded("WEBP")[:-900],
    "no picture behind the mark": b"\xff\xd8\xff" + b"x" * 900,
    "gif and java archive": encoded("GIF") + archive(),
    "jpeg and zip": jpeg() + archive(),
    "png and zip": encoded("PNG") + archive(),
    "webp and zip": encoded("WEBP") + archive(),
    "jpeg with a page in its comment": jpeg(comment=HTML),
    "jpeg with a page behind it": jpeg() + HTML,
    "png with something behind it": encoded("PNG") + b"x" * 20,
    "webp with something behind it": encoded("WEBP") + b"x" * 20,
    "jpeg with php": jpeg(comment=b"<?php system($_GET['c']); ?>"),
    "forty million pixels": png_that_claims(8000, 5001),
    "thirty thousand on each side": png_that_claims(30_000, 30_000),
    "two thousand million on each side": png_that_claims(2_000_000_000, 2_000_000_000),
    "no width": png_that_claims(0, 100),
    "a thread": encoded("PNG", picture(30, 3000)),
    "too large a file": b"\xff\xd8\xff" + b"\0" * (12 * 1024 * 1024),
}


@pytest.mark.parametrize("kind", ["cut off jpeg", "cut off png"])
def test_a_picture_that_is_cut_off_is_refused_after_a_document_was_printed_too(
    site: Flask, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint tells Pillow to take what there is."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with site.test_request_context(), pytest.raises(PictureRefused):
        encode_picture(REFUSED[kind])


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_no_plain_picture_is_refused_in_one_sentence(site: Flask, data: bytes) -> None:
    with site.test_request_context(), pytest.raises(PictureRefused) as refused:
        encode_picture(data)
    assert str(refused.value).endswith(".")


def test_a_bomb_is_refused_before_anything_of_it_is_decoded(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[object] = []
    monkeypatch.setattr(ImageFile.ImageFile, "load", decoded.append)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with site.test_request_context(), pytest.raises(PictureRefused, match="40 juta piksel"):
        encode_picture(png_that_claims(30_000, 30_000))
    assert decoded == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
