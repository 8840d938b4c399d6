"""What somebody asks for who looks for a figure: "berau 2025 dianggarkan 12 ribu", read into its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.core.i18n import use_language
from portal.core.labels import LABELS
from portal.core.vocabulary import LANGUAGES, STAGES
from portal.news.figures.numerals import numerals
from portal.news.figures.shapes import Numeral

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d]|[.,]\d)")
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
MOST_WORDS = 8
# Further words for the stages that people use.
STAGE_WORDS = {
    "rencana": "planned",
    "anggaran": "budgeted",
    "dibayar": "disbursed",
    "dibayarkan": "disbursed",
    "cair": "disbursed",
    "tersalur": "disbursed",
    "terlindungi": "enrolled",
    "protected": "enrolled",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A search: every word and year, one of the stages and one of the numbers must fit."""

    words: tuple[str, ...] = ()
    numbers: tuple[Numeral, ...] = ()
    years: tuple[int, ...] = ()
    stages: tuple[str, ...] = ()


def read_wish(text: str) -> Wish:
    """The parts of a search as typed."""
    years = tuple(dict.fromkeys(int(found[0]) for found in YEAR.finditer(text)))
    rest = YEAR.sub(lambda found: " " * len(found[0]), text)
    numbers = numerals(rest)
    for number in numbers:
        end = number.position + len(number.text)
        rest = rest[: number.position] + " " * len(number.text) + rest[end:]
    words = [word.lower() for word in WORD.findall(rest)]
    stages = tuple(dict.fromkeys(stage for word in words if (stage := stage_words().get(word))))
    left = [word for word in words if word not in stage_words()]
    return Wish(tuple(dict.fromkeys(left))[:MOST_WORDS], numbers, years, stages)


@lru_cache(maxsize=1)
def stage_words() -> dict[str, str]:
    """Each word for a stage, in both languages."""
    found = STAGE_WORDS | {stage: stage for stage in STAGES}
    for code in LANGUAGES:
        with use_language(code):
            found |= {str(words).lower(): stage for stage, words in LABELS["stage"].items()}
    return found


@lru_cache(maxsize=512)
def codes_of(vocabulary: str, word: str) -> tuple[str, ...]:
    """The codes of a vocabulary whose words, in either language, hold this word."""
    found = []
    for code in LANGUAGES:
        with use_language(code):
            found += [name for name, words in LABELS[vocabulary].items() if word in str(words).lower()]
    return tuple(dict.fromkeys(found))
