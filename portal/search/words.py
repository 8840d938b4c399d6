"""From text to the words that are searched: lower case, without accents, numbers in one form, and stems.

Both databases get the same words, stemmed here, so that they find the same things. Stems of Indonesian come from
PySastrawi (about 70 µs a word, so they are kept); English only loses its commonest endings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from portal.search.shapes import Term

LONGEST_WORD = 60
MOST_TERMS = 10
WORD = re.compile(r"[a-z0-9]+")
# 15.000, 15,000 and Rp3.024.000.000 are one number each, however the language groups its digits.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?![\d])")
THOUSANDS = re.compile(r"\b(\d{1,3}) (?:ribu|thousand)\b")
LETTERS_AND_DIGITS = re.compile(r"(?<=[a-z])(?=\d)")
# Words without which a question reads the same; dropped unless nothing else is left.
STOP_WORDS = frozenset(
    "dan di ke dari yang untuk pada dengan atau ini itu apa apakah berapa siapa adalah oleh dalam bagi saya "
    "the of in on for and or to a an is are by with what which who how many much do i".split()
)

_making = Lock()


def words(text: str) -> list[str]:
    """The words of a text in order; a number is one word without separators, `15 ribu` is also `15000`."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = GROUPED.sub(lambda match: re.sub(r"[.,]", "", match[0]), folded)
    spelled = THOUSANDS.sub(r"\g<0> \g<1>000", joined)
    return [word[:LONGEST_WORD] for word in WORD.findall(LETTERS_AND_DIGITS.sub(" ", spelled))]


def stem(word: str, language: str) -> str:
    """The stem of one word; numbers and short words stay as they are."""
    if len(word) <= 3 or word[0].isdigit():
        return word
    return _indonesian(word) if language == "id" else _english(word)


def stemmed(text: str, language: str) -> str:
    """Every word and, where it differs, its stem, as one text for the index."""
    parts: list[str] = []
    for word in words(text):
        parts.append(word)
        root = stem(word, language)
        if root != word:
            parts.append(root)
    return " ".join(parts)


def read_terms(question: str, language: str) -> tuple[Term, ...]:
    """The words of a question, each once, without those that say nothing; at most ten."""
    found = list(dict.fromkeys(words(question)))
    telling = [word for word in found if word not in STOP_WORDS] or found
    return tuple(Term(word, stem(word, language)) for word in telling[:MOST_TERMS])


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # Not the factory's own stemmer: that one keeps every word it ever saw.
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@lru_cache(maxsize=20_000)
def _indonesian(word: str) -> str:
    with _making:
        return str(_stemmer().stem_word(word)) or word


def _english(word: str) -> str:
    for ending, instead, shortest in (
        ("ies", "y", 5),
        ("sses", "ss", 6),
        ("s", "", 4),
        ("ing", "", 7),
        ("ed", "", 6),
    ):
        if word.endswith(ending) and not word.endswith("ss") and len(word) >= shortest:
            return word.removesuffix(ending) + instead
    return word
