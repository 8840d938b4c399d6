"""Leads and checks follow every publication, in its transaction."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from portal.core.database import registry_metadata
from portal.evidence.crosschecks.facts import EnrolmentCount
from portal.evidence.models import Claim, ClaimSource, CrossCheck
from portal.evidence.queries import list_checks
from portal.extensions import db
from portal.funding.models import Commitment, LeadFigure, Statement, StatementSource
from portal.funding.services import refresh_checks
from portal.opendata.services import load_package
from portal.publishing.services import publish_change
from portal.registry.services.sampling import ensure_sample_list
from tests.support.statements import statements
from tests.support.tree import ROOT

PROGRAM = "kapuas-pekerja-rentan"


@pytest.fixture
def starter(content: Flask) -> Iterator[Flask]:
    with content.app_context():
        yield content


def _registry(subject: str) -> list[tuple[str, str]]:
    return [
        (check.verdict, check.stored_result)
        for check in list_checks(kinds=["registry"])
        if check.subject_id == subject
    ]


def test_a_changed_figure_changes_leads_and_checks_with_its_publication(starter: Flask) -> None:
    db.session.execute(
        update(Statement).where(Statement.id == "sintang-2024-dbh-sawit-1").values(workers=2_500)
    )
    publish_change(db.session)
    db.session.commit()
    (check,) = [
        check for check in list_checks(commitment="sintang-2024-dbh-sawit") if check.kind == "contribution"
    ]
    assert (check.stored_result, check.verdict) == ("Rp504000000", "differs")
    lead = select(LeadFigure.workers).where(LeadFigure.commitment_id == "sintang-2024-dbh-sawit")
    assert db.session.execute(lead).scalar_one() == 2_500


def test_a_publication_that_is_taken_back_leaves_the_checks_as_they_were(starter: Flask) -> None:
    before = list_checks()
    db.session.execute(update(Statement).values(workers=1, amount_idr=1))
    publish_change(db.session)
    db.session.rollback()
    assert list_checks() == before


def test_what_is_read_back_is_what_was_found(starter: Flask) -> None:
    assert refresh_checks(db.session) == list_checks()


def test_a_published_list_reaches_the_checks_and_a_synthetic_one_is_called_so(starter: Flask) -> None:
    ensure_sample_list(PROGRAM)
    (check,) = [check for check in list_checks(kinds=["registry"]) if check.subject_id == PROGRAM]
    assert check.verdict == "cannot_tell"
    assert "synthetic" in check.sentence_en
    assert check.inputs[-1].key == "people on synthetic lists"


def test_facts_are_published_even_where_the_registry_does_not_answer(starter: Flask) -> None:
    registry_metadata.drop_all(db.engines["registry"])
    publish_change(db.session)
    db.session.commit()
    assert _registry(PROGRAM) == [("cannot_tell", "no published list")]


def test_refreshing_again_changes_nothing(starter: Flask) -> None:
    before = list_checks()
    refresh_checks(db.session)
    db.session.commit()
    assert list_checks() == before


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (EnrolmentCount(61_203), ("agrees", "0")),
        (EnrolmentCount(61_000), ("differs", "−203 (−0.3%)")),
        (EnrolmentCount(61_203, is_synthetic=True), ("cannot_tell", "0")),
    ],
)
def test_published_lists_are_held_against_the_claim(
    starter: Flask, listed: EnrolmentCount, expected: tuple[str, str]
) -> None:
    refresh_checks(db.session, {PROGRAM: listed})
    assert _registry(PROGRAM) == [expected]


def test_checks_and_leads_of_a_portal_without_facts_are_none(starter: Flask) -> None:
    for table in (LeadFigure, StatementSource, Statement, Commitment, ClaimSource, Claim):
        db.session.execute(delete(table))
    assert refresh_checks(db.session) == ()
    assert db.session.execute(select(func.count()).select_from(CrossCheck)).scalar_one() == 0


# 3,100 × 201,600 = 624,960,000; printed is 654,960,000, beside "about 3,000" workers.
SLIP = {
    "programs": "jauh,35.07,Jauh,Far,,running,JKK;JKM,farmers,,,antara-landak-565650",
    "commitments": "jauh-2023,jauh,2023,mixed,,",
    "statements": (
        "jauh-1,jauh-2023,budgeted,3000,about,,,654960000,exact,,antara-landak-565650,\n"
        "jauh-2,jauh-2023,budgeted,2000,exact,,,,,,antara-landak-565650,\n"
        "jauh-3,jauh-2023,enrolled,2000,exact,,,,,,antara-landak-565650,"
    ),
    "claims": "jauh-total,jauh,participants_total,3100,person,exact,,antara-landak-565650,",
}


def test_the_same_situation_in_other_reports_is_found_by_rule(app: Flask, tmp_path: Path) -> None:
    package = tmp_path / "package"
    shutil.copytree(ROOT / "data" / "starter", package)
    for table, rows in SLIP.items():
        with (package / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            file.write(rows + "\n")
    with app.app_context():
        load_package(db.session(), package)
        found = {check.kind: check for check in list_checks(region="35.07") if check.kind != "sources"}
    assert {kind: check.verdict for kind, check in found.items()} == {
        "contribution": "differs",
        "duration": "agrees",
        "rivals": "differs",
        "stage": "cannot_tell",
        "registry": "cannot_tell",
        "ratio": "cannot_tell",
    }
    assert "3,100 workers, also published, would need Rp624,960,000, one digit apart" in (
        found["contribution"].sentence_en
    )


def test_a_refresh_asks_no_more_however_many_lines_there_are(starter: Flask) -> None:
    with statements() as made:
        refresh_checks(db.session)
    assert len(made) <= 20
