"""What a file says it is, before anything decodes it: its format, its size, and whether it is two things at once."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from portal.core.i18n import gettext as _
from portal.media.outcomes import PictureRefused

if TYPE_CHECKING:
    from PIL import Image

LARGEST_FILE = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
# WebP holds at most 16.383 pixels a side; a picture this narrow shows nothing on a page anyway.
STEEPEST = 6
HEAD = 16
ZIP = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")
# Long enough not to turn up by chance in the bytes of a photograph.
FOREIGN = (
    b"<script",
    b"<html",
    b"<!doctype",
    b"<iframe",
    b"<?php",
    b"%pdf-",
    b"rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
)
PNG_END = b"IEND\xaeB`\x82"


def open_picture(data: bytes) -> Image.Image:
    """The picture, opened but not decoded; raises PictureRefused with the one reason."""
    if not data:
        raise PictureRefused(_("Choose a picture file first."))
    if len(data) > LARGEST_FILE:
        raise PictureRefused(_("The file is larger than 12 MB. Make it smaller and try again."))
    kind = _format(data)
    if kind is None:
        raise PictureRefused(
            _("This is not a picture that can be shown here. Save it as JPEG, PNG or WebP and try again.")
        )
    if _is_two_things(data, kind):
        raise PictureRefused(
            _("The file holds more than a picture. Save the picture anew as JPEG or PNG and try again.")
        )
    picture = _open(data, kind)
    _check_size(*picture.size)
    if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise PictureRefused(_("The picture moves. Choose one that stands still."))
    return picture


def _format(data: bytes) -> str | None:
    head = data[:HEAD]
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    return None


def _is_two_things(data: bytes, kind: str) -> bool:
    """Whether another program would take the file for something else: an archive, a page, a document."""
    lowered = data.lower()
    if all(mark in data for mark in ZIP) or any(mark in lowered for mark in FOREIGN):
        return True
    if kind == "PNG":
        end = data.rfind(PNG_END)
        return end >= 0 and bool(data[end + len(PNG_END) :].strip(b"\0"))
    if kind == "WEBP":
        # A RIFF file says how long it is; an odd length is filled up with one byte.
        return len(data) > int.from_bytes(data[4:8], "little") + 9
    # Cameras put previews and depth maps behind a JPEG; they are left behind when it is written anew.
    return False


def _open(data: bytes, kind: str) -> Image.Image:
    # The limit above is read by every worker, Pillow only by the one that takes a picture.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=(kind,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(too_many_pixels()) from None
    except Exception:
        # Pillow's readers raise whatever a broken file makes them stumble over.
        raise PictureRefused(damaged()) from None


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureRefused(too_many_pixels())
    if max(width, height) > STEEPEST * min(width, height):
        raise PictureRefused(
            _("The picture is too long and narrow. Cut out the part that matters and try again.")
        )


def too_many_pixels() -> str:
    """For a picture that would fill the memory."""
    return _("The picture has more than 40 million pixels. Make it smaller and try again.")


def damaged() -> str:
    """For a picture that cannot be decoded."""
    return _("The picture is damaged or incomplete. Save it anew and try again.")
