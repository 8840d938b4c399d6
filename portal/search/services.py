"""Building the search anew after a publication."""

from __future__ import annotations

from sqlalchemy import delete, insert

from portal.core.database import AnySession
from portal.core.i18n import use_language
from portal.core.vocabulary import LANGUAGES
from portal.search import index
from portal.search.documents import collect
from portal.search.models import SearchDocument, SearchWord
from portal.search.shapes import BOOSTS, Document
from portal.search.words import stemmed, words

SHORTEST_SUGGESTION = 4


def rebuild(session: AnySession) -> None:
    """Make everything published findable, in the caller's transaction; does not commit."""
    session.flush()
    index.clear(session)
    session.execute(delete(SearchDocument))
    session.execute(delete(SearchWord))
    first = 1
    for code in LANGUAGES:
        with use_language(code):
            documents = collect(session)
        _store(session, code, first, documents)
        first += len(documents)


def _store(session: AnySession, code: str, first: int, documents: list[Document]) -> None:
    numbered = list(enumerate(documents, start=first))
    rows = [
        {
            "id": number,
            "language": code,
            "kind": document.kind,
            "address": document.address,
            "title": document.title,
            "text": document.text,
            "boost": BOOSTS[document.kind],
        }
        for number, document in numbered
    ]
    session.execute(insert(SearchDocument), rows)
    index.fill(
        session,
        (
            (number, stemmed(document.title, code), stemmed(f"{document.text} {document.extra}", code))
            for number, document in numbered
        ),
    )
    known = {word for document in documents for word in words(f"{document.title} {document.text}")}
    telling = sorted(word for word in known if len(word) >= SHORTEST_SUGGESTION and word.isalpha())
    session.execute(insert(SearchWord), [{"language": code, "word": word} for word in telling])
