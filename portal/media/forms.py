"""The forms of pictures: what was typed, what is wrong with it, and which pictures a list shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from portal.core.addresses import Arguments, Fault
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number, id_number_sentence
from portal.core.paging import PARAMETER
from portal.media.shapes import Choices, PictureFilter

LONGEST_ALT = 300
FILE_NAME = re.compile(r"\S+\.(jpe?g|png|webp|heic|gif|tiff?)", re.IGNORECASE)


@dataclass(slots=True)
class PictureForm:
    """What was typed about a picture; `errors` has a sentence for each field that is wrong."""

    region: str = ""
    alt_id: str = ""
    alt_en: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PictureReading:
    """What a list's address asks for."""

    wanted: PictureFilter
    region: str
    page: int
    faults: tuple[Fault, ...]


def read_picture_form(typed: Mapping[str, str]) -> PictureForm:
    """The alternative texts, spaces folded, and the region."""
    form = PictureForm(
        typed.get("wilayah", "").strip(), _folded(typed.get("alt_id", "")), _folded(typed.get("alt_en", ""))
    )
    for name, text in (("alt_id", form.alt_id), ("alt_en", form.alt_en)):
        wrong = _wrong(text)
        if wrong:
            form.errors[name] = wrong
    return form


def read_list(arguments: MultiDict[str, str], regions: Choices) -> PictureReading:
    """The filter and page of `/meja/gambar`; `regions` are those the account sees."""
    codes = tuple(code for code, _name in regions)
    read = Arguments(arguments, ("wilayah", "q", PARAMETER))
    region = read.one_of("wilayah", codes, _("The region (wilayah) is not one of yours."))
    words, page = read.words(), read.page()
    return PictureReading(PictureFilter((region,) if region else codes, words), region, page, read.faults)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _wrong(text: str) -> str | None:
    if not text:
        return _("Say in a few words what the picture shows, for those who cannot see it.")
    if len(text) > LONGEST_ALT:
        return _("%(number)s characters at the most, please.", number=LONGEST_ALT)
    if not text.isprintable():
        return _("The text holds a character that cannot be printed.")
    if FILE_NAME.fullmatch(text):
        return _("That is the name of a file. Say what the picture shows.")
    if holds_id_number(text):
        return id_number_sentence()
    return None
