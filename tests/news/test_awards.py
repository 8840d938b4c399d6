"""Awards and nominations, on the starter data."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import update

from portal.extensions import db
from portal.news.models import Award
from portal.news.queries import list_awards
from portal.publishing.services import publish_change
from tests.conftest import GetPage
from tests.support.pages import Page, text_of


def row(page: Page, award_id: str) -> str:
    found = page.by_id(award_id)
    assert isinstance(found, Element)
    return text_of(found)


def test_every_nomination_says_that_it_is_no_win(get_page: GetPage, site: Flask) -> None:
    with site.test_request_context():
        nominations = [award.id for award in list_awards() if award.is_nomination]
    page = get_page("/penghargaan")
    assert nominations
    for award_id in nominations:
        assert "Nominasi (bukan kemenangan)" in row(page, award_id)
        assert "Pemenang" not in row(page, award_id)


def test_assessment_year_and_ceremony_are_kept_apart(get_page: GetPage, content: Flask) -> None:
    with content.app_context():
        db.session.execute(
            update(Award).where(Award.id == "a-001").values(year=2024, conferred_on=date(2025, 8, 5))
        )
        publish_change(db.session)
        db.session.commit()
    shown = row(get_page("/penghargaan"), "a-001")
    assert "2024" in shown
    assert "5 Agustus 2025" in shown


def test_a_year_or_ceremony_nobody_published_is_named_as_missing(get_page: GetPage) -> None:
    assert row(get_page("/penghargaan?tahun=-"), "a-033").count("Belum dipublikasikan") == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("wilayah=berau", {"a-001", "a-002"}),
        ("wilayah=kutai-timur&hasil=second", {"a-003"}),
        ("tahun=2023", {"a-030"}),
        ("tahun=-", {"a-033", "a-034", "a-035"}),
    ],
)
def test_awards_can_be_narrowed(get_page: GetPage, query: str, expected: set[str]) -> None:
    page = get_page(f"/penghargaan?{query}")
    assert {tr.get("id") for tr in page.all("tr") if tr.get("id")} == expected


@pytest.mark.parametrize("query", ["tahun=abc", "tahun=1999", "hasil=menang", "wilayah=%00"])
def test_an_unknown_filter_is_refused_with_a_sentence(get_page: GetPage, query: str) -> None:
    assert "Pilih salah satu dari daftar" in get_page(f"/penghargaan?{query}", status=400).text


def test_each_award_names_its_sources(get_page: GetPage) -> None:
    page = get_page("/en/penghargaan")
    assert "/en/sumber/apkasi-bengkayang-2025" in page.links
