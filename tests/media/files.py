"""Picture files for tests, good and bad."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

Colour = tuple[int, int, int]


def picture(width: int = 400, height: int = 300, colour: Colour = (20, 90, 60)) -> Image.Image:
    """A gradient, so that it's no single colour."""
    made = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    return Image.blend(made, Image.new("RGB", (width, height), colour), 0.5)


def encoded(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """A picture in a format that Pillow writes."""
    out = io.BytesIO()
    (image or picture()).save(out, kind, **options)
    return out.getvalue()


def jpeg(width: int = 400, height: int = 300, colour: Colour = (20, 90, 60), **options: Any) -> bytes:
    """A JPEG."""
    return encoded("JPEG", picture(width, height, colour), **options)


def jpeg_from_a_phone() -> bytes:
    """A JPEG held upright, with place, time and camera in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "KAMERA-RAHASIA"
    exif[0x8825] = {1: "S", 2: (2.0, 9.0, 7.0), 3: "E", 4: (117.0, 29.0, 3.0), 29: "2025:08:05"}
    return jpeg(1600, 900, exif=exif)


def archive() -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("Jahat.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose header claims any size, with compressed zeros as far as they go."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def moving(kind: str) -> bytes:
    """An animated picture."""
    other = [picture(colour=(200, 0, 0))]
    return encoded(kind, picture(), save_all=True, append_images=other, duration=100)


def upload(region: str, data: bytes, name: str = "foto.jpg", **fields: str) -> dict[str, Any]:
    """The form of an upload."""
    words = {"alt_id": "Petani di kebun sawit", "alt_en": "Farmer on an oil-palm plantation"}
    return {"berkas": (io.BytesIO(data), name), "wilayah": region, **words, **fields}
