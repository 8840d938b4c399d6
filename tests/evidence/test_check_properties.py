"""What holds for the checks whatever is published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.quantities import Quantity
from portal.core.vocabulary import (
    CHECK_KINDS,
    FUNDING_SOURCES,
    METRICS,
    QUALIFIERS,
    SOURCE_KINDS,
    STAGES,
    VERDICTS,
)
from portal.evidence.crosschecks import check_programme
from portal.evidence.crosschecks.facts import EnrolmentCount, ProgrammeFacts
from portal.evidence.services import input_record
from tests.evidence.builders import RATES, claim, facts, line, source, statement

NUMBERS = st.integers(0, 3) | st.sampled_from([100, 12_000, 12_200, 201_600]) | st.integers(0, 10**15)
QUALIFIER = st.sampled_from([*QUALIFIERS, None])
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2027, 12, 31))
SOURCES = st.lists(
    st.builds(source, st.sampled_from(["a", "b", "c"]), st.sampled_from(SOURCE_KINDS)), max_size=3
).map(tuple)
STATEMENTS = st.builds(
    statement,
    st.sampled_from(STAGES),
    workers=st.none() | st.builds(Quantity, NUMBERS, QUALIFIER),
    amount=st.none() | st.builds(Quantity, NUMBERS, QUALIFIER, st.just("idr")),
    monthly_contribution_idr=st.none() | NUMBERS,
    months=st.none() | st.integers(0, 400),
    as_of=DAYS,
    sources=SOURCES,
)
LINES = st.builds(
    lambda said, year, fund: line(*said, year=year, fund=fund),
    st.lists(STATEMENTS, max_size=4),
    st.none() | st.integers(1, 9999),
    st.sampled_from(FUNDING_SOURCES),
)
VALUES = NUMBERS | st.decimals(0, 10**15, places=2).map(str) | st.just("9" * 25 + ".99")
CLAIMS = st.builds(claim, st.sampled_from(METRICS), VALUES, QUALIFIER, as_of=DAYS, sources=SOURCES)
PROGRAMMES = st.builds(
    lambda lines, **values: facts(*lines, **values),
    st.lists(LINES, max_size=3),
    claims=st.lists(CLAIMS, max_size=6).map(tuple),
    residents=st.none() | NUMBERS,
    desa=NUMBERS,
    kelurahan=NUMBERS,
    rates=st.sampled_from([(), RATES]),
    death_benefit_idr=st.none() | NUMBERS,
    enrolment=st.none() | st.builds(EnrolmentCount, NUMBERS, st.booleans()),
)


@settings(max_examples=150, deadline=None)
@given(PROGRAMMES)
def test_no_check_fails_or_divides_by_nothing_whatever_is_published(programme: ProgrammeFacts) -> None:
    for check in check_programme(programme):
        assert check.kind in CHECK_KINDS
        assert check.verdict in VERDICTS
        assert check.stored_result
        assert check.sentence_id[-1] == check.sentence_en[-1] == "."
        assert "%(" not in check.sentence_id + check.sentence_en
        assert json.dumps([input_record(entry) for entry in check.inputs])


@settings(max_examples=80, deadline=None)
@given(PROGRAMMES)
def test_names_of_region_and_programme_change_no_finding(programme: ProgrammeFacts) -> None:
    renamed = replace(programme, id="lain", region_code="11.01")
    findings = [
        [
            (check.kind, check.verdict, check.stored_formula, check.sentence_id)
            for check in check_programme(one)
        ]
        for one in (programme, renamed)
    ]
    assert findings[0] == findings[1]


@settings(max_examples=60, deadline=None)
@given(PROGRAMMES)
def test_the_same_facts_give_the_same_findings(programme: ProgrammeFacts) -> None:
    assert check_programme(programme) == check_programme(programme)


def test_a_programme_about_which_nothing_is_published_has_no_checks() -> None:
    assert check_programme(facts()) == ()
    assert check_programme(facts(line(), line(statement("planned")))) == ()
