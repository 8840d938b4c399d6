"""Every bad row is named with file, line, column and reason, and then nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.content_version import current_number
from portal.core.i18n import use_language
from portal.evidence.models import Source
from portal.extensions import db
from portal.opendata.layout import resource
from portal.opendata.problems import LISTED, PackageRejected, Problem
from portal.opendata.services import load_package
from portal.opendata.tables import BY_NAME
from tests.opendata.conftest import Package

Faults = Callable[[Path], tuple[Problem, ...]]

CELLS = [
    ("statements", "stage", "promised", "planned, budgeted, disbursed, enrolled"),
    ("statements", "workers", "-5", "negative"),
    ("statements", "workers", "4.465", "whole number"),
    ("statements", "workers", "٤٤", "whole number"),
    ("statements", "workers", "9223372036854775808", "too large"),
    ("statements", "months", "2147483648", "too large"),
    ("statements", "amount_idr", "1e9", "whole number"),
    ("statements", "amount_idr", "Rp3000", "whole number"),
    ("statements", "as_of", "2025-02-30", "not a date"),
    ("statements", "as_of", "5/8/2025", "not a date"),
    ("statements", "as_of", "20250805", "not a date"),
    ("statements", "workers_qualifier", "roughly", "exact, about"),
    ("statements", "commitment_id", "no-such-line", "commitments has no row “no-such-line”"),
    ("statements", "source_ids", "fokusborneo-berau-2025;nobody", "sources has no row “nobody”"),
    ("statements", "source_ids", "fokusborneo-berau-2025;;prokopim-berau-2025", "empty place"),
    ("statements", "source_ids", "fokusborneo-berau-2025;fokusborneo-berau-2025", "twice"),
    ("statements", "source_ids", "", "filled in"),
    ("statements", "id", "", "filled in"),
    ("statements", "id", "a/b", "address"),
    ("statements", "note", "a\x00b", "can't be shown"),
    ("programs", "name_id", "a\x85b", "can't be shown"),
    ("programs", "name_id", "a\uffffb", "can't be shown"),
    ("programs", "name_id", "Rp\u202e000.1\u202c", "U+202E"),
    ("statements", "note", "a\u2066b\u2069", "turns the text around"),
    ("claims", "value", "NaN", "not a number"),
    ("claims", "value", "86,4", "not a number"),
    ("claims", "value", "-1", "negative"),
    ("claims", "value", "99999999999999999999", "too large"),
    ("claims", "value", "  ", "filled in"),
    ("programs", "region_code", "64.99", "no region has the code “64.99”"),
    ("programs", "region_code", "6403", "no region has the code “6403”"),
    ("programs", "started_year", "24", "four digits"),
    ("programs", "benefits", "JKK;;JKM", "empty place"),
    ("programs", "name_en", "", "filled in"),
    ("regulations", "region_code", "99", "no region"),
    ("sources", "url", "javascript:alert(1)", "web address"),
    ("sources", "url", "https://[x", "web address"),
    ("sources", "url", "https://:443/a", "web address"),
    ("sources", "url", "https://berita.example:99999/a", "web address"),
    ("sources", "kind", "blog", "press, government"),
    ("news", "award_id", "a-999", "awards has no row"),
    ("news", "program_id", "nothing", "programs has no row"),
    ("awards", "year", "tahun 2025", "four digits"),
    ("measures", "position", "", "filled in"),
]


@pytest.mark.parametrize(
    ("table", "column", "value", "reason"), CELLS, ids=[f"{c[0]}.{c[1]}={c[2]!a}" for c in CELLS]
)
def test_a_bad_cell_is_named_with_its_place_and_reason(
    package: Package, faults: Faults, table: str, column: str, value: str, reason: str
) -> None:
    package.set(table, 1, column, value)
    with use_language("en"):
        found = [one for one in faults(package.folder) if one.file == f"{table}.csv"]
    assert [(one.line, one.column) for one in found] == [(2, column)]
    assert reason in found[0].reason


def test_nothing_is_changed_when_one_row_is_bad(package: Package, app_context: Flask) -> None:
    before = current_number(db.session)
    package.set("news", 1, "kind", "gossip")
    with pytest.raises(PackageRejected):
        load_package(db.session(), package.folder)
    assert db.session.execute(select(func.count()).select_from(Source)).scalar_one() == 0
    assert current_number(db.session) == before


def test_all_faults_of_all_tables_are_told_at_once(package: Package, faults: Faults) -> None:
    package.set("statements", 1, "stage", "x")
    package.set("statements", 2, "workers", "y")
    package.set("awards", 3, "level", "z")
    found = {(one.file, one.line, one.column) for one in faults(package.folder)}
    assert found == {
        ("statements.csv", 2, "stage"),
        ("statements.csv", 3, "workers"),
        ("awards.csv", 4, "level"),
    }


def test_a_line_is_counted_as_an_editor_counts_it_below_cells_of_several_lines(
    package: Package, faults: Faults
) -> None:
    rows = package.rows("news")
    package.set("news", len(rows) - 1, "kind", "gossip")
    physical = package.file("news").read_bytes().split(b"\n")
    (found,) = faults(package.folder)
    assert found.line > len(rows)
    assert physical[found.line - 1].startswith(rows[-1][0].encode())


def test_a_fault_in_a_row_does_not_make_those_that_point_at_it_faulty(
    package: Package, faults: Faults
) -> None:
    package.set("programs", 1, "status", "maybe")
    assert [(one.file, one.column) for one in faults(package.folder)] == [("programs.csv", "status")]


def test_an_id_given_twice_is_told_at_the_second_row(package: Package, faults: Faults) -> None:
    rows = package.rows("measures")
    package.set("measures", 2, "id", rows[1][0])
    assert [(one.line, one.column) for one in faults(package.folder)] == [(3, "id")]


@pytest.mark.parametrize(("change", "reason"), [(["x"], "13"), (None, "11")], ids=["too many", "too few"])
def test_a_row_with_too_many_or_too_few_cells_is_told(
    package: Package, faults: Faults, change: list[str] | None, reason: str
) -> None:
    rows = package.rows("statements")
    rows[5] = rows[5] + change if change else rows[5][:-1]
    package.write("statements", rows)
    (found,) = faults(package.folder)
    assert (found.line, found.column) == (6, "")
    assert reason in found.reason


def test_an_empty_line_is_told(package: Package, faults: Faults) -> None:
    path = package.file("claims")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r\n\r\n", 1))
    assert [(one.file, one.line) for one in faults(package.folder)] == [("claims.csv", 2)]


def test_unknown_missing_and_double_columns_are_told_and_the_rest_is_still_checked(
    package: Package, faults: Faults
) -> None:
    rows = package.rows("claims")
    rows[0][2], rows[0][3] = "metrik", "id"
    package.write("claims", rows)
    package.set("awards", 1, "level", "z")
    found = {(one.file, one.line, one.column) for one in faults(package.folder)}
    expected = {("claims.csv", 1, column) for column in ("metrik", "metric", "value", "id")}
    assert found == expected | {("awards.csv", 2, "level")}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\r\n", 1),
        (b'id,publisher,title,url,published_on,kind,read_as,note\r\n"a,b\r\n', 2),
        (b'id,publisher,title,url,published_on,kind,read_as,note\r\n"a"b,c,,,,press,excerpt,\r\n', 2),
        (b"id,publisher,title,url,published_on,kind,read_as,note\r\na,\xff,,,,press,excerpt,\r\n", 2),
        (b"id,publisher,title,url,published_on,kind,read_as,note\ra,b,,,,press,excerpt,\r", 1),
        ("id,publisher".encode("utf-16"), 1),
    ],
    ids=["empty", "blank", "open quote", "text after a quote", "not UTF-8", "old Mac line ends", "UTF-16"],
)
def test_a_file_that_cannot_be_read_is_one_fault_and_blames_no_other_table(
    package: Package, faults: Faults, data: bytes, line: int
) -> None:
    package.file("sources").write_bytes(data)
    assert [(one.file, one.line) for one in faults(package.folder)] == [("sources.csv", line)]


def test_a_cell_beyond_all_measure_is_told(package: Package, faults: Faults) -> None:
    package.set("news", 1, "body_id", "a" * 2_000_000)
    assert [(one.file, one.line) for one in faults(package.folder)] == [("news.csv", 2)]


def test_the_text_lists_the_first_faults_and_counts_the_rest(package: Package, app_context: Flask) -> None:
    rows = package.rows("sources")
    package.write("sources", [rows[0], *([*row[:5], "blog", *row[6:]] for row in rows[1:])])
    with use_language("en"), pytest.raises(PackageRejected) as caught:
        load_package(db.session(), package.folder)
    lines = str(caught.value).splitlines()
    assert len(lines) == LISTED + 2
    assert lines[0].startswith("sources.csv:2: kind: “blog” is not one of press")
    assert lines[-2] == f"… and {137 - LISTED} more."
    assert lines[-1].startswith("137 faults")


CHOICES = """id,commitment_id,stage,statement_id,reason_id,reason_en
satu,{line},{stage},{statement},Alasan,Reason
dua,{line},{stage},{statement},Alasan,Reason
tiga,{line},planned,{statement},Alasan,Reason
"""


def test_choices_of_a_lead_are_one_for_a_line_and_stage_and_of_that_line(
    package: Package, faults: Faults
) -> None:
    header, *statements = package.rows("statements")
    first = next(
        dict(zip(header, row, strict=True)) for row in statements if row[header.index("stage")] != "planned"
    )
    text = CHOICES.format(line=first["commitment_id"], stage=first["stage"], statement=first["id"])
    package.file("lead_choices").write_text(text)
    added = resource(BY_NAME["lead_choices"], "lead_choices.csv")
    package.describe(
        lambda content: content.update(
            resources=[one for one in content["resources"] if one["name"] != "lead_choices"] + [added]
        )
    )
    with use_language("en"):
        found = faults(package.folder)
    assert [(one.file, one.line, one.column) for one in found] == [
        ("lead_choices.csv", 3, "stage"),
        ("lead_choices.csv", 4, "statement_id"),
    ]
    assert "“satu” has the same commitment_id, stage" in found[0].reason
    assert f"“{first['id']}” has another commitment_id, stage" in found[1].reason
