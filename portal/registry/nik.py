"""Reading a NIK (nomor induk kependudukan): 16 digits, PPKKCC DDMMYY SSSS.

Province, regency and district of first registration, birth date (day + 40 for women), sequence number.
"""

import re
import unicodedata
from typing import Final

NIK_LENGTH: Final = 16

# What people and spreadsheets put between or around the digits. Commas and dots are thousands separators there.
# Marks that nobody sees (soft hyphens, directions of writing) come along from chats and web pages.
_SEPARATORS: Final = re.compile(
    r"[\s.,\-‐‑‒–—_/'’‘`´\"\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)
_SPOILT_NUMBER: Final = re.compile(
    # 6,40312E+15; 64039925058590.01; 64.039.925.058.590,00; 6.403.992.505.859.010, whose 0 may be all that was kept
    r"-?\d+(?:[.,]\d+)?\s*[eE]\s*\+?\d+|-?\d{13,}[.,]\d{1,2}"
    r"|-?\d{1,3}(?:\.\d{3})+,\d{1,2}|-?\d{1,3}(?:,\d{3})+\.\d{1,2}|-?\d{1,3}(?:\s\d{3})+[.,]\d{1,2}"
    r"|\d(?:[.,\s]\d{3}){4}[.,\s]\d\d0"
)
_SPOILT_END: Final = re.compile(r"[.,]0{1,2}$")
_DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY_MONTHS: Final = frozenset(
    f"{day + women:02}{month:02}"
    for month, days in enumerate(_DAYS_IN_MONTH, start=1)
    for day in range(1, days + 1)
    for women in (0, 40)
)
_LEAP_DAYS: Final = frozenset(("2902", "6902"))
_DAYS_OF_EVERY_YEAR: Final = _DAY_MONTHS - _LEAP_DAYS


def read_digits(text: str) -> str:
    """What was written, without separators and with every script's digits as 0–9."""
    if text.isascii() and text.isdigit():
        return text
    bare = _SEPARATORS.sub("", text)
    if bare.isascii():
        return bare
    return "".join(str(unicodedata.decimal(char, char)) for char in bare)


def is_spoilt_number(text: str) -> bool:
    """Whether a spreadsheet wrote this as a number (6,40312E+15 or …001.0), so digits may be lost."""
    return _SPOILT_NUMBER.fullmatch(text.strip()) is not None


def find_nik_mistake(text: str) -> str | None:
    """Reason code of a mistake anyone can see in what was typed, or None for 16 digits."""
    digits = read_digits(text)
    if not digits:
        return "nik_missing"
    if not (digits.isascii() and digits.isdigit()):
        return "nik_not_digits"
    return None if len(digits) == NIK_LENGTH else "nik_length"


def find_impossible_number(nik: str) -> str | None:
    """Reason code for 16 digits that no office issues, or None."""
    if nik.endswith("0000"):
        return "nik_sequence_zero"
    return "nik_repeated_digit" if nik == nik[0] * NIK_LENGTH else None


def has_possible_birth_date(nik: str) -> bool:
    """Whether digits 7–12 are a date of this or the last century (day + 40 for women)."""
    born = nik[6:10]
    return born in _DAYS_OF_EVERY_YEAR or (born in _LEAP_DAYS and int(nik[10:12]) % 4 == 0)


def region_digits(code: str) -> str:
    """A Kemendagri code as it stands at the start of a NIK: `64.03` is `6403`."""
    return code.replace(".", "")


def last_four(text: str) -> str:
    """The last four digits of what was written: all a report may show of a NIK; none of scientific notation."""
    if is_spoilt_number(text):
        # `6,40312E+15` does not tell them; `…0010.0` tells them before the point.
        whole = _SPOILT_END.sub("", text.strip())
        return whole[-4:] if whole.isdigit() else ""
    return "".join(char for char in read_digits(text) if char.isdigit())[-4:]
