"""What is wrong with datapackage.json itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as Judge

from portal.core.i18n import use_language
from portal.opendata.layout import resource
from portal.opendata.problems import Problem
from portal.opendata.tables import BY_NAME, TABLES
from tests.opendata.conftest import STARTER, Package

Faults = Callable[[Path], tuple[Problem, ...]]
Resource = dict[str, Any]


def _key(column: str, target: str) -> Resource:
    return {"fields": column, "reference": {"resource": target, "fields": "id"}}


CHANGES: list[tuple[str, Callable[[list[Resource]], object], str]] = [
    ("unknown table", lambda r: r[0].update(name="villages"), "not a table of the package"),
    ("name not a text", lambda r: r[0].update(name=["sources"]), "not a table of the package"),
    ("same table twice", lambda r: r.append(r[0]), "named by two tables"),
    ("same file twice", lambda r: r[1].update(path="sources.csv"), "named by two tables"),
    ("path upwards", lambda r: r[0].update(path="../sources.csv"), "inside the package"),
    ("path absolute", lambda r: r[0].update(path="/etc/passwd"), "inside the package"),
    ("path to the web", lambda r: r[0].update(path="https://example.org/a.csv"), "inside the package"),
    ("path of Windows", lambda r: r[0].update(path="..\\a.csv"), "inside the package"),
    ("path of several files", lambda r: r[0].update(path=["a.csv", "b.csv"]), "one CSV file"),
    ("path to the descriptor", lambda r: r[0].update(path="datapackage.json"), "one CSV file"),
    ("no path", lambda r: r[0].pop("path"), "one CSV file"),
    ("other delimiter", lambda r: r[0].update(dialect={"delimiter": ";"}), "commas"),
    ("compressed", lambda r: r[0].update(compression="gz"), "plain CSV"),
    ("other encoding", lambda r: r[0].update(encoding="windows-1252"), "utf-8"),
    ("other missing value", lambda r: r[0]["schema"].update(missingValues=["", "-"]), "missingValues"),
    ("no schema", lambda r: r[0].pop("schema"), "list the fields"),
    ("further field", lambda r: r[0]["schema"]["fields"].append({"name": "colour"}), "no column “colour”"),
    ("missing field", lambda r: r[0]["schema"]["fields"].pop(3), "“url” is missing"),
    ("field twice", lambda r: r[0]["schema"]["fields"].append({"name": "id"}), "twice"),
    (
        "foreign key unknown",
        lambda r: r[0]["schema"].update(foreignKeys=[_key("note", "news")]),
        "no reference",
    ),
    ("foreign keys not a list", lambda r: r[0]["schema"].update(foreignKeys=3), "no reference"),
]


@pytest.mark.parametrize(("change", "reason"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_fault_in_the_descriptor_is_one_sentence(
    package: Package, faults: Faults, change: Callable[[list[Resource]], object], reason: str
) -> None:
    package.describe(lambda content: change(content["resources"]))
    with use_language("en"):
        found = faults(package.folder)
    assert {one.file for one in found} == {"datapackage.json"}
    assert any(reason in one.reason for one in found)


@pytest.mark.parametrize(
    ("first", "second"), [("programs", "news"), ("sources", "sources")], ids=["two tables", "one table"]
)
def test_foreign_keys_in_a_circle_are_refused(
    package: Package, faults: Faults, first: str, second: str
) -> None:
    def tie(content: dict[str, Any]) -> None:
        for one in content["resources"]:
            if one["name"] in (first, second):
                target = second if one["name"] == first else first
                one["schema"]["foreignKeys"] = [_key("program_id", target)]

    package.describe(tie)
    with use_language("en"):
        (found,) = faults(package.folder)
    assert "in a circle" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"resources": []}',
        '{"resources": {}}',
        '{"resources": [1]}',
        "[" * 100_000,
        "{'a': 1}",
    ],
)
def test_a_descriptor_that_is_none_is_refused(package: Package, faults: Faults, text: str) -> None:
    (package.folder / "datapackage.json").write_text(text)
    assert {one.file for one in faults(package.folder)} == {"datapackage.json"}


@pytest.mark.parametrize("name", [3, "", "a\ud800", "<b>", "x" * 200])
def test_a_package_name_must_be_a_name(package: Package, faults: Faults, name: object) -> None:
    package.describe(lambda content: content.update(name=name))
    assert len(faults(package.folder)) == 1


def test_a_missing_descriptor_or_table_is_told(package: Package, faults: Faults) -> None:
    package.file("awards").unlink()
    assert [(one.file, one.line) for one in faults(package.folder)] == [("awards.csv", 0)]
    (package.folder / "datapackage.json").unlink()
    assert [one.file for one in faults(package.folder)] == ["datapackage.json"]


def test_the_portals_own_descriptor_of_a_table_is_that_of_the_starter() -> None:
    resources = json.loads((STARTER / "datapackage.json").read_text())["resources"]
    written = [resource(BY_NAME[one["name"]], one["path"]) for one in resources]
    assert written == resources
    # The starter has no offices, as nobody has published any that were read, and no editor's choice of a lead.
    absent = ("offices", "lead_choices")
    assert [table.name for table in TABLES if table.name not in absent] == [one["name"] for one in resources]


def test_an_independent_reader_of_data_packages_finds_the_starter_valid() -> None:
    report = Judge(str(STARTER / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])[:5]
