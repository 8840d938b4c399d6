"""By what a document is known again: everything that goes into it, and the rules by which its words are made."""

from __future__ import annotations

from hashlib import blake2b

from portal.core.i18n import language
from portal.search.shapes import BOOSTS, Document, Entry

# Raise it whenever the same text would come out in other words: words.py, known_words.py, the text of a post
# (documents.py, markdown, figures), another PySastrawi. The next rebuild then replaces every document.
RULES = 1


def fingerprint(kind: str, *parts: object) -> str:
    """A short text that differs where the language now spoken, the rules or a part differ."""
    said = repr((RULES, language(), kind, BOOSTS[kind], *parts))
    return blake2b(said.encode(), digest_size=16).hexdigest()


def made(document: Document) -> Entry:
    """The entry of a document that costs little to make."""
    known_by = fingerprint(
        *(document.kind, document.position, document.address, document.title, document.text, document.extra)
    )
    return Entry(known_by, lambda: document)
