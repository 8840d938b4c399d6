"""The starter data read straight from its CSV files, with the rule for leads written a second time.

Nothing here uses the portal: tests hold its answers against this.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "starter"
AREAS = FOLDER.parent / "areas"
RANK = {"government": 0, "regulation": 0, "budget_document": 0, "press": 1, "other": 2, "advertorial": 3}
Row = dict[str, str]


@dataclass(frozen=True)
class Lead:
    """The figures shown of one line and stage; None: not published."""

    workers: int | None
    amount: int | None


@dataclass(frozen=True)
class Line:
    """One commitment with its leads and everything that may be searched."""

    id: str
    region: str
    level: str
    year: int | None
    payer: str
    leads: dict[str, Lead]
    texts: tuple[str, ...]


def rows(name: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of one file."""
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def lines() -> tuple[Line, ...]:
    """Every funding line, in the order of the file."""
    programs = {row["id"]: row for row in rows("programs")}
    names = _region_names()
    said = defaultdict(list)
    for row in rows("statements"):
        said[row["commitment_id"]].append(row)
    return tuple(
        Line(
            id=row["id"],
            region=programs[row["program_id"]]["region_code"],
            level="province" if "." not in programs[row["program_id"]]["region_code"] else "regency",
            year=int(row["fiscal_year"]) if row["fiscal_year"] else None,
            payer=row["funding_source"],
            leads=leads(said[row["id"]]),
            texts=(
                programs[row["program_id"]]["name_id"],
                programs[row["program_id"]]["name_en"],
                names[programs[row["program_id"]]["region_code"]],
                row["funder_name"],
                *(sources()[source]["publisher"] for one in said[row["id"]] for source in cited(one)),
            ),
        )
        for row in rows("commitments")
    )


@cache
def sources() -> dict[str, Row]:
    """Sources by id."""
    return {row["id"]: row for row in rows("sources")}


def cited(row: Row) -> list[str]:
    """The ids of the sources a record cites."""
    return [source for source in row["source_ids"].split(";") if source]


def leads(statements: list[Row]) -> dict[str, Lead]:
    """The lead of each stage that has a statement."""
    stages = defaultdict(list)
    for row in statements:
        stages[row["stage"]].append(row)
    return {stage: _lead(found) for stage, found in stages.items()}


def _lead(found: list[Row]) -> Lead:
    ordered = sorted(found, key=_merit)
    return Lead(*(_first(ordered, name) for name in ("workers", "amount_idr")))


def _first(ordered: list[Row], name: str) -> int | None:
    return next((int(row[name]) for row in ordered if row[name]), None)


def _merit(row: Row) -> tuple[object, ...]:
    figure = "workers" if row["workers"] else "amount"
    exact = row[f"{figure}_qualifier"] == "exact"
    dates = [sources()[source]["published_on"] for source in cited(row)]
    day = row["as_of"] or max((date for date in dates if date), default="0001-01-01")
    return (
        not (row["workers"] or row["amount_idr"]),
        min(RANK[sources()[source]["kind"]] for source in cited(row)),
        not exact,
        tuple(-int(part) for part in day.split("-")),
        (not row["workers"]) + (not row["amount_idr"]),
        row["id"],
    )


def _region_names() -> dict[str, str]:
    found = {}
    for name in ("provinces", "regencies"):
        found.update({row["code"]: row["name"] for row in rows(name, AREAS)})
    return found
