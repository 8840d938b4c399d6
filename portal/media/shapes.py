"""What pages show of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

THUMBNAIL = 320

# Pairs of code and name, for a form to choose from.
Choices = tuple[tuple[str, str], ...]


def picture_address(name: str, width: int) -> str:
    """Where a picture's file of that width is."""
    return f"/gambar/{name}-{width}.webp"


@dataclass(frozen=True, slots=True)
class TextPicture:
    """A picture as a text shows it: its alternative text in the reader's language and (width, height) of its files.

    `query` is added to its addresses: a permit for those who look at an unpublished text without an account.
    """

    name: str
    alt: str
    sizes: tuple[tuple[int, int], ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class PictureUseShape:
    """Where a picture is used: a record's title, its item at the desk if it has one, and whether it is public."""

    title: str
    item_id: int | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class PictureCard:
    """A picture in the list; pixels."""

    id: int
    name: str
    region_code: str
    region_name: str
    alt_id: str
    alt_en: str
    width: int
    height: int
    uploaded_at: datetime

    @property
    def address(self) -> str:
        """Its largest file: what a text refers to."""
        return picture_address(self.name, self.width)

    @property
    def thumbnail(self) -> str:
        """Its smallest file."""
        return picture_address(self.name, min(self.width, THUMBNAIL))

    def alt(self, language: str) -> str:
        """Its alternative text in one language."""
        return self.alt_en if language == "en" else self.alt_id


@dataclass(frozen=True, slots=True)
class PictureFilter:
    """Which pictures a list shows: codes of regions (None: all), and words of the alternative texts."""

    regions: tuple[str, ...] | None = None
    words: str = ""
