"""Numbers spelled out: "lima belas ribu", "dua ratus juta", "fifteen thousand"; only from a hundred up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.news.figures.shapes import Numeral

DIGITS = {
    word: value
    for words in (
        "satu dua tiga empat lima enam tujuh delapan sembilan",
        "one two three four five six seven eight nine",
    )
    for value, word in enumerate(words.split(), 1)
}
DIGITS |= {"sepuluh": 10, "sebelas": 11}
DIGITS |= {
    word: value
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 10
    )
}
DIGITS |= {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
# Words that stand after a digit and multiply it, and those that are a number by themselves.
TENS = {"belas": 0, "puluh": 10}
HUNDREDS = {"ratus": 100, "hundred": 100}
LARGE = {
    "ribu": 10**3,
    "thousand": 10**3,
    "juta": 10**6,
    "million": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "billion": 10**9,
    "triliun": 10**12,
    "trillion": 10**12,
}
ALONE = {"seratus": 100, "seribu": 10**3, "sejuta": 10**6, "semiliar": 10**9}
WORDS = sorted((*DIGITS, *TENS, *HUNDREDS, *LARGE, *ALONE), key=len, reverse=True)
PHRASE = re.compile(
    rf"\b(?:{'|'.join(WORDS)})(?:(?:\s+|-|\s+and\s+)(?:{'|'.join(WORDS)}))*\b(?:\s+(rupiah|persen|percent|bulan|months?)\b)?",
    re.IGNORECASE,
)
UNITS = {"rupiah": "idr", "persen": "percent", "percent": "percent", "bulan": "month", "month": "month"}


def spelled_numerals(text: str) -> Iterator[Numeral]:
    """The spelled-out numbers of at least a hundred."""
    for found in PHRASE.finditer(text):
        unit = UNITS.get((found[1] or "").lower().rstrip("s"), "")
        words = re.split(r"[\s-]+", found[0].lower())[: -1 if found[1] else None]
        if _follows_digits(text[max(0, found.start() - 40) : found.start()]):
            continue
        read = _value([word for word in words if word != "and"])
        if read is None or read[0] < 100:
            continue
        value, last = Decimal(read[0]), Decimal(read[1]) / 2
        yield Numeral(found[0], found.start(), value, value - last, value + last, unit, scaled=read[1] > 1)


def _follows_digits(before: str) -> bool:
    """Whether the words only give the size of a number in digits, or of "puluhan" (tens of)."""
    return bool(
        re.search(r"(?:[\d\x00]|\b\w+(?:uh|us|bu)an|\bbeberapa|\bseveral)\s*$", before, re.IGNORECASE)
    )


def _value(words: list[str]) -> tuple[int, int] | None:
    """The number and the size of its last word; None where the words are no number."""
    total, group, last = 0, 0, 1
    for word in words:
        if word in LARGE:
            if not group:
                return None
            total, group, last = total + group * LARGE[word], 0, LARGE[word]
        elif word in ALONE:
            size = ALONE[word]
            total, group, last = (total, group + size, 1) if size == 100 else (total + size, group, size)
        else:
            grown = _grow(group, word)
            if grown is None:
                return None
            group, last = grown, 1
    return total + group, last


def _grow(group: int, word: str) -> int | None:
    """The number below a thousand with one more word; None where the word can't stand there."""
    units = group % 10
    if word in DIGITS:
        return None if units else group + DIGITS[word]
    if not units:
        return None
    if word == "belas":
        return group + 10
    return group - units + units * (10 if word == "puluh" else 100)
