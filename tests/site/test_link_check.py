"""Links that lead nowhere are pointed out before review."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.extensions import db
from portal.publishing.records import find_problems
from portal.site.links import check_links


def _found(site: Flask, address: str) -> list[bool]:
    with site.app_context():
        text = f"Lihat [ini]({address}) dan [itu](https://contoh.go.id/berita)."
        return [one.blocking for one in check_links(db.session(), "x", {"body_id": text, "body_en": ""})]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "www.contoh.go.id",
        "berita/x",
        "mailto:a@b.id",
        "https://",
        "https://localhost",
        "#",
        "ftp://contoh.id/a",
    ],
)
def test_what_is_no_address_keeps_a_text_from_review(site: Flask, address: str) -> None:
    assert _found(site, address) == [True]


@pytest.mark.parametrize(
    "address",
    ["/program/tidak-ada", "/tidak-ada", "/en/wilayah/nowhere", "/meja", "http://portal.test/sumber/x"],
)
def test_an_address_of_this_portal_that_shows_nothing_is_a_hint(site: Flask, address: str) -> None:
    assert _found(site, address) == [False]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/wilayah/berau",
        "/en/program/berau-pekerja-rentan",
        "/cek",
        "#catatan",
        "http://portal.test/metode",
    ],
)
def test_an_address_that_shows_a_page_is_left_in_peace(site: Flask, address: str) -> None:
    assert _found(site, address) == []


def test_a_post_is_checked_when_it_is_handed_in(content: Flask) -> None:
    with content.app_context():
        cells = {
            "id": "berau-x",
            "region_code": "64.03",
            "kind": "program",
            "title_id": "Judul",
            "title_en": "Title",
            "body_id": "[sini](tidak)",
            "body_en": "Text",
            "source_ids": "",
        }
        from portal.opendata.state import published_ids

        cells["source_ids"] = sorted(published_ids(db.session())["sources"])[0]
        problems = find_problems(db.session(), "news", "berau-x", cells)
    assert ("body_id", True) in {(one.column, one.blocking) for one in problems}
