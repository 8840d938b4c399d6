"""A picture written anew: upright, in sRGB, without anything the camera noted, in the widths that pages use."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, ImageOps

from portal.media.outcomes import PictureRefused
from portal.media.screening import damaged, open_picture

WIDTHS = (320, 640, 960, 1280)
QUALITY = 80
EFFORT = 4
STRIP = 128
LENGTH_OF_NAME = 32


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """One width as WebP; pixels."""

    width: int
    height: int
    body: bytes


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """All widths, smallest first."""

    files: tuple[EncodedFile, ...]

    @property
    def largest(self) -> EncodedFile:
        """The widest file."""
        return self.files[-1]

    def name(self, region_code: str) -> str:
        """The address of this content in this region: two regions may have the same picture, each with its own words."""
        digest = hashlib.sha256(region_code.encode() + b"\n" + self.largest.body)
        return digest.hexdigest()[:LENGTH_OF_NAME]


def encode_picture(data: bytes) -> EncodedPicture:
    """The picture of an uploaded file in every width up to its own; raises PictureRefused."""
    opened = open_picture(data)
    # WeasyPrint sets this for its whole process: a picture that is cut off would be taken, with its rest in grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        upright = _upright(opened)
        return EncodedPicture(tuple(_encode(upright, width) for width in _widths(upright.width)))
    except PictureRefused:
        raise
    except Exception:
        # Pillow's decoders raise whatever a broken file makes them stumble over.
        raise PictureRefused(damaged()) from None


def _widths(own: int) -> tuple[int, ...]:
    """The widths to make: never larger than the picture itself."""
    return (*(width for width in WIDTHS if width < own), own)


def _upright(picture: Image.Image) -> Image.Image:
    """Decoded, turned as the camera was held, no wider than pages need, in sRGB."""
    profile = picture.info.get("icc_profile")
    # A JPEG is decoded no larger than needed.
    picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
    # In place: a copy of a large picture is what memory has no room for.
    ImageOps.exif_transpose(picture, in_place=True)
    turned = _reduced(picture)
    if turned.width > WIDTHS[-1]:
        height = max(1, round(turned.height * WIDTHS[-1] / turned.width))
        turned = turned.resize((WIDTHS[-1], height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = _in_srgb(turned, profile)
    upright.info.clear()
    return upright


def _reduced(picture: Image.Image) -> Image.Image:
    """RGB or RGBA at a whole fraction of the size, at least as wide as pages need.

    Made in strips: converted and made smaller at once, a large picture would be in memory four times.
    """
    factor = picture.width // WIDTHS[-1]
    if factor < 2:
        return _plain(picture)
    strips = []
    for top in range(0, picture.height, factor * STRIP):
        bottom = min(top + factor * STRIP, picture.height)
        strips.append(_plain(picture.crop((0, top, picture.width, bottom))).reduce(factor))
    small = Image.new(strips[0].mode, (strips[0].width, sum(strip.height for strip in strips)))
    top = 0
    for strip in strips:
        small.paste(strip, (0, top))
        top += strip.height
    small.info.update(picture.info)
    return small


def _plain(picture: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is transparent."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits of grey: the upper eight.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours of another profile (phones write Display P3) as they look, or as they are where it cannot be read."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != "RGB":
            return picture
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed or picture


def _encode(picture: Image.Image, width: int) -> EncodedFile:
    height = max(1, round(picture.height * width / picture.width))
    sized = picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sized.save(out, "WEBP", quality=QUALITY, method=EFFORT, exif=b"", xmp=b"", icc_profile=None)
    return EncodedFile(sized.width, sized.height, out.getvalue())
