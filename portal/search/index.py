"""The index of words, the one part that differs by database: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Questions are put together from words of a to z and digits alone, so nothing a visitor types is an operator.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    TextClause,
    bindparam,
    column,
    func,
    literal_column,
    table,
    text,
)

from portal.core.database import AnySession
from portal.search.shapes import Term

Row = tuple[int, str, str]

# Not in the metadata of the models: the migration makes it, in the form its database knows.
search_index = table("search_index", column("rowid", Integer))


def is_postgres(session: AnySession) -> bool:
    """Whether the content database is PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def lock(session: AnySession) -> None:
    """On PostgreSQL a second rebuild waits here for the first; SQLite has one writer anyway."""
    if is_postgres(session):
        session.execute(text("LOCK TABLE search_index IN EXCLUSIVE MODE"))


def clear(session: AnySession) -> None:
    """Empty the index."""
    session.execute(text("DELETE FROM search_index"))


def remove(session: AnySession, numbers: Iterable[int]) -> None:
    """Take documents out of it."""
    values = [{"id": number} for number in numbers]
    if values:
        session.execute(text("DELETE FROM search_index WHERE rowid = :id"), values)


def fill(session: AnySession, rows: Iterable[Row]) -> None:
    """Add documents: number, stemmed title, stemmed body."""
    values = [{"id": number, "title": title, "body": body} for number, title, body in rows]
    if not values:
        return
    if is_postgres(session):
        tokens = "setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :body)"
        statement = f"INSERT INTO search_index (rowid, tokens) VALUES (:id, {tokens})"  # noqa: S608
    else:
        statement = "INSERT INTO search_index (rowid, title, body) VALUES (:id, :title, :body)"
    session.execute(text(statement), values)


def question(session: AnySession, terms: Iterable[Term], *, loose: bool) -> str:
    """The words as this database asks for them: each as its stem or as the beginning of a word."""
    if is_postgres(session):
        return (" | " if loose else " & ").join(_postgres(term) for term in terms)
    return (" OR " if loose else " AND ").join(_sqlite(term) for term in terms)


def matches(session: AnySession, asked: str) -> TextClause:
    """The condition that a row of `search_index` answers the question."""
    if is_postgres(session):
        return text("search_index.tokens @@ to_tsquery('simple', :asked)").bindparams(asked=asked)
    return text("search_index MATCH :asked").bindparams(asked=asked)


def rank(session: AnySession, asked: str) -> ColumnElement[float]:
    """How well a row answers, higher is better; a word in the title counts about eight times."""
    if is_postgres(session):
        tokens: ColumnElement[str] = literal_column("search_index.tokens")
        query = func.to_tsquery("simple", bindparam("ranked", asked))
        return func.ts_rank(literal_column("'{0.1, 0.2, 0.4, 0.8}'::real[]"), tokens, query, 1, type_=Float)
    return -literal_column("bm25(search_index, 8.0, 1.0)", Float)


def _postgres(term: Term) -> str:
    return f"('{term.stem}' | '{term.word}'{_beginning(term, ':*')})"


def _sqlite(term: Term) -> str:
    return f'("{term.stem}" OR "{term.word}"{_beginning(term, " *")})'


def _beginning(term: Term, sign: str) -> str:
    """A number or a very short word must match whole: 15 is not 15.000."""
    return "" if term.word[0].isdigit() or len(term.word) < 4 else sign
