"""Whole numbers in words, so that somebody who typed a zero too many hears it."""

from __future__ import annotations

from portal.core.i18n import language

_UNITS_ID = (
    "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua|belas tiga|belas "
    "empat|belas lima|belas enam|belas tujuh|belas delapan|belas sembilan|belas"
)
_UNITS_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
UNITS = {
    "id": tuple(word.replace("|", " ") for word in _UNITS_ID.split()),
    "en": tuple(_UNITS_EN.split()),
}
TENS = (*("", ""), "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {
    "id": ("", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"),
    "en": ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"),
}
LARGEST = 10**21 - 1


def spell(number: int) -> str:
    """`3024000000` → "tiga miliar dua puluh empat juta" in the language spoken; raises ValueError beyond 10²¹."""
    if not 0 <= number <= LARGEST:
        raise ValueError("only whole numbers from zero to 10^21 can be spelled")
    if number == 0:
        return UNITS[language()][0]
    below = _below_thousand_id if language() == "id" else _below_thousand_en
    parts = []
    for place in reversed(range(7)):
        group = number // 1000**place % 1000
        if group:
            parts.append(_group(group, place, below(group)))
    return " ".join(parts)


def _group(group: int, place: int, words: str) -> str:
    if language() == "id" and place == 1 and group == 1:
        return "seribu"
    return f"{words} {SCALES[language()][place]}".strip()


def _below_thousand_id(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{UNITS['id'][hundreds]} ratus")
    if 0 < rest < 20:
        words.append(UNITS["id"][rest])
    elif rest:
        tens, units = divmod(rest, 10)
        words.append(f"{UNITS['id'][tens]} puluh")
        if units:
            words.append(UNITS["id"][units])
    return " ".join(words)


def _below_thousand_en(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{UNITS['en'][hundreds]} hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(UNITS["en"][rest])
    elif rest:
        tens, units = divmod(rest, 10)
        words.append(f"{TENS[tens]}-{UNITS['en'][units]}" if units else TENS[tens])
    return " ".join(words)
