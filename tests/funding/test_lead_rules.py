"""An editor's choice of a leading figure goes the way of every record."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.extensions import db
from portal.funding.lead_rules import check_choice
from portal.publishing.outcomes import HasProblems
from portal.publishing.services import editing, releasing, review
from tests.conftest import GetPage
from tests.support.staff import Cast, add_member

PPU = "penajam-paser-utara-2025-apbd"
REGION = "64.09"
CHOICE = {
    "commitment_id": PPU,
    "stage": "enrolled",
    "statement_id": f"{PPU}-4",
    "reason_id": "Angka ini dari dokumen yang diperiksa.",
    "reason_en": "This figure is from a document we checked.",
}


@pytest.mark.parametrize(
    ("column", "text", "wrong"),
    [
        ("stage", "planned", "statement_id"),
        ("commitment_id", "berau-2025-apbd", "statement_id"),
        ("statement_id", f"{PPU}-4", None),
        ("statement_id", "nowhere", None),
    ],
)
def test_the_statement_must_be_one_of_the_line_at_that_stage(
    content: Flask, column: str, text: str, wrong: str | None
) -> None:
    with content.app_context():
        found = [one.column for one in check_choice(db.session(), "x", {**CHOICE, column: text})]
    assert found == ([wrong] if wrong else [])


def test_a_choice_is_written_approved_and_shown_with_its_reason_and_no_second_one_is_taken(
    content: Flask, get_page: GetPage
) -> None:
    writer = add_member(content, "penulis@ppu.test", ("editor", REGION)).actor
    reviewer = add_member(content, "peninjau@ppu.test", ("reviewer", REGION)).actor
    with content.app_context():
        session = db.session()
        item = editing.start_item(session, writer, "lead_choices", None, CHOICE)
        version = review.approve(session, reviewer, item, review.submit(session, writer, item, 1))
        releasing.publish(session, reviewer, item, version)
        second = editing.start_item(session, writer, "lead_choices", None, CHOICE)
        with pytest.raises(HasProblems):
            review.submit(session, writer, second, 1)
    page = get_page(f"/en/pendanaan/{PPU}")
    assert "Chosen by an editor: This figure is from a document we checked." in page.text


def test_a_statement_that_is_chosen_cannot_be_withdrawn_under_the_choice(content: Flask, cast: Cast) -> None:
    from portal.opendata.records import PackageRecords
    from portal.publishing.records import Reference, StillCited

    with content.app_context():
        PackageRecords().write(db.session(), "lead_choices", "c", {**CHOICE, "id": "c"})
        with pytest.raises(StillCited) as refused:
            PackageRecords().remove(db.session(), "statements", f"{PPU}-4")
    assert Reference("lead_choices", "c") in refused.value.by
