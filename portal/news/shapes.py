"""What pages show of news and awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from portal.evidence.shapes import SourceShape
from portal.news.figures.shapes import Flag


@dataclass(frozen=True, slots=True)
class Place:
    """A region as a link: its slug and name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post in a list; `published_on` None: its source gives no date."""

    id: str
    kind: str
    title: str
    published_on: date | None
    region: Place
    summary: str


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post as its own page; `html` is sanitised, `headline` the title, `flags` its figures corrected since."""

    id: str
    kind: str
    headline: str
    published_on: date | None
    region: Place
    html: Markup
    summary: str
    program: tuple[str, str] | None
    award: AwardCard | None
    sources: tuple[SourceShape, ...]
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardCard:
    """An award or nomination; `year` is the assessment year, `conferred_on` the ceremony, None where not published."""

    id: str
    region: Place
    award: str
    year: int | None
    level: str
    category: str | None
    result: str
    recipient: str
    conferred_on: date | None
    conferred_by: str | None
    note: str | None
    sources: tuple[SourceShape, ...] = ()

    @property
    def is_nomination(self) -> bool:
        """A nomination is never shown as a win."""
        return self.result == "nominee"


@dataclass(frozen=True, slots=True)
class PostFilter:
    """Which posts a list shows; empty text: all."""

    region: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AwardFilter:
    """Which awards a list shows; empty text: all; year `-`: assessment year not published."""

    region: str = ""
    year: str = ""
    result: str = ""


Choices = tuple[tuple[str, str], ...]
