"""Programmes, regulations and measures with their sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask import Flask

from portal.core.errors import NotFound
from portal.core.i18n import use_language
from portal.core.labels import LABELS, label
from portal.core.vocabulary import LANGUAGES
from portal.programs.queries import get_program, list_measures, list_programs, list_regulations

STARTER = Path(__file__).parents[2] / "data" / "starter"


def _rows(table: str) -> list[dict[str, str]]:
    with (STARTER / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("content")
def test_every_programme_is_read_as_it_was_written(app_context: Flask) -> None:
    programs = list_programs()
    written = _rows("programs")
    assert [program.id for program in programs] == [row["id"] for row in written]
    for program, row in zip(programs, written, strict=True):
        assert program.name_id == row["name_id"]
        assert ";".join(program.target_groups) == row["target_groups"]
        assert ";".join(program.benefits) == row["benefits"]
        assert str(program.started_year or "") == row["started_year"]
        assert ";".join(source.id for source in program.sources) == row["source_ids"]


@pytest.mark.usefixtures("content")
def test_every_regulation_reaches_its_region_and_national_ones_reach_all(app_context: Flask) -> None:
    written = _rows("regulations")
    national = [row["id"] for row in written if not row["region_code"]]
    for code in {row["region_code"] for row in written if row["region_code"]}:
        found = list_regulations(code)
        own = [row["id"] for row in written if row["region_code"] == code]
        assert [rule.id for rule in found if rule.region_code] == own
        assert [rule.id for rule in found if not rule.region_code] == national
        assert all(rule.sources for rule in found)


@pytest.mark.usefixtures("content")
def test_a_regulation_is_cited_as_far_as_it_was_quoted(app_context: Flask) -> None:
    with use_language("id"):
        cited = {rule.id: rule.citation for code in ("64.03", "61.07") for rule in list_regulations(code)}
    assert cited["r-6107-perbup-6"] == "Nomor 27 Tahun 2024"
    assert cited["r-6107-perbup-40"] == "Nomor 23, tahun tidak disebut"
    assert cited["r-6403-perbup-1"] == "nomor dan tahun tidak disebut"


@pytest.mark.usefixtures("content")
def test_measures_come_in_their_order_and_language(app_context: Flask) -> None:
    steps = list_measures(program="bengkayang-satu-desa-100-pekerja-rentan")
    assert [step.position for step in steps] == [1, 2, 3, 4, 5]
    assert steps == list_measures(region="61.07")
    with use_language("en"):
        assert steps[0].text.startswith("Encourage companies")
    with use_language("id"):
        assert steps[0].text.startswith("Mendorong perusahaan")


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("name", ["tidak-ada", "", "berau\0"])
def test_an_unknown_programme_is_not_found(app_context: Flask, name: str) -> None:
    with pytest.raises(NotFound):
        get_program(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_benefit_and_kind_of_regulation_in_the_data_has_words(language: str) -> None:
    programs = _rows("programs")
    codes = {
        "target_group": {code for row in programs for code in row["target_groups"].split(";") if code},
        "benefit": {code for row in programs for code in row["benefits"].split(";") if code},
        "regulation_kind": {row["kind"] for row in _rows("regulations")},
    }
    with use_language(language):
        for kind, found in codes.items():
            assert found <= LABELS[kind].keys()
            assert all(label(kind, code) for code in found)
