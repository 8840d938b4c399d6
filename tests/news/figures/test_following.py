"""When a record is corrected: the text says so until its team published it anew or a reviewer confirmed it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from portal.accounts.permissions import NotAllowed
from portal.core.errors import NotFound
from portal.extensions import db
from portal.funding.models import LeadFigure, Statement, StatementSource
from portal.news.figures.models import PostFigure, PostFlag
from portal.news.figures.queries import list_flagged, list_flags, list_uses
from portal.news.figures.services import WordMissing, clear_flag
from portal.news.figures.shapes import Flag
from portal.news.models import Post
from portal.publishing.models import Item
from portal.publishing.queries import find_item_of
from portal.publishing.services import publish_change
from portal.publishing.services.editing import open_draft, save_draft
from portal.publishing.services.releasing import publish_urgently, withdraw
from tests.conftest import GetPage
from tests.news.figures.conftest import POST, WORKERS, WritePost
from tests.support.staff import Cast

PAGE = f"/berita/{POST}"
STATEMENT = "berau-2025-apbd-1"
WORD = "Kalimatnya tetap benar dengan angka baru."


def correct(app: Flask, **values: object) -> None:
    """Change the record as a data package does."""
    with app.app_context():
        db.session.execute(update(Statement).where(Statement.id == STATEMENT).values(**values))
        publish_change(db.session)
        db.session.commit()


def withdraw_statement(app: Flask) -> None:
    """Take the record away."""
    with app.app_context():
        db.session.execute(delete(LeadFigure).where(LeadFigure.statement_id == STATEMENT))
        db.session.execute(delete(StatementSource).where(StatementSource.statement_id == STATEMENT))
        db.session.execute(delete(Statement).where(Statement.id == STATEMENT))
        publish_change(db.session)
        db.session.commit()


def flags(app: Flask) -> tuple[Flag, ...]:
    """The open flags of the post."""
    with app.app_context():
        return list_flags(POST)


def release(cast: Cast, app: Flask, kind: str, record_id: str, cells: dict[str, str]) -> None:
    """Publish a change of one record through the desk."""
    with app.app_context():
        item = find_item_of(db.session, kind, record_id)
        assert item is not None
        editor, reviewer = cast.berau_editor.actor, cast.berau_reviewer.actor
        draft = open_draft(db.session, editor, item.id)
        reason = "Angka dikoreksi menurut sumbernya."
        version = save_draft(db.session, editor, item.id, draft.version, cells, reason=reason)
        publish_urgently(db.session, reviewer, item.id, version, "Kekeliruan angka sudah beredar luas.")


def test_a_published_post_is_kept_among_the_uses_of_its_records(
    content: Flask, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS}, ya {WORKERS}.", f"There are {WORKERS} and [[claims:k-berau-4:value]].")
    with content.app_context():
        rows = db.session.execute(
            select(PostFigure.language, PostFigure.position, PostFigure.record_id)
        ).all()
        uses = list_uses("statements", STATEMENT)
    assert sorted(tuple(row) for row in rows) == [
        ("en", 1, STATEMENT),
        ("en", 2, "k-berau-4"),
        ("id", 1, STATEMENT),
        ("id", 2, STATEMENT),
    ]
    assert [(use.post_id, use.language, use.field) for use in uses] == [
        (POST, "id", "workers"),
        (POST, "en", "workers"),
    ]


def test_a_corrected_figure_is_told_on_the_post_with_old_and_new_value(
    content: Flask, write_post: WritePost, get_page: GetPage
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500, workers_qualifier="about")
    text = get_page(PAGE).text
    assert "Ada angka dalam tulisan ini yang dikoreksi" in text
    assert "berubah dari 4.465 menjadi ± 4.500" in text
    assert "changed from 4,465 to ± 4,500" in get_page("/en" + PAGE).text


def test_another_number_another_qualifier_or_none_is_a_correction(
    content: Flask, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    flagged = []
    for values in (
        {"workers": 4_466},
        {"workers_qualifier": "more_than"},
        {"workers": None, "workers_qualifier": None},
    ):
        correct(content, **values)
        flagged.append(len(flags(content)))
        correct(content, workers=4_465, workers_qualifier="exact")
    assert flagged == [1, 1, 1]


def test_a_change_beside_the_figure_is_no_correction(content: Flask, write_post: WritePost) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, note="lain", months=12, as_of=date(2025, 8, 6), amount_idr=1_000)
    assert flags(content) == ()


def test_a_withdrawn_record_is_told_without_a_new_number(
    content: Flask, write_post: WritePost, get_page: GetPage
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    withdraw_statement(content)
    text = get_page(PAGE).text
    assert "angka 4.465 ditarik" in text
    assert "Ada angka ditarik orang." in text


def test_the_first_value_stays_the_old_one_through_several_corrections(
    content: Flask, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    since = flags(content)[0].since
    correct(content, workers=4_600)
    (flag,) = flags(content)
    assert (flag.old_words, flag.new_words, flag.since) == ("4.465", "4.600", since)


def test_a_correction_taken_back_leaves_no_flag(content: Flask, write_post: WritePost) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    correct(content, workers=4_465)
    assert flags(content) == ()


def test_a_flag_closes_when_the_text_names_the_figure_no_longer(
    content: Flask, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    write_post("Tanpa angka.")
    assert flags(content) == ()


def test_a_text_that_comes_anew_with_a_corrected_figure_keeps_its_flag(
    content: Flask, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    write_post(f"Kata lain: {WORKERS}, dan [[claims:k-berau-4:value]].")
    assert [flag.old_words for flag in flags(content)] == ["4.465"]


def test_a_new_version_published_from_the_desk_clears_the_flag(
    content: Flask, cast: Cast, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    release(cast, content, "news", POST, {"body_id": f"Sekarang {WORKERS} orang."})
    assert flags(content) == ()
    correct(content, workers=4_700)
    assert [flag.old_words for flag in flags(content)] == ["4.500"]


def test_a_correction_published_from_the_desk_flags_the_post(
    content: Flask, cast: Cast, write_post: WritePost, get_page: GetPage
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    release(cast, content, "statements", STATEMENT, {"workers": "4600"})
    assert "berubah dari 4.465 menjadi 4.600" in get_page(PAGE).text


def test_a_withdrawn_post_takes_its_references_and_flags_along(
    content: Flask, cast: Cast, write_post: WritePost
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    with content.app_context():
        item = find_item_of(db.session, "news", POST)
        assert item is not None
        withdraw(db.session, cast.berau_reviewer.actor, item.id, "Tulisan ini keliru seluruhnya.")
        left = [db.session.execute(select(model)).first() for model in (PostFigure, PostFlag)]
        assert db.session.get(Post, POST) is None
    assert left == [None, None]


def test_a_reviewer_confirms_with_a_word_and_it_is_kept(
    content: Flask, cast: Cast, write_post: WritePost, get_page: GetPage
) -> None:
    write_post(f"Ada {WORKERS} orang.")
    correct(content, workers=4_500)
    (flag,) = flags(content)
    with content.app_context():
        clear_flag(db.session, cast.berau_reviewer.actor, POST, flag.id, WORD)
        kept = db.session.get_one(PostFlag, flag.id)
        assert (kept.word, kept.cleared_by_id) == (WORD, cast.berau_reviewer.id)
    assert "berubah dari" not in get_page(PAGE).text
    correct(content, note="lain")
    assert flags(content) == ()
    correct(content, workers=4_700)
    assert [again.old_words for again in flags(content)] == ["4.500"]


@pytest.fixture
def flag(content: Flask, write_post: WritePost) -> Flag:
    """An open flag of the post of Berau."""
    write_post(f"Ada {WORKERS} orang dan [[claims:k-berau-4:value]].")
    correct(content, workers=4_500)
    (found,) = flags(content)
    return found


def test_a_confirmation_needs_words(content: Flask, cast: Cast, flag: Flag) -> None:
    with content.app_context():
        for word in ("", "   ", "ya", "x" * 2_001):
            with pytest.raises(WordMissing):
                clear_flag(db.session, cast.berau_reviewer.actor, POST, flag.id, word)
    assert flags(content) == (flag,)


def test_nobody_but_a_reviewer_of_the_region_confirms(content: Flask, cast: Cast, flag: Flag) -> None:
    others = ("berau_editor", "bengkayang_reviewer", "registrar", "province_reader", "administrator")
    with content.app_context():
        for who in others:
            with pytest.raises(NotAllowed):
                clear_flag(db.session, getattr(cast, who).actor, POST, flag.id, WORD)
    assert flags(content) == (flag,)


def test_a_flag_is_confirmed_once_and_under_its_own_post(content: Flask, cast: Cast, flag: Flag) -> None:
    reviewer = cast.berau_reviewer.actor
    with content.app_context():
        with pytest.raises(NotFound):
            clear_flag(db.session, reviewer, "bengkayang-paritrana-2025", flag.id, WORD)
        clear_flag(db.session, reviewer, POST, flag.id, WORD)
        with pytest.raises(NotFound):
            clear_flag(db.session, reviewer, POST, flag.id, WORD)


def test_the_queue_lists_flagged_posts_of_regions_the_account_sees(
    content: Flask, cast: Cast, flag: Flag
) -> None:
    with content.app_context():
        item_id = db.session.execute(select(Item.id).where(Item.record_id == POST)).scalar_one()
        for who in ("berau_editor", "berau_reviewer", "province_reader", "administrator"):
            (post,) = list_flagged(getattr(cast, who).actor)
            assert (post.post_id, post.item_id, post.flags) == (POST, item_id, (flag,))
        assert list_flagged(cast.bengkayang_editor.actor) == ()
