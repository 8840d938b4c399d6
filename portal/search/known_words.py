"""The words that occur in what is published, each with the number of documents it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import text

from portal.core.database import AnySession
from portal.search.words import words

SHORTEST_SUGGESTION = 4

Counts = Counter[tuple[str, str]]

_MORE = text(
    "INSERT INTO search_words (language, word, documents) VALUES (:language, :word, :number) "
    "ON CONFLICT (language, word) DO UPDATE SET documents = search_words.documents + excluded.documents"
)
_FEWER = text(
    "UPDATE search_words SET documents = documents - :number WHERE language = :language AND word = :word"
)
_FORGET = text("DELETE FROM search_words WHERE documents <= 0")


def count_words(texts: Iterable[tuple[str, str, str]]) -> Counts:
    """In how many of the documents (language, title, text) each word stands, by language and word."""
    counts: Counts = Counter()
    for language, title, body in texts:
        counts.update((language, word) for word in _telling(f"{title} {body}"))
    return counts


def change_words(session: AnySession, come: Counts, gone: Counts) -> None:
    """Bring the numbers up to date; a word that stands in no document any more is forgotten."""
    change = Counter(come)
    change.subtract(gone)
    more = [_row(key, number) for key, number in sorted(change.items()) if number > 0]
    fewer = [_row(key, -number) for key, number in sorted(change.items()) if number < 0]
    if more:
        session.execute(_MORE, more)
    if fewer:
        session.execute(_FEWER, fewer)
        session.execute(_FORGET)


def _telling(body: str) -> set[str]:
    """The words of a text that somebody may misspell."""
    return {word for word in words(body) if len(word) >= SHORTEST_SUGGESTION and word.isalpha()}


def _row(key: tuple[str, str], number: int) -> dict[str, object]:
    return {"language": key[0], "word": key[1], "number": number}
