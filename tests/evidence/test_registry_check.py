"""What sources state is held against the lists of the month they state it for."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.i18n import use_language
from portal.evidence.crosschecks.facts import EnrolmentCount, ListedPeriod
from portal.evidence.shapes import CheckShape
from tests.evidence.builders import claim, facts, line, only, people, statement

SPRING = ListedPeriod(date(2026, 1, 1), date(2026, 6, 1), 1_000)
AUTUMN = ListedPeriod(date(2026, 7, 1), date(2026, 12, 1), 1_250)
HIDDEN = ListedPeriod(date(2027, 1, 1), date(2027, 12, 1), None)
LISTED = EnrolmentCount(1_250, month=date(2026, 11, 1), periods=(SPRING, AUTUMN, HIDDEN))


def stated(number: int, as_of: date | None) -> CheckShape:
    return only(
        facts(claims=(claim("participants_total", number, as_of=as_of),), enrolment=LISTED), "registry"
    )


@pytest.mark.parametrize(
    ("as_of", "number", "verdict", "result"),
    [
        (date(2026, 3, 20), 1_000, "agrees", "0"),
        (date(2026, 6, 30), 1_250, "differs", "−250 (−20.0%)"),
        (date(2026, 7, 1), 1_000, "differs", "250 (25.0%)"),
        (None, 1_250, "agrees", "0"),
        (date(2025, 12, 31), 1_000, "cannot_tell", "no list of that month"),
        (date(2027, 5, 1), 1_000, "cannot_tell", "not shown"),
        (date(2026, 3, 20), 0, "differs", "1000"),
    ],
)
def test_the_month_of_the_claim_is_compared_and_the_gap_told(
    as_of: date | None, number: int, verdict: str, result: str
) -> None:
    check = stated(number, as_of)
    assert (check.verdict, check.stored_result) == (verdict, result)


def test_the_input_names_the_month_in_the_readers_language() -> None:
    check = stated(1_250, date(2026, 6, 30))
    entry = check.inputs[-1]
    assert entry.key == "people on published lists: 2026-06"
    with use_language("id"):
        assert entry.label == "Orang di daftar yang dipublikasikan, Juni 2026"
    with use_language("en"):
        assert entry.label == "People on published lists, June 2026"
    assert check.stored_formula == "1000 − 1250"


def test_the_sentence_is_fair_to_both_sides() -> None:
    fewer, more = stated(1_250, date(2026, 6, 30)), stated(1_000, date(2026, 7, 1))
    assert fewer.sentence_en == (
        "The published lists have 1,000 people in June 2026. That is 250 (20.0%) fewer than the stated 1,250. "
        "A list that is not published yet would explain it as well as a mistake."
    )
    assert "Juli 2026" in more.sentence_id
    assert "250 (25,0%) lebih banyak daripada 1.000 yang dinyatakan" in more.sentence_id


def test_a_hidden_number_is_in_no_input_formula_or_sentence() -> None:
    check = stated(1_000, date(2027, 5, 1))
    assert [entry.key for entry in check.inputs] == ["participants"]
    assert check.stored_formula == ""
    assert "fewer than five" in check.sentence_en


def test_a_month_without_a_list_is_named() -> None:
    check = stated(1_000, date(2025, 12, 31))
    assert "stated for December 2025, which no published list covers" in check.sentence_en
    assert "Desember 2025" in check.sentence_id


@pytest.mark.parametrize(
    ("year", "result"), [(2026, "250 (25.0%)"), (2025, "no list of that month"), (None, "250 (25.0%)")]
)
def test_a_line_without_a_day_is_held_against_the_last_month_of_its_year(
    year: int | None, result: str
) -> None:
    enrolled = line(statement("enrolled", workers=people(1_000), as_of=None), year=year)
    check = only(facts(enrolled, enrolment=LISTED), "registry")
    assert check.stored_result == result


def test_a_list_without_a_stated_number_tells_its_own() -> None:
    check = only(facts(enrolment=LISTED), "registry")
    assert (check.verdict, check.stored_result) == ("cannot_tell", "1250")
    assert "in November 2026" in check.sentence_en
