"""Bringing the search up to date after a publication: documents that are as before are left alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from portal.core.content_version import raise_content_version
from portal.core.database import AnySession
from portal.core.i18n import use_language
from portal.core.vocabulary import LANGUAGES
from portal.search import index
from portal.search.documents import collect
from portal.search.known_words import Counts, change_words, count_words
from portal.search.models import SearchDocument, SearchWord
from portal.search.shapes import BOOSTS, Document
from portal.search.words import stemmed

# Below what a statement may name on either database.
AT_ONCE = 500

# Language, fingerprint and document.
New = tuple[str, str, Document]

_documents: Any = SearchDocument.__table__


def rebuild(session: AnySession) -> None:
    """Make what is published now findable and nothing else, in the caller's transaction; does not commit."""
    _renew(session)


def refresh_search(session: AnySession) -> None:
    """Bring what an earlier release made searchable to the rules of this one, and commit.

    Where nothing was ever published there is nothing to do.
    """
    if session.execute(select(_documents.c.id).limit(1)).first() and _renew(session):
        raise_content_version(session)
    session.commit()


def _renew(session: AnySession) -> bool:
    """Remove documents that are gone, add those that are new; tells whether there were any."""
    session.flush()
    index.lock(session)
    stored: dict[int, str | None] = dict(session.execute(_stored()).all())
    new, wanted = _compare(session, set(stored.values()))
    kept = [number for number, known_by in stored.items() if known_by in wanted]
    gone = sorted(stored.keys() - set(kept))
    fewer = _remove(session, gone) if kept else _clear(session)
    _add(session, max(kept, default=0) + 1, new)
    change_words(session, count_words((code, made.title, made.text) for code, _known, made in new), fewer)
    return bool(new or gone)


def _stored() -> Any:
    return select(_documents.c.id, _documents.c.fingerprint)


def _compare(session: AnySession, known: set[str | None]) -> tuple[list[New], set[str]]:
    """Documents that are not stored yet, and the fingerprints of all that are published."""
    new: list[New] = []
    wanted: set[str] = set()
    for code in LANGUAGES:
        with use_language(code):
            for entry in collect(session):
                wanted.add(entry.fingerprint)
                if entry.fingerprint not in known:
                    new.append((code, entry.fingerprint, entry.make()))
    return new, wanted


def _clear(session: AnySession) -> Counts:
    """Begin from nothing, whatever was stored."""
    index.clear(session)
    session.execute(delete(_documents))
    session.execute(delete(SearchWord))
    return Counts()


def _remove(session: AnySession, numbers: list[int]) -> Counts:
    """Remove documents; gives the words that stood in them."""
    words = count_words(_texts(session, numbers))
    index.remove(session, numbers)
    if numbers:
        statement = delete(_documents).where(_documents.c.id == bindparam("gone"))
        session.execute(statement, [{"gone": number} for number in numbers])
    return words


def _texts(session: AnySession, numbers: list[int]) -> Iterable[tuple[str, str, str]]:
    query = select(_documents.c.language, _documents.c.title, _documents.c.text)
    for first in range(0, len(numbers), AT_ONCE):
        some = numbers[first : first + AT_ONCE]
        yield from session.execute(query.where(_documents.c.id.in_(some)))


def _add(session: AnySession, first: int, new: list[New]) -> None:
    """Store documents and their words, numbered from `first`."""
    if not new:
        return
    numbered = list(enumerate(new, start=first))
    rows = [_row(number, code, known_by, document) for number, (code, known_by, document) in numbered]
    session.execute(insert(_documents), rows)
    index.fill(
        session,
        (
            (number, stemmed(document.title, code), stemmed(f"{document.text} {document.extra}", code))
            for number, (code, _known, document) in numbered
        ),
    )


def _row(number: int, code: str, known_by: str, document: Document) -> dict[str, object]:
    return {
        "id": number,
        "language": code,
        "kind": document.kind,
        "position": document.position,
        "address": document.address,
        "title": document.title,
        "text": document.text,
        "boost": BOOSTS[document.kind],
        "fingerprint": known_by,
    }
