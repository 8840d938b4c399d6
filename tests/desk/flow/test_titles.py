"""Titles of ids and codes are shown in words, in lists and on the item's page."""

from __future__ import annotations

from flask import Flask

from tests.support.drafts import STATEMENT, bring
from tests.support.staff import Cast

LINE = "Perlindungan BPJS Ketenagakerjaan pekerja rentan Kabupaten Berau · 2025"


def test_a_statement_is_named_by_its_programme_its_stage_and_its_number(content: Flask, cast: Cast) -> None:
    with content.app_context():
        item_id = bring(cast, "draft", "statements", STATEMENT)
    for address in ("/meja/statements", f"/meja/butir/{item_id}"):
        told = cast.berau_editor.client.get(address).text
        assert f"{LINE} · APBD kabupaten/kota" in told
        assert "Pemkab Berau · Dibayarkan · 4.465" in told
        assert "Paid · 4,465" in cast.berau_editor.client.get(f"/en{address}").text


def test_titles_of_words_are_left_alone(content: Flask, cast: Cast) -> None:
    with content.app_context():
        bring(cast, "draft")
    assert "Rapat koordinasi pekerja rentan" in cast.berau_editor.client.get("/meja/news").text


def test_a_list_of_statements_names_no_line_by_its_id(content: Flask, cast: Cast) -> None:
    assert "berau-2025-apbd ·" not in cast.berau_editor.client.get("/meja/statements").text
    assert "berau-pekerja-rentan ·" not in cast.berau_editor.client.get("/meja/claims").text
