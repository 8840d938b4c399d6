"""Programme pages beside the facts they were given."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from portal.profiles.queries import get_program_profile, get_region_profile
from portal.programs.queries import list_programs
from tests.conftest import GetPage
from tests.support.pages import text_of

MOST_QUERIES = 12


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("berau-pekerja-rentan", ["petani", "nelayan", "Jaminan kematian (JKM)", "4.465", "Berjalan", "100 perusahaan", "Fokus Borneo"]),
        ("bengkayang-satu-desa-100-pekerja-rentan", ["Satu Desa 100 Pekerja Rentan", "2024", "12.200", "122", "Rp2.459.520.000", "Mendorong perusahaan"]),
        ("kota-tarakan-bapak-asuh-pekerja", ["petani rumput laut", "Donasi", "Belum dipublikasikan"]),
        ("barito-utara-pekerja-rentan", ["Jaminan hari tua (JHT)", "86,40%", "20.337", "15.330"]),
        ("tanah-bumbu-pekerja-rentan", ["71", "± Rp2.980.000.000", "43.725"]),
        ("sambas-pekerja-rentan", ["Belum dipublikasikan", "Status belum dipublikasikan"]),
    ],
)  # fmt: skip
def test_a_programme_page_shows_what_was_reported(get_page: GetPage, slug: str, facts: list[str]) -> None:
    text = get_page(f"/program/{slug}").text
    assert [fact for fact in facts if fact.lower() not in text.lower()] == []


def test_every_check_of_a_programme_is_there_with_formula_and_inputs(get_page: GetPage, site: Flask) -> None:
    slug = "bengkayang-satu-desa-100-pekerja-rentan"
    with site.app_context():
        checks = get_program_profile(slug).sheet.checks
    cards = get_page(f"/program/{slug}").all("div", class_="check")
    assert len(cards) == len(checks) > 0
    assert "12.000 × Rp16.800 × 12" in text_of(cards[0])


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_unknown_programme_is_a_page_not_found(get_page: GetPage, prefix: str) -> None:
    page = get_page(f"{prefix}/program/tidak-ada", status=404)
    assert page.all("input", name="q")


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_programme_page_passes_the_page_checks(get_page: GetPage, site: Flask, language: str) -> None:
    with site.app_context():
        programs = list_programs()
    assert len(programs) == 42
    for program in programs:
        page = get_page(f"{language}/program/{program.id}")
        assert f"{language}/wilayah/{program.region_slug}" in page.links


@pytest.mark.parametrize("slug", ["berau", "kalimantan-timur", "penajam-paser-utara", "aceh"])
def test_a_region_profile_takes_at_most_twelve_queries(site: Flask, slug: str) -> None:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with site.app_context():
            profile = get_region_profile(slug)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert profile.region.slug == slug
    assert len(statements) <= MOST_QUERIES, "\n".join(statements)


def test_profiles_carry_every_source_once_for_documents(site: Flask) -> None:
    with site.app_context():
        region, program = get_region_profile("berau"), get_program_profile("berau-pekerja-rentan")
    for profile in (region, program):
        ids = [source.id for source in profile.sources]
        assert len(ids) == len(set(ids))
        assert {"fokusborneo-berau-2025", "kaltimtoday-berau-2025", "zona-berau-2025"} <= set(ids)
