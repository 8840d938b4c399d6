"""Days as people write them in sheets; what could be two days is refused."""

from __future__ import annotations

import re
from datetime import date

from babel import Locale

from portal.core.i18n import gettext as _
from portal.core.typed_numbers import Unclear
from portal.core.vocabulary import LANGUAGES

SIGNED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
WORDED = re.compile(r"([0-9]{1,2}) ([a-z]+)\.? ([0-9]{4})")
MONTHS = {
    name.casefold().rstrip("."): number
    for spoken in LANGUAGES
    for width in ("wide", "abbreviated")
    for number, name in Locale(spoken).months["format"][width].items()
}


def understand_day(text: str) -> str:
    """The day as 2025-08-17; other text that is no day stays as it is. Raises Unclear where it could be two days."""
    plain = text.strip().casefold()
    if found := WORDED.fullmatch(plain):
        month = MONTHS.get(found[2])
        return _written(int(found[3]), month, int(found[1]), text) if month else text
    if found := SIGNED.fullmatch(plain):
        first, second, year = map(int, found.groups())
        if first != second and first <= 12 and second <= 12:
            raise Unclear(
                _(
                    "“%(typed)s” can be two different days: write it as 2025-08-17 or 17 Agustus 2025.",
                    typed=text,
                )
            )
        day, month = (first, second) if second <= 12 else (second, first)
        return _written(year, month, day, text)
    return text.strip()


def _written(year: int, month: int, day: int, text: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text
