"""A nomination is never told as a win; nothing about an award lacks its record or its source."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.extensions import db
from portal.news.rules import check_award, check_post, claimed_win
from portal.publishing.records import Problem, find_problems, records
from portal.publishing.shapes import Cells

NOMINATED, WON = "berau-nominasi-paritrana-2025", "bengkayang-paritrana-2025"
AWARD: Cells = {"award": "Paritrana Award", "result": "winner", "recipient": "Pemkab", "source_ids": "s-1"}

CLAIMS = [
    "Berau raih Paritrana Award 2025",
    "Berau meraih Paritrana Award",
    "Berau juara Paritrana",
    "Pemenang Paritrana Award: Berau",
    "Berau menangkan Paritrana Award",
    "Kemenangan Berau di Samarinda",
    "Berau sabet Paritrana Award",
    "Berau boyong penghargaan",
    "Berau masuk peringkat kedua",
    "Berau tidak hanya meraih Paritrana Award, tetapi juga piagam",
    "Bukan sekadar meraih penghargaan",
    "Berau wins a 2025 Paritrana Award",
    "Berau won the award",
    "The winner is Berau",
    "Berau not only won the award",
    "Berau comes in second place",
]
NO_CLAIMS = [
    "Berau masuk nominasi Paritrana Award 2025",
    "Berau raih nominasi Paritrana Award",
    "Berau meraih predikat nominasi terbaik",
    "Berau meraih dua nominasi",
    "Catatan: ini nominasi, bukan kemenangan.",
    "Berau belum menjadi juara",
    "Berau tidak meraih penghargaan itu",
    "Note: a nomination, not a win.",
    "Berau did not win",
    "Berau hasn't won",
    "Berau is not the winner",
    "Berau wins a nomination",
    "Winarno membuka jendela (window) di Juarana",
]


def problems(app: Flask, post_id: str, **cells: str) -> list[Problem]:
    """What the rule of posts says of a post as it is, with these cells changed."""
    with app.app_context():
        stored = records().cells(db.session, "news", post_id) or {}
        return list(check_post(db.session, post_id, {**stored, **cells}))


@pytest.mark.parametrize("text", CLAIMS)
def test_a_win_is_recognised_in_both_languages(text: str) -> None:
    assert claimed_win(text)


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_a_nomination_or_a_denial_is_no_win(text: str) -> None:
    assert claimed_win(text) is None


@pytest.mark.parametrize("column", ["title_id", "title_en", "body_id", "body_en"])
def test_a_post_about_a_nominee_that_tells_a_win_is_refused(site: Flask, column: str) -> None:
    text = "Berau wins the award" if column.endswith("en") else "Berau juara tahun ini"
    (problem,) = problems(site, NOMINATED, **{column: text})
    assert problem.blocking
    assert problem.column == column
    assert "ini nominasi" in problem.sentence


def test_another_kind_of_post_does_not_get_around_the_rule(site: Flask) -> None:
    (problem,) = problems(site, NOMINATED, kind="announcement", title_id="Berau juara")
    assert problem.blocking


def test_the_same_words_about_a_winner_are_fine(site: Flask) -> None:
    assert problems(site, WON, title_id="Bengkayang juara Paritrana Award") == []


def test_a_post_about_an_award_needs_the_record_of_the_award(site: Flask) -> None:
    (problem,) = problems(site, NOMINATED, award_id="")
    assert (problem.column, problem.blocking) == ("award_id", True)
    assert problems(site, NOMINATED, award_id="", kind="program") == []


def test_a_post_needs_its_source(site: Flask) -> None:
    (problem,) = problems(site, NOMINATED, source_ids=" ")
    assert (problem.column, problem.blocking) == ("source_ids", True)


def test_every_post_and_award_of_the_starter_data_keeps_the_rules(site: Flask) -> None:
    with site.app_context():
        refused = [
            (kind, row[0], problem.sentence)
            for kind, table in (("news", "posts"), ("awards", "awards"))
            for row in db.session.execute(db.text(f"SELECT id FROM {table}"))
            for problem in find_problems(
                db.session, kind, row[0], records().cells(db.session, kind, row[0]) or {}
            )
            if problem.blocking
        ]
    assert refused == []


@pytest.mark.parametrize("result", ["winner", "second", "third"])
@pytest.mark.parametrize("column", ["award", "category", "note", "recipient"])
@pytest.mark.parametrize("word", ["Nominasi", "nominee", "unggulan", "finalis", "dinominasikan", "NOMINATED"])
def test_an_award_with_a_place_that_says_nominee_is_refused(
    site: Flask, result: str, column: str, word: str
) -> None:
    with site.app_context():
        found = list(
            check_award(db.session, "a-x", {**AWARD, "result": result, column: f"Kategori {word} 2025"})
        )
    assert [(problem.column, problem.blocking) for problem in found] == [(column, True)]


@pytest.mark.parametrize("result", ["nominee", "other"])
def test_a_nominee_may_be_called_one(site: Flask, result: str) -> None:
    with site.app_context():
        assert list(check_award(db.session, "a-x", {**AWARD, "result": result, "note": "nominasi"})) == []


def test_an_award_needs_its_source(site: Flask) -> None:
    with site.app_context():
        (problem,) = check_award(db.session, "a-x", {**AWARD, "source_ids": ""})
    assert problem.column == "source_ids"


def test_the_rules_are_asked_before_review(site: Flask) -> None:
    with site.app_context():
        cells = records().cells(db.session, "news", NOMINATED) or {}
        found = find_problems(db.session, "news", NOMINATED, {**cells, "title_id": "Berau juara"})
    assert found[0].blocking
    assert found[0].column == "title_id"
