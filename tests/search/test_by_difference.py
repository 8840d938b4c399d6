"""A rebuild touches what changed only, and what it leaves is what a search made from nothing would find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import delete, insert, select, update

from portal.areas.models import Region
from portal.core.content_version import current_number
from portal.core.i18n import use_language
from portal.core.migrate import alembic_config
from portal.core.vocabulary import LANGUAGES, SEARCH_KINDS
from portal.evidence.models import Source
from portal.extensions import db
from portal.funding.models import Statement
from portal.news.models import Award, Post, PostSource
from portal.programs.models import Program
from portal.search import fingerprints
from portal.search.models import SearchDocument, SearchWord
from portal.search.queries import find, list_results
from portal.search.services import rebuild, refresh_search
from portal.search.shapes import BOOSTS
from portal.search.words import stemmed
from tests.support.databases import Urls

POST = "berau-nominasi-paritrana-2025"
WORKERS = "[[statements:berau-2025-apbd-1:workers]]"
QUESTIONS = (
    "berau",
    "pekerja rentan",
    "paritrana",
    "15000",
    "desa",
    "palm oil",
    "kota",
    "dibayar",
    "APBD 2025",
)

Change = Callable[[], None]


def found(question: str, code: str = "id") -> int:
    with use_language(code):
        result = find(question)
    return 0 if result.loose else result.total


def suggested(question: str, code: str = "id") -> str:
    with use_language(code):
        return find(question).suggestion


def documents() -> dict[int, tuple[Any, ...]]:
    table = SearchDocument.__table__
    return {row[0]: tuple(row[1:]) for row in db.session.execute(select(table))}


def everything() -> list[Any]:
    """What the search holds and what it answers, in its order; the numbers of documents aside."""
    words = db.session.execute(
        select(SearchWord.__table__).order_by(SearchWord.language, SearchWord.word)
    ).all()
    return [sorted(documents().values(), key=repr), sorted(map(tuple, words)), *answers()]


def answers() -> list[Any]:
    told: list[Any] = []
    for code in LANGUAGES:
        with use_language(code):
            for question in QUESTIONS:
                asked = find(question)
                told.append((code, question, asked, list_results(asked, "", limit=1000, offset=0)))
    return told


def from_nothing() -> None:
    db.session.execute(delete(SearchDocument))
    rebuild(db.session)


def edit(model: Any, key: Any, **values: Any) -> None:
    db.session.execute(update(model).where(key).values(**values))


def edit_post() -> None:
    edit(
        Post,
        Post.id == POST,
        title_id="Xilofon di Berau",
        body_id="Xilofon **pekerja** rentan.\n\nBerau lagi.",
    )


def edit_english() -> None:
    edit(Post, Post.id == POST, body_en="Xylophones of Berau, for palm oil.")


def bind_then_correct() -> None:
    edit(Post, Post.id == POST, body_id=f"Ada {WORKERS} pekerja di Berau.")
    rebuild(db.session)
    edit(Statement, Statement.id == "berau-2025-apbd-1", workers=77123)


def rename_region() -> None:
    edit(Region, Region.slug == "berau", name="Kabupaten Xilofon")


def rename_program() -> None:
    edit(Program, Program.id == "berau-pekerja-rentan", name_id="Program Xilofon", name_en="Xylophone")


def withdraw_post() -> None:
    db.session.execute(delete(PostSource).where(PostSource.post_id == POST))
    db.session.execute(delete(Post).where(Post.id == POST))


def publish_first() -> None:
    """A twin of a post that stands before all others in the order of the records."""
    row = dict(db.session.execute(select(Post.__table__).where(Post.id == POST)).mappings().one())
    db.session.execute(insert(Post).values(row | {"id": "twin", "sequence": -5}))


def change_award_and_source() -> None:
    edit(Award, Award.sequence == 1, recipient="Xilofon Berau")
    edit(Source, Source.sequence == 1, publisher="Koran Xilofon")


CHANGES = (edit_post, edit_english, bind_then_correct, rename_region, rename_program, withdraw_post)
CHANGES += (publish_first, change_award_and_source)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_step_by_step_finds_what_one_made_from_nothing_finds(
    content: Flask, app_context: Flask, change: Change
) -> None:
    before = everything()
    change()
    rebuild(db.session)
    stepped = everything()
    from_nothing()
    assert stepped == everything()
    assert stepped != before


def test_many_changes_one_after_another_end_where_one_made_from_nothing_does(
    content: Flask, app_context: Flask
) -> None:
    for change in (*CHANGES[:5], publish_first, withdraw_post, change_award_and_source):
        change()
        rebuild(db.session)
    stepped = everything()
    from_nothing()
    assert stepped == everything()


def test_only_what_changed_is_written(content: Flask, app_context: Flask) -> None:
    before = documents()
    edit_post()
    rebuild(db.session)
    after = documents()
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    assert [before[number][:3] for number in gone] == [("id", "news", f"/berita/{POST}")]
    assert [after[number][:4] for number in come] == [("id", "news", f"/berita/{POST}", "Xilofon di Berau")]
    assert {number: after[number] for number in after.keys() - come} == {
        number: before[number] for number in before.keys() - gone
    }


def test_a_post_whose_figure_was_corrected_is_found_by_the_new_number(
    content: Flask, app_context: Flask
) -> None:
    edit(Post, Post.id == POST, body_id=f"Ada {WORKERS} pekerja di Berau.")
    rebuild(db.session)
    edit(Statement, Statement.id == "berau-2025-apbd-1", workers=77123)
    rebuild(db.session)
    with use_language("id"):
        shown = list_results(find("77123"), "news", limit=5, offset=0)
    assert [one.address for one in shown] == [f"/berita/{POST}"]
    assert found("77123", "en") > 0
    with use_language("en"):
        assert not list_results(find("77123"), "news", limit=5, offset=0)


def test_old_words_are_neither_found_nor_suggested_once_nobody_publishes_them(
    content: Flask, app_context: Flask
) -> None:
    edit_post()
    rebuild(db.session)
    assert (found("xilofon"), suggested("xilofom"), suggested("xilofom", "en")) == (1, "xilofon", "")
    edit(Post, Post.id == POST, title_id="Marimba di Berau", body_id="Marimba.")
    rebuild(db.session)
    assert (found("xilofon"), suggested("xilofom")) == (0, "")
    assert (found("marimba"), suggested("marimbo")) == (1, "marimba")


def test_a_word_is_suggested_as_long_as_one_document_has_it(content: Flask, app_context: Flask) -> None:
    edit_post()
    rename_program()
    rebuild(db.session)
    withdraw_post()
    rebuild(db.session)
    assert suggested("xilofom") == "xilofon"


def test_a_post_that_is_gone_is_gone_in_both_languages(content: Flask, app_context: Flask) -> None:
    edit(Post, Post.id == POST, title_id="Xilofon", title_en="Xylophone")
    rebuild(db.session)
    assert (found("xilofon"), found("xylophone", "en")) == (1, 1)
    withdraw_post()
    rebuild(db.session)
    assert (found("xilofon"), found("xylophone", "en")) == (0, 0)


def test_other_rules_replace_every_document(
    content: Flask, app_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = documents()
    monkeypatch.setattr(fingerprints, "RULES", fingerprints.RULES + 1)
    rebuild(db.session)
    assert {row[-1] for row in before.values()} & {row[-1] for row in documents().values()} == set()
    assert len(documents()) == len(before)


def test_an_upgraded_portal_finds_its_words_and_soon_all_that_it_found(
    content: Flask, app_context: Flask, urls: Urls
) -> None:
    """Without the words that no table kept; these come with the end of `portal db upgrade`."""
    expected = everything()
    db.session.remove()
    db.engine.dispose()
    config = alembic_config("content", urls.content)
    command.downgrade(config, "0017")
    command.upgrade(config, "head")
    assert (found("berau") > 0, suggested("paritrena")) == (True, "paritrana")
    refresh_search(db.session)
    assert everything() == expected


def test_an_upgrade_without_a_difference_renews_no_page(content: Flask, app_context: Flask) -> None:
    before = current_number(db.session)
    refresh_search(db.session)
    assert current_number(db.session) == before


def test_every_kind_counts_differently_so_that_equals_have_an_order() -> None:
    assert set(BOOSTS) == set(SEARCH_KINDS)
    assert len(set(BOOSTS.values())) == len(BOOSTS)


def test_whoever_changes_how_words_are_made_raises_the_number_of_the_rules() -> None:
    said = "Perlindungan 15.000 pekerja; Rp3.024.000.000 for 15 thousand villages' policies, e-KTP2"
    assert fingerprints.RULES == 1
    assert stemmed(said, "id") == (
        "perlindungan lindung 15000 pekerja kerja rp 3024000000 for 15 thousand 15000 villages policies e ktp 2"
    )
    assert stemmed(said, "en") == (
        "perlindungan 15000 pekerja rp 3024000000 for 15 thousand 15000 villages village policies policy e ktp 2"
    )
