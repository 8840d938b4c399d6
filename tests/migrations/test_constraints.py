"""What the database itself refuses, whichever code writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from portal.areas.models import Population, Region
from portal.core.content_version import ContentVersion
from portal.evidence.models import Claim, ClaimSource, Source
from portal.extensions import db
from portal.funding.models import Commitment, LeadChoice, Statement
from portal.news.models import Award, Post
from portal.programs.models import Program
from portal.publishing.models import Correction

STATEMENT = {"id": "x", "sequence": 9000, "commitment_id": "berau-2025-apbd", "stage": "planned"}
CLAIM = {
    "id": "x",
    "sequence": 9000,
    "program_id": "berau-pekerja-rentan",
    "metric": "villages",
    "value": "1",
}
COMMITMENT = {"id": "x", "sequence": 9000, "program_id": "berau-pekerja-rentan", "funding_source": "csr"}
SOURCE = {"id": "x", "sequence": 9000, "publisher": "P", "kind": "press", "read_as": "excerpt"}
PROGRAM = {
    "id": "x",
    "sequence": 9000,
    "region_code": "64.03",
    "name_id": "a",
    "name_en": "b",
    "status": "running",
}
PROGRAM |= {"benefits": (), "target_groups": ()}
AWARD = {
    "id": "x",
    "sequence": 9000,
    "award": "P",
    "level": "province",
    "result": "nominee",
    "recipient": "R",
}
AWARD["region_code"] = "64.03"
POST = {
    "id": "x",
    "sequence": 9000,
    "region_code": "64.03",
    "kind": "award",
    "title_id": "a",
    "title_en": "b",
}
POST |= {"body_id": "a", "body_en": "b"}
CHOICE = {"commitment_id": "berau-2025-apbd", "stage": "planned", "statement_id": "berau-2025-apbd-1"}
CHOICE |= {"id": "choice", "sequence": 1, "reason_id": "a", "reason_en": "b"}
REGION = {"code": "99", "province_code": "99", "level": "province", "name": "N", "slug": "n"}

REFUSED: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
    (Statement, STATEMENT, {"stage": "promised"}),
    (Statement, STATEMENT, {"workers": -1}),
    (Statement, STATEMENT, {"amount_idr": -1}),
    (Statement, STATEMENT, {"workers_qualifier": "roughly"}),
    (Statement, STATEMENT, {"amount_qualifier": "roughly"}),
    (Statement, STATEMENT, {"commitment_id": "nothing"}),
    (Statement, STATEMENT, {"sequence": 1}),
    (Statement, STATEMENT, {"id": "berau-2025-apbd-1"}),
    (Claim, CLAIM, {"metric": "hope"}),
    (Claim, CLAIM, {"qualifier": "roughly"}),
    (Claim, CLAIM, {"program_id": "nothing"}),
    (Claim, CLAIM, {"value": None}),
    (Commitment, COMMITMENT, {"funding_source": "wallet"}),
    (Commitment, COMMITMENT, {"program_id": "nothing"}),
    (Source, SOURCE, {"kind": "blog"}),
    (Source, SOURCE, {"read_as": "title"}),
    (Source, SOURCE, {"publisher": None}),
    (Program, PROGRAM, {"status": "maybe"}),
    (Program, PROGRAM, {"region_code": "99.99"}),
    (Award, AWARD, {"result": "loser"}),
    (Award, AWARD, {"level": "village"}),
    (Post, POST, {"kind": "gossip"}),
    (Post, POST, {"award_id": "a-999"}),
    (LeadChoice, CHOICE, {"stage": "promised"}),
    (LeadChoice, CHOICE, {"statement_id": "nothing"}),
    (Region, REGION, {"level": "village"}),
    (Region, REGION, {"slug": "berau"}),
    (Region, REGION, {"province_code": "98"}),
    (Population, {"region_code": "64.03", "men": 1, "women": 1, "total": 3}, {}),
    (ClaimSource, {"claim_id": "k-berau-1", "source_id": "nobody", "position": 9}, {}),
    (ContentVersion, {"id": 2, "number": 1}, {}),
    (
        Correction,
        {"made_at": datetime(2026, 1, 1, tzinfo=UTC), "subject": "a", "subject_id": "b"},
        {"reason": None},
    ),
]


@pytest.fixture
def rolled_back(site: Flask) -> Iterator[Flask]:
    """The shared portal with the starter data; what a test writes is taken back."""
    with site.app_context():
        yield site
        db.session.rollback()


@pytest.mark.parametrize(
    ("model", "row", "wrong"),
    REFUSED,
    ids=[f"{m.__tablename__} {next(iter(w.items()), '')}" for m, _r, w in REFUSED],
)
def test_the_database_refuses_what_may_not_be(
    rolled_back: Flask, model: Any, row: dict[str, Any], wrong: dict[str, Any]
) -> None:
    if model is Population:
        db.session.execute(delete(Population).where(Population.region_code == "64.03"))
    with pytest.raises(IntegrityError):
        db.session.execute(insert(model).values(**{**row, **wrong}))
    db.session.rollback()


@pytest.mark.parametrize(
    ("model", "row"),
    [
        *(
            (Statement, STATEMENT),
            (Claim, CLAIM),
            (Commitment, COMMITMENT),
            (Source, SOURCE),
            (Program, PROGRAM),
        ),
        *((Award, AWARD), (Post, POST), (LeadChoice, CHOICE), (Region, REGION)),
    ],
    ids=lambda value: getattr(value, "__tablename__", ""),
)
def test_the_same_rows_without_the_fault_are_taken(
    rolled_back: Flask, model: Any, row: dict[str, Any]
) -> None:
    db.session.execute(insert(model).values(**row))
    db.session.flush()
    assert db.session.get(model, tuple(row[c.name] for c in model.__table__.primary_key)) is not None


@pytest.mark.parametrize("model", [Source, Program, Commitment, Statement, Claim, Award])
def test_a_row_that_others_point_at_cannot_be_deleted(rolled_back: Flask, model: Any) -> None:
    with pytest.raises(IntegrityError):
        db.session.execute(delete(model))
    db.session.rollback()


def test_the_largest_amount_fits(rolled_back: Flask) -> None:
    row = {**STATEMENT, "amount_idr": 2**63 - 1, "workers": 2**63 - 1, "as_of": date(2026, 1, 1)}
    db.session.execute(insert(Statement).values(**row))
    assert db.session.get_one(Statement, "x").amount_idr == 2**63 - 1
