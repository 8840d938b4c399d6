"""Numbers written in digits, Indonesian (1.234,5) and English (1,234.5), with their size and unit in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.news.figures.masks import masked
from portal.news.figures.numerals_in_words import spelled_numerals
from portal.news.figures.shapes import Numeral

SCALES = {
    "ribu": 10**3,
    "rb": 10**3,
    "thousand": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "million": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "m": 10**9,
    "billion": 10**9,
    "triliun": 10**12,
    "t": 10**12,
    "trillion": 10**12,
}
UNITS = {
    "%": "percent",
    "persen": "percent",
    "percent": "percent",
    "per cent": "percent",
    "rupiah": "idr",
    "bulan": "month",
    "month": "month",
    "months": "month",
}
# Words that tell which sign stands before decimals.
ENGLISH = {"thousand", "million", "billion", "trillion", "percent", "per cent", "month", "months"}
# A bare count below ten ("5 langkah") is hardly ever a figure of a record.
SMALLEST_COUNT = 10

NUMBER = re.compile(
    r"""
    (?<![A-Za-z0-9_\x00])(?<![A-Za-z]-)(?<!\d[.,])
    (?P<money>(?:Rp|IDR)\.?\s?)?
    (?P<digits>\d++(?:[.,]\d++)*+)(?!_)
    (?:\s?(?P<scale>ribu|rb|thousand|juta|jt|million|mil[iy]ar|billion|triliun|trillion|(?(money)[MT]))\b(?!-?an\b))?
    (?:(?P<sign>\s?%)|\s(?P<unit>persen|per\ ?cent|rupiah|bulan|months?)\b)?
    (?![A-Za-z0-9_])
    """,
    re.IGNORECASE | re.VERBOSE,
)
RANGE = re.compile(
    r"\s?(?:[-–—]|s\.?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|dan|and|atau|or)\s?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number as written: its digits as a value, the size of the last digit, scale and unit."""

    start: int
    end: int
    value: Decimal
    last: Decimal
    scale: int
    unit: str


def numerals(text: str, names: Iterable[str] = ()) -> tuple[Numeral, ...]:
    """Every number of the text that may be a figure, in order; dates, regulations and the like are left out."""
    hidden = masked(text, names)
    written = _share([one for one in map(_read, NUMBER.finditer(hidden)) if one is not None], hidden)
    found = [_numeral(text, one) for one in written if _counts(one)]
    found += spelled_numerals(hidden)
    return tuple(sorted(found, key=lambda one: one.position))


def read_number(text: str) -> Numeral | None:
    """The text as one number, as somebody types it in a search ("12 ribu"); None where it is not one."""
    typed = text.strip()
    found = NUMBER.fullmatch(typed)
    one = _read(found) if found else None
    return _numeral(typed, one) if one else None


def _read(found: re.Match[str]) -> _Found | None:
    scale = (found["scale"] or "").lower()
    unit = (found["sign"] or found["unit"] or "").strip().lower()
    mark = _decimal_mark(scale, unit)
    read = _digits(found["digits"], mark)
    if read is None:
        return None
    value, last = read
    kind = "idr" if found["money"] else UNITS.get(unit, "")
    return _Found(found.start(), found.end(), value, last, SCALES.get(scale, 1), kind)


def _decimal_mark(scale: str, unit: str) -> str:
    """The sign before decimals where a word of one language tells; "" where none does."""
    if not scale and not unit:
        return ""
    if scale in ENGLISH or unit in ENGLISH:
        return "."
    return "?" if unit == "%" and not scale else ","


def _digits(digits: str, mark: str) -> tuple[Decimal, Decimal] | None:
    """Value and size of the last digit; None for what groups digits as no language does (3.1.2)."""
    signs = [letter for letter in digits if not letter.isdigit()]
    if not signs:
        return Decimal(digits), Decimal(0)
    decimals = _has_decimals(digits, signs, mark)
    whole, sign, part = digits.rpartition(signs[-1]) if decimals else (digits, "", "")
    groups = re.split(r"[.,]", whole)
    if len(set(signs[: len(signs) - decimals])) > 1 or not _grouped(groups):
        return None
    value = Decimal("".join(groups) + ("." + part if sign else ""))
    return value, Decimal(1).scaleb(-len(part)) if sign else Decimal(0)


def _has_decimals(digits: str, signs: list[str], mark: str) -> bool:
    last = re.split(r"[.,]", digits)[-1]
    if len(set(signs)) > 1:
        return signs[-1] != signs[0]
    if len(signs) > 1:
        return False
    return len(last) != 3 or digits.startswith("0") or mark in (signs[0], "?")


def _grouped(groups: list[str]) -> bool:
    return len(groups) == 1 or (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))


def _share(found: list[_Found], text: str) -> list[_Found]:
    """In "10–15 ribu" and "Rp3–4 miliar" both numbers have the size and the unit."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        if not RANGE.fullmatch(text[one.end : other.start]):
            continue
        if one.scale == 1 and other.scale > 1 and one.value < other.scale:
            one = replace(one, scale=other.scale)
        if not one.unit and other.unit:
            one = replace(one, unit=other.unit)
        shared[place] = one
        if one.unit == "idr" and not other.unit:
            shared[place + 1] = replace(other, unit="idr")
    return shared


def _counts(one: _Found) -> bool:
    return bool(one.unit) or one.scale > 1 or one.value >= SMALLEST_COUNT


def _numeral(text: str, one: _Found) -> Numeral:
    value = one.value * one.scale
    last = one.last or (Decimal(1) if one.scale > 1 or one.unit == "percent" else Decimal(0))
    half = last * one.scale / 2
    written = text[one.start : one.end]
    return Numeral(written, one.start, value, value - half, value + half, one.unit, scaled=one.scale > 1)
