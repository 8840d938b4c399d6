"""`portal checks`: the form that scripts rely on, and the one for people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from portal.core.i18n import use_language
from portal.core.vocabulary import CHECK_KINDS, VERDICTS
from portal.evidence.cli import checks


def _run(site: Flask, *arguments: str) -> Result:
    with use_language("id"):
        return site.test_cli_runner().invoke(checks, arguments)


def _records(site: Flask, *arguments: str) -> list[dict[str, Any]]:
    result = _run(site, *arguments, "--json")
    assert result.exit_code == 0, result.output
    records: list[dict[str, Any]] = json.loads(result.stdout)
    return records


def test_json_has_the_promised_fields_and_types(site: Flask) -> None:
    records = _records(site)
    assert len(records) > 200
    for record in records:
        assert {"kind", "subject", "region", "verdict", "inputs", "formula", "result", "sentence"} <= set(
            record
        )
        assert record["kind"] in CHECK_KINDS
        assert record["verdict"] in VERDICTS
        assert set(record["sentence"]) == {"id", "en"}
        assert all(record["sentence"].values())
        for entry in record["inputs"]:
            assert {"label", "value", "source_ids"} <= set(entry)
            assert isinstance(entry["source_ids"], list)


def test_json_can_be_read_for_one_region(site: Flask) -> None:
    records = _records(site, "--region", "61.07")
    assert {record["region"] for record in records} == {"61.07"}
    (check,) = [r for r in records if r["kind"] == "contribution"]
    assert check["subject"] == "bengkayang-2024-apbd"
    assert [(entry["label"], entry["value"]) for entry in check["inputs"]] == [
        ("workers", 12_000),
        ("contribution per person and month", 16_800),
        ("months assumed", 12),
        ("amount", 2_429_520_000),
        ("workers, another published figure", 12_200),
    ]


def test_a_region_without_programmes_has_an_empty_list(site: Flask) -> None:
    assert _records(site, "--region", "11.01") == []


@pytest.mark.parametrize("code", ["99.99", "berau", "", "64\0"])
def test_an_unknown_region_ends_with_a_sentence_and_no_traceback(site: Flask, code: str) -> None:
    result = _run(site, "--region", code, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "64.03" in result.stderr
    assert "Traceback" not in result.output


def test_people_read_sentences_and_a_summary(site: Flask) -> None:
    result = _run(site, "--region", "61.04", "--kind", "duration")
    assert result.exit_code == 0
    assert "7,4 bulan" in result.stdout
    assert "ketapangmedia-2025" in result.stdout
    assert "1 pemeriksaan silang" in result.stderr


def test_checks_can_be_read_by_verdict(site: Flask) -> None:
    assert {record["verdict"] for record in _records(site, "--verdict", "differs")} == {"differs"}
