"""Offices of a region on its page, in its summary, in the search, on their source's page and in the check."""

from __future__ import annotations

import io

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.documents.summaries import region_summary
from portal.offices.queries import list_offices
from tests.conftest import GetPage
from tests.offices.builders import SOURCE, add_office
from tests.registry.conftest import Stage, registry, stage
from tests.registry.people import RUSDI

__all__ = ["registry", "stage"]
EVERYTHING = {
    "name_id": "Dinas Contoh",
    "name_en": "Example Office",
    "address": "Jalan Contoh 1",
    "phone": "(0554) 21101",
    "email": "dinas@contoh.go.id",
    "website": "https://contoh.go.id/dinas",
    "hours_id": "Senin–Jumat 08.00–16.00",
    "hours_en": "Monday–Friday 08:00–16:00",
}


@pytest.fixture
def berau(content: Flask) -> Flask:
    """The starter portal with two made-up offices of Berau."""
    with content.app_context():
        add_office("kantor-bpjs-contoh", kind="bpjs_branch")
        add_office("dinas-contoh", **EVERYTHING)
    return content


@pytest.mark.usefixtures("berau")
def test_a_regions_page_shows_its_offices_with_ways_to_reach_them(get_page: GetPage) -> None:
    page = get_page("/wilayah/berau")
    for words in ("Dinas Contoh", "Jalan Contoh 1", "Senin–Jumat 08.00–16.00", "Kantor pemerintah"):
        assert words in page.text
    assert {"tel:055421101", "mailto:dinas@contoh.go.id", "https://contoh.go.id/dinas"} <= set(page.links)
    assert f"/sumber/{SOURCE}" in page.links


@pytest.mark.usefixtures("berau")
def test_an_office_reads_in_english_where_it_has_english(get_page: GetPage) -> None:
    page = get_page("/en/wilayah/berau")
    assert "Example Office" in page.text
    assert "Monday–Friday" in page.text
    assert "Kantor-Bpjs-Contoh" in page.text


def test_the_governments_office_comes_before_a_branch(berau: Flask) -> None:
    with berau.app_context():
        assert [office.id for office in list_offices(["64.03"])] == ["dinas-contoh", "kantor-bpjs-contoh"]
        assert list_offices(["64.09"]) == list_offices([]) == ()


@pytest.mark.parametrize("path", ["/wilayah/berau", "/wilayah/kota-samarinda", "/wilayah/kalimantan-utara"])
def test_a_region_without_offices_says_what_is_known_today(get_page: GetPage, path: str) -> None:
    text = get_page(path).text
    where = text.split("Tempat bertanya", 1)[1]
    assert where.strip().startswith("Belum dipublikasikan")
    assert "175" in where[:400]


def test_the_printed_summary_names_the_offices_or_that_none_is_published(berau: Flask) -> None:
    with berau.test_request_context("/"):
        assert "Jalan Contoh 1" in region_summary("berau").html
        assert "dinas@contoh.go.id" in region_summary("berau").html
        assert "pusat layanan 175" in region_summary("bengkayang").html
    document = pikepdf.open(io.BytesIO(berau.test_client().get("/unduh/wilayah/berau.pdf").get_data()))
    assert 1 <= len(document.pages) <= 4


@pytest.mark.usefixtures("berau")
def test_a_source_names_the_office_that_cites_it(get_page: GetPage) -> None:
    page = get_page(f"/sumber/{SOURCE}")
    assert "Dinas Contoh" in page.text
    assert "/wilayah/berau#dinas-contoh" in page.links


@pytest.mark.usefixtures("berau")
def test_an_office_is_found_by_its_name(get_page: GetPage) -> None:
    assert "/wilayah/berau" in get_page("/cari?q=dinas+contoh").links


def test_the_checks_answer_leads_to_the_office_of_the_region(
    stage: Stage, get_page: GetPage, client: FlaskClient
) -> None:
    stage([RUSDI], publish=True)
    fields = {"nik": RUSDI.nik, "nama": RUSDI.name}
    assert "Belum ada kantor di Kabupaten Berau" in get_page("/cek", method="POST", data=fields).text
    add_office("dinas-contoh", **EVERYTHING)
    page = get_page("/cek", method="POST", data=fields)
    assert "Dinas Contoh" in page.text
    assert "tel:055421101" in page.links
    assert "Belum ada kantor" not in page.text
    assert "Dinas Contoh" not in client.get("/cek").get_data(as_text=True)
