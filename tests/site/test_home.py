"""The home page, on the starter data."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.core.i18n import use_language
from portal.evidence.models import CrossCheck
from portal.extensions import db
from portal.funding.models import Commitment, LeadFigure
from portal.news.models import Post
from portal.publishing.services import publish_change
from portal.site.queries import get_home_page, list_findings
from tests.conftest import GetPage
from tests.support.pages import text_of


def test_the_check_form_comes_first(get_page: GetPage) -> None:
    page = get_page("/")
    assert page.text.startswith("Apakah saya terlindungi?")
    form = next(iter(page.all("form", class_="check-form")))
    assert (form.get("method"), form.get("action")) == ("post", "/cek")
    assert get_page("/en/").all("form", class_="check-form")[0].get("action") == "/en/cek"


def test_headlines_are_totals_of_one_stage_and_year_from_lead_figures(site: Flask) -> None:
    with site.test_request_context():
        home = get_home_page()
        for total in home.totals:
            expected = db.session.scalar(
                select(func.sum(LeadFigure.workers))
                .join(Commitment, Commitment.id == LeadFigure.commitment_id)
                .where(LeadFigure.stage == total.stage, Commitment.fiscal_year == total.fiscal_year)
            )
            assert total.workers is not None
            assert total.workers.value == int(expected or 0)
    assert [total.stage for total in home.totals] == ["enrolled", "budgeted"]


def test_a_headline_says_how_many_lines_published_no_number(get_page: GetPage, site: Flask) -> None:
    with site.test_request_context():
        totals = get_home_page().totals
    page = get_page("/")
    for total in totals:
        assert total.lines_without_workers
        assert f"{total.lines_without_workers} lainnya tidak menyebut jumlah pekerja" in page.text
        assert f"/pendanaan?tahun={total.fiscal_year}&tahap={total.stage}" in page.links


def test_the_map_links_every_regency_and_tells_what_is_published(get_page: GetPage) -> None:
    page = get_page("/")
    assert "/wilayah/berau" in page.links
    table = next(row for row in page.all("tr") if "Kabupaten Berau" in text_of(row))
    assert "pos pendanaan dengan angka" in text_of(table)
    assert "/wilayah/kalimantan-utara" in page.links


def test_a_region_nobody_reported_on_is_not_called_empty_of_cover(get_page: GetPage) -> None:
    page = get_page("/")
    row = next(row for row in page.all("tr") if "Kabupaten Malinau" in text_of(row))
    assert "belum ditemukan" in text_of(row)


def test_findings_differ_and_are_of_different_kinds_and_regions(site: Flask) -> None:
    with site.test_request_context():
        findings = list_findings()
    assert len(findings) == 4
    assert len({finding.kind for finding in findings}) == 4
    assert len({finding.region for finding in findings}) == 4


@pytest.mark.parametrize("code", ["id", "en"])
def test_findings_speak_the_language_of_the_page(site: Flask, code: str) -> None:
    column = CrossCheck.sentence_id if code == "id" else CrossCheck.sentence_en
    with site.test_request_context(), use_language(code):
        known = set(db.session.scalars(select(column).where(CrossCheck.verdict == "differs")))
        assert {finding.sentence for finding in list_findings()} <= known


def test_a_publication_changes_the_kept_home_page(get_page: GetPage, content: Flask) -> None:
    assert "Xilofon" not in get_page("/").text
    with content.app_context():
        newest = select(Post.id).order_by(Post.published_on.is_(None), Post.published_on.desc()).limit(1)
        db.session.execute(
            update(Post).where(Post.id == newest.scalar_subquery()).values(title_id="Xilofon baru")
        )
        publish_change(db.session)
        db.session.commit()
    # PostgreSQL tells the worker a moment after the commit.
    ends = time.monotonic() + 5
    while "Xilofon baru" not in get_page("/").text:
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_portal_without_content_still_has_a_home_page(get_page: GetPage, app: Flask) -> None:
    page = get_page("/")
    assert page.all("form", class_="check-form")
    assert "Berita terbaru" not in page.text
