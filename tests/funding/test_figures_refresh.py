"""Leads and checks follow every publication, in its transaction."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from portal.areas.models import Region
from portal.evidence.crosschecks.facts import EnrolmentCount
from portal.evidence.models import Claim, ClaimSource, CrossCheck, Source
from portal.evidence.queries import list_checks
from portal.extensions import db
from portal.funding.models import Commitment, LeadFigure, Statement, StatementSource
from portal.funding.services import refresh_checks
from portal.programs.models import Program
from portal.publishing.services import publish_change

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


def test_refreshing_again_changes_nothing(starter: Flask) -> None:
    before = list_checks()
    refresh_checks(db.session)
    db.session.commit()
    assert list_checks() == before


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (EnrolmentCount(61_203), ("agrees", "0")),
        (EnrolmentCount(61_000), ("differs", "−203")),
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


def test_the_same_situation_in_another_region_is_found_by_rule(app: Flask) -> None:
    with app.app_context():
        region = db.session.execute(select(Region.code).where(Region.level == "city")).scalars().first()
        db.session.add(Source(id="koran", sequence=1, publisher="Koran", kind="press", read_as="full_text"))
        db.session.add(
            Program(
                id="jauh",
                sequence=1,
                region_code=region,
                name_id="Jauh",
                name_en="Far",
                status="running",
                benefits=("JKK", "JKM"),
                target_groups=(),
            )
        )
        db.session.flush()
        db.session.add(
            Commitment(
                id="jauh-2023", sequence=1, program_id="jauh", fiscal_year=2023, funding_source="mixed"
            )
        )
        db.session.add(
            Claim(
                id="total",
                sequence=1,
                program_id="jauh",
                metric="participants_total",
                value="3100",
                unit="person",
                qualifier="exact",
            )
        )
        db.session.flush()
        # 3,100 × 201,600 = 624,960,000; printed is 654,960,000.
        for number, (workers, amount) in enumerate([(3_000, 654_960_000), (2_000, None)], 1):
            db.session.add(
                Statement(
                    id=f"jauh-{number}",
                    sequence=number,
                    commitment_id="jauh-2023",
                    stage="budgeted",
                    workers=workers,
                    workers_qualifier="about" if number == 1 else "exact",
                    amount_idr=amount,
                    amount_qualifier="exact" if amount else None,
                )
            )
        db.session.flush()
        db.session.add(StatementSource(statement_id="jauh-1", source_id="koran", position=1))
        db.session.add(ClaimSource(claim_id="total", source_id="koran", position=1))
        publish_change(db.session)
        checks = {check.kind: check for check in list_checks(region=region)}
        assert checks["contribution"].verdict == "differs"
        assert "3,100 workers, also published, would need Rp624,960,000, one digit apart" in (
            checks["contribution"].sentence_en
        )
        assert checks["rivals"].verdict == "differs"
        assert checks["registry"].verdict == "cannot_tell"


def test_a_refresh_of_the_starter_data_is_quick(starter: Flask) -> None:
    refresh_checks(db.session)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        refresh_checks(db.session)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.3
