"""What is published is findable from the same moment on, and what is gone is not."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from portal.core.i18n import use_language
from portal.extensions import db
from portal.news.models import Post, PostSource
from portal.publishing.services import publish_change
from portal.search.models import SearchDocument
from portal.search.queries import find
from portal.search.services import rebuild
from portal.search.words import read_terms, stem, words

POST = "berau-nominasi-paritrana-2025"


def found(question: str, code: str = "id") -> int:
    with use_language(code):
        result = find(question)
    return 0 if result.loose else result.total


def test_a_publication_makes_new_words_findable(content: Flask, app_context: Flask) -> None:
    db.session.execute(update(Post).where(Post.id == POST).values(title_id="Xilofon di Berau"))
    publish_change(db.session)
    db.session.commit()
    assert found("xilofon") == 1
    assert found("xilofon", "en") == 0


def test_what_is_rolled_back_is_not_findable(content: Flask, app_context: Flask) -> None:
    before = found("berau")
    db.session.execute(update(Post).where(Post.id == POST).values(title_id="Xilofon"))
    publish_change(db.session)
    db.session.rollback()
    assert found("xilofon") == 0
    assert found("berau") == before


def test_what_is_deleted_is_no_longer_found(content: Flask, app_context: Flask) -> None:
    db.session.execute(delete(PostSource).where(PostSource.post_id == POST))
    db.session.execute(delete(Post).where(Post.id == POST))
    rebuild(db.session)
    db.session.commit()
    assert (
        db.session.scalar(select(SearchDocument.id).where(SearchDocument.address == f"/berita/{POST}"))
        is None
    )


def test_building_twice_gives_the_same(content: Flask, app_context: Flask) -> None:
    count = select(func.count()).select_from(SearchDocument)
    before = db.session.scalar(count)
    rebuild(db.session)
    rebuild(db.session)
    assert before
    assert db.session.scalar(count) == before


@pytest.mark.blank
def test_a_portal_without_content_can_be_searched(app_context: Flask) -> None:
    rebuild(db.session)
    assert found("berau") == 0
    assert found("JKK") > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp3.024.000.000", ["rp", "3024000000"]),
        ("15,000 and 15.000", ["15000", "and", "15000"]),
        ("15 ribu orang", ["15", "ribu", "15000", "orang"]),
        ("150,9 %", ["150", "9"]),
        ("1.234,5", ["1234", "5"]),
        ("Bé-ra'u", ["be", "ra", "u"]),
        ("\x00*'\"", []),
    ],
)
def test_words_are_lower_case_without_signs_and_numbers_are_one_word(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "code", "expected"),
    [
        ("perlindungan", "id", "lindung"),
        ("terlindungi", "id", "lindung"),
        ("pekerja", "id", "kerja"),
        ("jkk", "id", "jkk"),
        ("villages", "en", "village"),
        ("policies", "en", "policy"),
        ("class", "en", "class"),
        ("15000", "id", "15000"),
    ],
)
def test_a_word_is_reduced_to_its_stem(word: str, code: str, expected: str) -> None:
    assert stem(word, code) == expected


def test_a_question_keeps_ten_telling_words() -> None:
    terms = read_terms("apa yang dibayar untuk pekerja di Berau", "id")
    assert [term.word for term in terms] == ["dibayar", "pekerja", "berau"]
    assert len(read_terms(" ".join(f"kata{n}x" for n in range(50)), "id")) == 10
    assert [term.word for term in read_terms("yang", "id")] == ["yang"]
