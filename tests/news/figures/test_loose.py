"""Numbers typed by hand are set beside what is published, and pointed out before review."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.extensions import db
from portal.news.figures.checks import check_tokens, check_typed_numbers
from portal.news.figures.loose import find_loose_numbers
from portal.news.figures.shapes import Token
from portal.publishing.records import Problem

BERAU, BENGKAYANG, PPU, EAST = "64.03", "61.07", "64.09", "64"


@pytest.mark.parametrize(
    ("region", "text", "expected"),
    [
        (BERAU, "bagi 4.465 pekerja", "statements:berau-2025-apbd-1:workers"),
        (BERAU, "24 persen terlindungi", "claims:k-berau-4:value"),
        (BENGKAYANG, "melindungi 12,200 people", "statements:bengkayang-satu-desa-1:workers"),
        (BENGKAYANG, "di 122 desa", "claims:k-bengkayang-2:value"),
        (BENGKAYANG, "anggaran Rp2.429.520.000", "statements:bengkayang-2024-apbd-1:amount_idr"),
        (BENGKAYANG, "anggaran Rp2,43 miliar", "statements:bengkayang-2024-apbd-1:amount_idr"),
        (BENGKAYANG, "12 ribu orang", "statements:bengkayang-2024-apbd-1:workers"),
        (BENGKAYANG, "selama 12 bulan", "statements:bengkayang-satu-desa-1:months"),
        (PPU, "Rp16.800 per orang", "statements:penajam-paser-utara-2023-apbd-1:monthly_contribution_idr"),
        (PPU, "anggaran 3,02 miliar", "statements:penajam-paser-utara-2025-apbd-3:amount_idr"),
        (EAST, "bagi 4.465 pekerja di Berau", "statements:berau-2025-apbd-1:workers"),
        (None, "bagi 12.200 pekerja", "statements:bengkayang-satu-desa-1:workers"),
    ],
)
def test_a_typed_number_that_a_record_has_is_offered_as_the_record(
    site: Flask, region: str | None, text: str, expected: str
) -> None:
    with site.app_context():
        (one,) = find_loose_numbers(db.session, region, text)
    assert Token(*expected.split(":")) in one.suggestions


@pytest.mark.parametrize(
    ("region", "text"),
    [
        (BERAU, "bagi 4.466 pekerja"),
        (BERAU, "melindungi 12.200 orang"),
        (BERAU, "cakupan 4.465 persen"),
        (BERAU, "sebesar Rp4.465"),
        (BENGKAYANG, "99 triliun rupiah"),
        (BENGKAYANG, "99.999.999.999 bulan"),
        (BENGKAYANG, "99.999.999.999.999.999.999.999 orang"),
    ],
)
def test_a_number_that_no_record_of_the_region_has_is_told_without_suggestion(
    site: Flask, region: str, text: str
) -> None:
    with site.app_context():
        (one,) = find_loose_numbers(db.session, region, text)
    assert one.suggestions == ()
    assert text[one.position :].startswith(one.text)


def test_the_exact_figure_comes_before_one_that_rounds_to_it(site: Flask) -> None:
    with site.app_context():
        (one,) = find_loose_numbers(db.session, PPU, "sekitar 15 ribu pekerja")
    assert one.suggestions[0].record_id.startswith("penajam-paser-utara-2025-apbd-")
    assert len(one.suggestions) <= 5


def test_bound_figures_and_names_of_programmes_are_not_loose(site: Flask) -> None:
    text = (
        "Program Satu Desa 100 Pekerja Rentan: [[statements:bengkayang-satu-desa-1:workers]] orang pada 2025."
    )
    with site.app_context():
        assert find_loose_numbers(db.session, BENGKAYANG, text) == ()


def hints(app: Flask, **cells: str) -> list[Problem]:
    """What is pointed out in a post of Berau."""
    with app.app_context():
        return list(check_typed_numbers(db.session, "x", {"region_code": BERAU, **cells}))


def test_what_matches_no_record_is_pointed_out_with_the_words_and_the_line(site: Flask) -> None:
    (hint,) = hints(
        site, body_id="Baris satu.\n\nPemkab melindungi 5.555 orang di kampung pesisir Talisayan."
    )
    assert not hint.blocking
    assert hint.column == "body_id"
    assert "“5.555” (baris 3: Pemkab melindungi 5.555 orang" in hint.sentence
    assert "tidak cocok" in hint.sentence


def test_what_matches_a_record_is_offered_with_token_and_record(site: Flask) -> None:
    (hint,) = hints(site, body_en="The budget covers 4,465 workers.")
    assert not hint.blocking
    assert "[[statements:berau-2025-apbd-1:workers]]" in hint.sentence


def test_a_number_in_a_title_is_pointed_out_too(site: Flask) -> None:
    (hint,) = hints(site, title_id="Berau lindungi 5.555 pekerja pada 2025")
    assert hint.column == "title_id"


def faults(app: Flask, **cells: str) -> list[Problem]:
    """What the rule of tokens says."""
    with app.app_context():
        return list(check_tokens(db.session, "x", cells))


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("body_id", "[[statements:no-such-record:workers]]"),
        ("body_en", "[[statements:berau-2025-apbd-1:amount_idr]]"),
        ("body_id", "[[awards:a-001:year]]"),
        ("body_id", "`[[statements:berau-2025-apbd-1:workers]]`"),
        ("body_id", "[[statements:berau-2025-apbd-1:workers]](https://contoh.id)"),
        ("body_id", "![[[statements:berau-2025-apbd-1:workers]]](/gambar/x)"),
        ("title_id", "[[statements:berau-2025-apbd-1:workers]] pekerja"),
    ],
)
def test_a_token_that_cannot_be_shown_is_refused_before_review(site: Flask, column: str, text: str) -> None:
    (problem,) = faults(site, **{column: text})
    assert problem.blocking
    assert problem.column == column


def test_a_published_figure_may_be_used_as_often_as_one_likes(site: Flask) -> None:
    token = "[[statements:berau-2025-apbd-1:workers]]"
    assert faults(site, body_id=f"{token} dan {token}", body_en=token) == []
