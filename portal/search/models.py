"""What can be found, and the words of it. The index itself, `search_index`, differs by database (see index.py)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Float, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import ContentBase, one_of
from portal.core.vocabulary import LANGUAGES, SEARCH_KINDS


class SearchDocument(ContentBase):
    """One result in one language: what it shows, where it leads, and how much its kind counts in the order.

    `position` is its place among its kind, by which equals are ordered. By `fingerprint` a rebuild knows it again; one
    from before there were any has none, and is replaced.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
        CheckConstraint(one_of("kind", SEARCH_KINDS), name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    boost: Mapped[float] = mapped_column(Float)
    position: Mapped[int] = mapped_column(server_default="0")
    fingerprint: Mapped[str | None]


class SearchWord(ContentBase):
    """A word that occurs in what is published, in so many documents, for help with misspellings."""

    __tablename__ = "search_words"

    language: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    documents: Mapped[int] = mapped_column(server_default="1")
