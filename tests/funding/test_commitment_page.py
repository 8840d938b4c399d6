"""The page of one funding line."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.i18n import use_language
from portal.extensions import db
from portal.funding.citation import citations
from portal.funding.models import LeadChoice
from portal.funding.queries import get_commitment, list_commitments
from portal.funding.reasons import why_it_leads
from portal.publishing.services import publish_change
from tests.conftest import GetPage
from tests.funding.starter import lines, rows
from tests.support.pages import text_of

PPU = "penajam-paser-utara-2025-apbd"


@pytest.mark.parametrize("name", [line.id for line in lines()])
def test_every_line_has_a_page_with_its_sources_and_links(get_page: GetPage, name: str) -> None:
    prefix = "/en" if len(name) % 3 == 0 else ""
    page = get_page(f"{prefix}/pendanaan/{name}")
    cited = {
        source
        for row in rows("statements")
        if row["commitment_id"] == name
        for source in row["source_ids"].split(";")
    }
    assert {f"{prefix}/sumber/{source}" for source in cited} <= set(page.links)
    assert any(link.startswith(f"{prefix}/wilayah/") for link in page.links)
    assert any(link.startswith(f"{prefix}/program/") for link in page.links)


def test_rivals_stand_beneath_the_lead_with_their_own_sources(get_page: GetPage) -> None:
    page = get_page(f"/pendanaan/{PPU}")
    items = [text_of(item) for item in page.all("li") if item.find("p/strong") is not None]
    leads = [item for item in items if "Angka yang ditampilkan" in item]
    assert len(items) == 4
    assert len(leads) == 2
    assert any(item.startswith("± 10.000 pekerja") and "Advertorial" in item for item in items)


def test_a_statement_without_a_figure_reads_not_published_and_never_zero(get_page: GetPage) -> None:
    page = get_page("/pendanaan/kutai-timur-subsidi")
    section = next(s for s in page.all("section") if s.get("aria-labelledby") == "stage-enrolled")
    assert "Belum dipublikasikan" in text_of(section)
    assert ">0<" not in page.html


def test_the_page_names_what_has_not_been_published(get_page: GetPage) -> None:
    page = get_page("/pendanaan/bengkayang-satu-desa")
    for missing in ("Tahun anggarannya", "Dana yang dipakai", "Nama pembayarnya", "“Dianggarkan”"):
        assert missing in page.text


def test_cross_checks_show_inputs_formula_and_verdict(get_page: GetPage) -> None:
    page = get_page("/pendanaan/bengkayang-2024-apbd")
    checks = [text_of(check) for check in page.all("div", class_="check")]
    assert any("Berbeda" in check and "2.419.200.000" in check for check in checks)


def test_a_figure_is_cited_with_qualifier_stage_source_and_address(get_page: GetPage) -> None:
    page = get_page("/en/pendanaan/berau-2025-csr")
    (text,) = [text_of(quote) for quote in page.all("blockquote")]
    for part in (
        "Kabupaten Berau",
        "fiscal year 2025",
        "planned",
        "± 30,000",
        "Kaltim Today",
        "24 July 2025",
    ):
        assert part in text
    assert text.endswith("http://portal.test/en/pendanaan/berau-2025-csr")


def test_every_stage_with_a_figure_has_one_citation(site: Flask) -> None:
    with site.app_context():
        for line in list_commitments():
            figures = [f for f in line.stages if f.workers is not None or f.amount is not None]
            texts = citations(line, "Portal", "http://portal.test/x")
            assert len(texts) == len(figures)


def _why(site: Flask, name: str, stage: str) -> str:
    with site.app_context(), use_language("en"):
        line = get_commitment(name)
        return why_it_leads(line.figure(stage), [s for s in line.statements if s.stage == stage])


@pytest.mark.parametrize(
    ("name", "stage", "reason"),
    [
        ("berau-2025-apbd", "budgeted", "only statement"),
        ("berau-2025-apbd", "enrolled", "ranks higher"),
        (PPU, "enrolled", "ranks higher"),
        ("bengkayang-2025-dbh-sawit", "enrolled", "latest"),
    ],
)
def test_the_reason_for_a_lead_is_the_first_criterion_that_decides(
    site: Flask, name: str, stage: str, reason: str
) -> None:
    assert reason in _why(site, name, stage)


def test_every_lead_has_a_reason_in_both_languages(site: Flask) -> None:
    with site.app_context():
        for line in list_commitments():
            for figure in (figure for figure in line.stages if figure.lead):
                said = [s for s in line.statements if s.stage == figure.stage]
                reasons = set()
                for language in ("id", "en"):
                    with use_language(language):
                        reasons.add(why_it_leads(figure, said))
                assert len(reasons) == 2


def test_an_editors_choice_is_shown_with_its_reason_here_and_in_the_list(
    content: Flask, get_page: GetPage
) -> None:
    with content.app_context():
        chosen = LeadChoice(
            id="choice",
            sequence=1,
            commitment_id=PPU,
            stage="enrolled",
            statement_id=f"{PPU}-4",
            reason_id="Angka ini dari dokumen yang diperiksa.",
            reason_en="This figure is from a document we checked.",
        )
        db.session.add(chosen)
        db.session.flush()
        publish_change(db.session)
        db.session.commit()
    page = get_page(f"/en/pendanaan/{PPU}")
    assert "Chosen by an editor: This figure is from a document we checked." in page.text
    listed = get_page(
        "/en/pendanaan?wilayah=penajam-paser-utara&tahun=2025&tahap=enrolled&sumber=apbd_regency"
    )
    assert "± 10,000" in text_of(listed.by_id("lines"))
    assert "± 10,000" in text_of(listed.by_id("total-table"))
