"""Numbers of identity cards (NIK) in texts that people write: the portal keeps nobody's.

A NIK is PPKKCC DDMMYY SSSS, day + 40 for women. Only such sixteen digits are meant, together or in the groups in
which people write them, so that regulation numbers, amounts and times stay possible. A family card's number has the
same form and is meant as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.core.errors import PortalError
from portal.core.i18n import gettext as _

_BETWEEN = r"[ .\-‐‑–—_/\u00a0\u202f]"
_GROUPS = ((4, 4, 4, 4), (6, 6, 4), (6, 2, 2, 2, 4), (2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4))
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Most cells have no four digits in a row or no sixteen at all.
_MAYBE = re.compile(r"\d.*\d{4}", re.DOTALL)
MALE_AND_FEMALE = 40


def _grouped(number: int, sizes: tuple[int, ...]) -> str:
    first, *rest = sizes
    again = "".join(rf"(?P=sign{number})\d{{{size}}}" for size in rest[1:])
    return rf"\d{{{first}}}(?P<sign{number}>{_BETWEEN})\d{{{rest[0]}}}{again}"


_WRITTEN = re.compile(
    r"(?<!\d)(?:\d{16}|" + "|".join(_grouped(at, sizes) for at, sizes in enumerate(_GROUPS)) + r")(?!\d)"
)


class IdNumberTyped(PortalError):
    """A text holds the number of somebody's identity card."""

    def __init__(self) -> None:
        super().__init__(id_number_sentence())


def id_number_sentence() -> str:
    """What is said to whoever typed one."""
    return _(
        "This text holds what looks like somebody's NIK (16 digits). The portal keeps and publishes nobody's: "
        "take the number out, then send it again."
    )


def holds_id_number(text: str) -> bool:
    """Whether a NIK stands somewhere in the text, in digits of any script."""
    if len(text) < 16 or not _MAYBE.search(text):
        return False
    return any(_is_possible(found[0]) for found in _WRITTEN.finditer(_UNSEEN.sub("", text)))


def refuse_id_numbers(texts: Iterable[str]) -> None:
    """Raise IdNumberTyped where one of the texts holds a NIK."""
    if any(map(holds_id_number, texts)):
        raise IdNumberTyped


def _is_possible(written: str) -> bool:
    """Whether the digits have a province, a day and a month, and a sequence number."""
    digits = "".join(str(int(sign)) for sign in written if sign.isdecimal())
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    day -= MALE_AND_FEMALE if day > MALE_AND_FEMALE else 0
    return 11 <= province <= 97 and 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000"
