"""Reading funding lines: few queries, the same answer however they are asked for, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from portal.citations.queries import find_source
from portal.core.errors import NotFound
from portal.core.i18n import use_language
from portal.core.quantities import Quantity
from portal.evidence.queries import list_checks, list_claims, list_sources
from portal.extensions import db
from portal.funding.models import LeadChoice
from portal.funding.queries import get_commitment, list_commitments


@pytest.fixture
def starter(site: Flask) -> Iterator[Flask]:
    with site.app_context():
        yield site


@contextmanager
def _counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_line_comes_with_its_leads_statements_and_sources(starter: Flask) -> None:
    line = get_commitment("penajam-paser-utara-2025-apbd")
    assert (line.region_slug, line.fiscal_year, line.funding_source) == (
        "penajam-paser-utara",
        2025,
        "apbd_regency",
    )
    enrolled = line.figure("enrolled")
    assert enrolled.lead is not None
    assert enrolled.lead.id == "penajam-paser-utara-2025-apbd-2"
    assert enrolled.workers == Quantity(15_000, "exact", "person")
    assert enrolled.amount == Quantity(3_000_000_000, "about", "idr")
    assert (enrolled.statements, enrolled.rivals) == (3, 1)
    assert line.figure("budgeted").amount == Quantity(3_024_000_000, "exact", "idr")
    assert line.figure("disbursed").lead is None
    assert [item.is_lead for item in line.statements] == [False, True, True, False]
    assert [source.id for source in enrolled.sources] == [
        "kaltimkita-ppu-2025",
        "antara-ppu-235173",
        "merdeka-ppu-366953",
    ]
    assert line.statements[3].sources[0].is_advertorial


def test_what_is_not_published_stays_unknown(starter: Flask) -> None:
    line = get_commitment("kalimantan-utara-gn-lingkaran")
    assert line.fiscal_year is None
    assert not line.has_figure
    assert line.figure("planned").workers is None


def test_names_follow_the_language(starter: Flask) -> None:
    line = get_commitment("bengkayang-satu-desa")
    with use_language("en"):
        assert line.program_name == "One Village, 100 Vulnerable Workers (Bengkayang)"
    with use_language("id"):
        assert line.program_name == "Satu Desa 100 Pekerja Rentan"


def test_lines_of_a_region_a_programme_and_by_id_are_parts_of_all(starter: Flask) -> None:
    everything = list_commitments()
    assert len(everything) == 70
    assert list_commitments(region="64.09") == tuple(c for c in everything if c.region_code == "64.09")
    program = "ketapang-pekerja-rentan"
    assert list_commitments(program=program) == tuple(c for c in everything if c.program_id == program)
    ids = ["landak-2025-apbd", "berau-2025-csr", "no-such-line"]
    assert [line.id for line in list_commitments(ids=ids)] == ["berau-2025-csr", "landak-2025-apbd"]
    assert list_commitments(ids=[]) == ()


def test_a_province_has_the_lines_it_pays_for_in_its_regencies(starter: Flask) -> None:
    found = {line.id for line in list_commitments(province="64")}
    assert {
        "kalimantan-timur-2023-provinsi",
        "mahakam-ulu-2025-provinsi",
        "kota-samarinda-2025-provinsi",
    } <= found
    assert not found & {"mahakam-ulu-2025-apbd", "kalimantan-utara-2023-apbd"}


@pytest.mark.parametrize(
    ("ask", "queries"),
    [
        (lambda: list_commitments(region="64.09"), 2),
        (lambda: list_commitments(), 2),
        (lambda: get_commitment("berau-2025-apbd"), 2),
        (lambda: list_claims(["berau-pekerja-rentan"]), 1),
        (lambda: list_checks(region="64.09"), 2),
        (lambda: list_checks(region="64.09", known={s.id: s for s in list_sources()}), 2),
        (lambda: list_checks(region="11.01"), 1),
    ],
    ids=["region", "all", "line", "claims", "checks", "checks and all sources", "no checks"],
)
def test_reads_take_few_queries(starter: Flask, ask: Callable[[], object], queries: int) -> None:
    with _counted() as asked:
        ask()
    assert len(asked) == queries


@pytest.mark.parametrize("address", ["no-such-line", "", "berau\0", "é" * 300])
def test_an_unknown_address_is_not_found(starter: Flask, address: str) -> None:
    with pytest.raises(NotFound):
        get_commitment(address)
    assert find_source(address) is None


def test_claims_keep_the_digits_as_they_were_stated(starter: Flask) -> None:
    claims = {claim.id: claim for claim in list_claims()}
    assert str(claims["k-barut-1"].quantity.value) == "86.40"
    assert claims["k-kutim-3"].quantity.value == 51_086
    assert claims["k-berau-4"].quantity.unit == "percent"
    assert claims["k-ppu-1"].source_ids == ("kaltimkita-ppu-2025", "antara-ppu-235173")
    assert list_claims([]) == ()


def test_sources_come_by_id_in_the_order_of_the_package(starter: Flask) -> None:
    assert [source.id for source in list_sources(["zona-berau-2025", "anews-berau-46186"])] == [
        "anews-berau-46186",
        "zona-berau-2025",
    ]
    found = find_source("risalah-ppu-1377")
    assert found is not None
    assert found.is_advertorial


def test_an_editors_choice_leads_with_its_reason(content: Flask) -> None:
    with content.app_context():
        db.session.add(
            LeadChoice(
                id="penajam-paser-utara-2025-apbd-enrolled",
                sequence=1,
                commitment_id="penajam-paser-utara-2025-apbd",
                stage="enrolled",
                statement_id="penajam-paser-utara-2025-apbd-4",
                reason_id="Dinas menyebut angka ini.",
                reason_en="The office gives this figure.",
            )
        )
        db.session.commit()
        line = get_commitment("penajam-paser-utara-2025-apbd")
        figure = line.figure("enrolled")
        assert figure.workers == Quantity(10_000, "about", "person")
        with use_language("en"):
            assert figure.reason == "The office gives this figure."
        assert line.figure("budgeted").reason is None
