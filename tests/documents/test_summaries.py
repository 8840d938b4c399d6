"""The summaries that are handed to a council."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from flask import Flask

from portal.core.content_version import raise_content_version
from portal.core.i18n import use_language
from portal.documents.figures import HEADER
from portal.documents.queries import get_edition
from portal.documents.shapes import Summary
from portal.documents.summaries import region_summary
from portal.extensions import db

LEADING = ("berau", "bengkayang", "penajam-paser-utara", "kutai-timur", "kalimantan-utara")


def fetch(site: Flask, path: str) -> pikepdf.Pdf:
    response = site.test_client().get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(response.get_data()))


@pytest.mark.parametrize("slug", LEADING)
@pytest.mark.parametrize(("prefix", "lang"), [("", "id"), ("/en", "en")])
def test_a_region_fits_on_one_to_four_pages_in_its_language(
    site: Flask, slug: str, prefix: str, lang: str
) -> None:
    document = fetch(site, f"{prefix}/unduh/wilayah/{slug}.pdf")
    assert 1 <= len(document.pages) <= 4
    assert str(document.Root.Lang) == lang


def test_a_programme_has_its_summary_too(site: Flask) -> None:
    document = fetch(site, "/unduh/program/bengkayang-satu-desa-100-pekerja-rentan.pdf")
    assert 1 <= len(document.pages) <= 4
    assert str(document.docinfo["/Title"]).startswith("Satu Desa 100 Pekerja Rentan")


def test_the_attached_table_has_every_statement_of_the_region(site: Flask) -> None:
    document = fetch(site, "/unduh/wilayah/penajam-paser-utara.pdf")
    body = document.attachments["penajam-paser-utara.csv"].get_file().read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert tuple(rows[0]) == HEADER
    assert {row["workers"] for row in rows} >= {"15000", "10000", "5614", "5084", ""} - {""}
    assert len(rows) == 15
    leads = {(row["commitment_id"], row["stage"]) for row in rows if row["is_lead"] == "yes"}
    assert len(leads) == len([row for row in rows if row["is_lead"] == "yes"])


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        (
            "berau",
            ["4.465", "Dianggarkan", "Dibayarkan", "Belum dipublikasikan", "Nominasi (bukan kemenangan)"],
        ),
        ("bengkayang", ["Rp2.429.520.000", "12.200", "2.116"]),
        ("penajam-paser-utara", ["15.000", "5.614", "Advertorial (berbayar)"]),
        ("kutai-timur", ["150.000", "150,9%"]),
        ("kalimantan-utara", ["22.121", "Rp4 miliar"]),
    ],
)
def test_the_figures_of_the_page_stand_on_paper_with_qualifier_and_source(
    site: Flask, slug: str, words: list[str]
) -> None:
    with site.test_request_context("/"), use_language("id"):
        html = region_summary(slug).html
    missing = [word for word in words if word not in html]
    assert not missing
    assert f"http://portal.test/wilayah/{slug}" in html
    assert "<sup>[1]</sup>" in html


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "name",
    [
        "wilayah/atlantis",
        "program/atlantis",
        "wilayah/..",
        "program/a%00b",
        "wilayah/BERAU",
        "wilayah/" + "a" * 300,
    ],
)
def test_an_unknown_name_is_answered_with_a_page_and_not_with_a_file(
    site: Flask, prefix: str, name: str
) -> None:
    response = site.test_client().get(f"{prefix}/unduh/{name}.pdf")
    assert response.status_code == 404
    assert response.mimetype == "text/html"


def test_a_region_without_reports_says_so_on_one_page(site: Flask) -> None:
    assert len(fetch(site, "/unduh/wilayah/kota-sabang.pdf").pages) == 1


def test_the_document_is_rendered_once_until_the_content_changes(
    content: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[int] = []

    def count(html: str, files: Any) -> bytes:
        rendered.append(1)
        return b"%PDF-"

    monkeypatch.setattr("portal.documents.views.render_pdf", count)
    for _ in range(3):
        assert content.test_client().get("/unduh/wilayah/berau.pdf").status_code == 200
    assert len(rendered) == 1
    with content.app_context():
        raise_content_version(db.session)
        db.session.commit()
    # On PostgreSQL word of a publication takes a moment.
    for _ in range(100):
        content.test_client().get("/unduh/wilayah/berau.pdf")
        if len(rendered) > 1:
            break
        time.sleep(0.02)
    assert len(rendered) == 2


@pytest.mark.parametrize(
    ("name", "status"),
    [("Rentan_2.0", 200), (".rentan", 404), ("..", 404), ("%2e%2e%2frentan", 404), ("a%00", 404)],
)
def test_every_name_that_a_package_may_give_a_programme_has_its_document(
    site: Flask, monkeypatch: pytest.MonkeyPatch, name: str, status: int
) -> None:
    monkeypatch.setattr("portal.documents.views.program_summary", lambda _id: Summary("<p>", ()))
    monkeypatch.setattr("portal.documents.views.render_pdf", lambda _html, _files: b"%PDF-")
    assert site.test_client().get(f"/unduh/program/{name}.pdf").status_code == status


def test_another_public_address_is_another_edition(content: Flask) -> None:
    with content.test_request_context("/"):
        before = get_edition()
        assert before == get_edition()
        settings = content.config["PORTAL_SETTINGS"]
        content.config["PORTAL_SETTINGS"] = replace(settings, base_url="https://elsewhere.test")
        after = get_edition()
    assert before.partition("-")[0] == after.partition("-")[0]
    assert before != after


def test_the_printed_lines_carry_the_notes_of_lines_and_of_their_leads(site: Flask) -> None:
    with site.test_request_context("/"):
        html = region_summary("penajam-paser-utara").html
        assert html.count("Original budget (APBD murni)") >= 2
        assert "described as protected" in region_summary("berau").html
