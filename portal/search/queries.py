"""Asking the search: at most four queries a question."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from sqlalchemy import func, select

from portal.core.i18n import language
from portal.core.vocabulary import SEARCH_KINDS
from portal.extensions import db
from portal.search import index
from portal.search.models import SearchDocument, SearchWord
from portal.search.shapes import Found, Result, Term
from portal.search.snippets import highlight, snippet
from portal.search.words import read_terms

CLOSE_ENOUGH = 0.72
# The order of what answers equally well: never by number, which tells only when a document was made.
EQUALS = (SearchDocument.boost.desc(), SearchDocument.position)


def find(question: str) -> Found:
    """How many results of each kind the question has, all words first, else some of them."""
    terms = read_terms(question, language())
    if not terms:
        return Found(())
    counts = _counts(terms, loose=False)
    if counts:
        return Found(terms, counts)
    suggestion = suggest(question, terms)
    loose = _counts(terms, loose=True) if len(terms) > 1 else {}
    return Found(terms, loose, bool(loose), suggestion)


def list_results(found: Found, kind: str, *, limit: int, offset: int) -> tuple[Result, ...]:
    """Results, best first; `kind` empty: all."""
    if not found.total:
        return ()
    asked = index.question(db.session, found.terms, loose=found.loose)
    query = select(SearchDocument.kind, SearchDocument.address, SearchDocument.title, SearchDocument.text)
    order = (index.rank(db.session, asked) * SearchDocument.boost).desc()
    query = _matching(query, asked).order_by(order, *EQUALS).limit(limit).offset(offset)
    if kind:
        query = query.where(SearchDocument.kind == kind)
    spoken = language()
    return tuple(
        Result(
            row.kind,
            row.address,
            highlight(row.title, found.terms, spoken),
            snippet(row.text, found.terms, spoken),
        )
        for row in db.session.execute(query)
    )


def suggest(question: str, terms: tuple[Term, ...]) -> str:
    """The question with words nobody published replaced by the closest that are; empty where there are none."""
    unknown = [term.word for term in terms if term.word.isalpha() and len(term.word) >= 4]
    if not unknown:
        return ""
    lengths = [len(word) for word in unknown]
    rows = db.session.execute(
        select(SearchWord.word).where(
            SearchWord.language == language(),
            func.length(SearchWord.word).between(min(lengths) - 2, max(lengths) + 2),
        )
    )
    known = [word for (word,) in rows]
    replaced = {word: _closest(word, known) for word in unknown if word not in known}
    better = " ".join(replaced.get(term.word) or term.word for term in terms)
    return better if any(replaced.values()) and better != question.strip().lower() else ""


def _closest(word: str, known: list[str]) -> str:
    near = [other for other in known if abs(len(other) - len(word)) <= 2]
    return next(iter(get_close_matches(word, near, n=1, cutoff=CLOSE_ENOUGH)), "")


def _counts(terms: tuple[Term, ...], *, loose: bool) -> dict[str, int]:
    asked = index.question(db.session, terms, loose=loose)
    query = _matching(select(SearchDocument.kind, func.count()), asked).group_by(SearchDocument.kind)
    counts: dict[str, int] = dict(db.session.execute(query).all())
    return {kind: counts[kind] for kind in SEARCH_KINDS if kind in counts}


def _matching(query: Any, asked: str) -> Any:
    return query.join(index.search_index, index.search_index.c.rowid == SearchDocument.id).where(
        index.matches(db.session, asked), SearchDocument.language == language()
    )
