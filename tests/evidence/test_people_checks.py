"""Products, sums, rivals, stages, publishers, lists and ratios of made-up programmes."""

from __future__ import annotations

from datetime import date

import pytest

from portal.evidence.crosschecks.facts import EnrolmentCount
from tests.evidence.builders import DAY, claim, facts, found, line, money, only, people, source, statement

LATER = date(2025, 9, 1)
NEXT_WEEK = date(2025, 5, 27)


def _village_claims(villages: int, each: int, *total: int) -> tuple[object, ...]:
    return (
        claim("villages", villages),
        claim("workers_per_village", each),
        *(claim("participants_total", number) for number in total),
    )


@pytest.mark.parametrize(
    ("claims", "result", "verdict"),
    [
        (_village_claims(40, 50, 2_000), "2000", "agrees"),
        (_village_claims(40, 50, 2_050), "2000", "differs"),
        (_village_claims(40, 50), "2000", "cannot_tell"),
        (_village_claims(0, 50, 2_050), "0", "differs"),
    ],
)
def test_villages_times_workers_is_held_against_the_participants(claims, result, verdict) -> None:
    check = only(facts(claims=claims), "product")
    assert (check.stored_result, check.verdict) == (result, verdict)


@pytest.mark.parametrize(
    ("villages", "desa", "kelurahan", "verdict"),
    [
        (122, 122, 2, "agrees"),
        (124, 122, 2, "agrees"),
        (130, 122, 2, "differs"),
        (100, 122, 2, "cannot_tell"),
    ],
)
def test_villages_are_held_against_the_official_list(
    villages: int, desa: int, kelurahan: int, verdict: str
) -> None:
    programme = facts(claims=(claim("villages", villages),), desa=desa, kelurahan=kelurahan)
    assert only(programme, "product").verdict == verdict


@pytest.mark.parametrize(("paid", "verdict"), [(2_980_000_000, "agrees"), (3_500_000_000, "cannot_tell")])
def test_benefit_cases_are_priced_at_the_death_benefit(paid: int, verdict: str) -> None:
    claims = (claim("claims_paid_cases", 71), claim("claims_paid_idr", paid, "about"))
    check = only(facts(claims=claims), "product")
    assert (check.stored_result, check.verdict) == ("Rp2982000000", verdict)


@pytest.mark.parametrize(("total", "verdict"), [(60, "agrees"), (61, "differs"), (59, "differs")])
def test_parts_are_added_and_held_against_their_total(total: int, verdict: str) -> None:
    parts = tuple(claim("participants_part", number) for number in (10, 20, 30))
    check = only(facts(claims=(*parts, claim("participants_total", total))), "sum")
    assert (check.stored_formula, check.stored_result, check.verdict) == ("10 + 20 + 30", "60", verdict)


def test_parts_of_another_report_are_not_added_up_to_a_total() -> None:
    parts = tuple(claim("participants_part", number, as_of=LATER) for number in (10, 20))
    assert found(facts(claims=(*parts, claim("participants_total", 40))), "sum") == []


@pytest.mark.parametrize(
    ("total", "qualifier", "verdict"),
    [(9_000, "exact", "agrees"), (8_900, "more_than", "agrees"), (9_500, "exact", "differs")],
)
def test_lines_of_two_payers_are_added_up_to_the_claim_of_their_report(total, qualifier, verdict) -> None:
    lines = (
        line(statement("enrolled", workers=people(6_000))),
        line(statement("enrolled", workers=people(3_000)), fund="apbd_province"),
        # Another year and another stage stay out of it.
        line(statement("enrolled", workers=people(500)), year=2024),
        line(statement("planned", workers=people(700)), fund="csr"),
    )
    check = only(facts(*lines, claims=(claim("participants_total", total, qualifier),)), "sum")
    assert (check.stored_formula, check.verdict) == ("6000 + 3000", verdict)


def test_lines_of_other_reports_can_agree_with_a_claim_but_prove_no_difference() -> None:
    lines = (
        line(statement("enrolled", workers=people(6_000), as_of=LATER)),
        line(statement("enrolled", workers=people(3_000), as_of=LATER), fund="csr"),
    )
    verdicts = [
        only(facts(*lines, claims=(claim("participants_total", total),)), "sum").verdict
        for total in (9_000, 9_001)
    ]
    assert verdicts == ["agrees", "cannot_tell"]


def test_a_line_that_is_the_whole_total_is_not_added_to_a_part_of_it() -> None:
    lines = (
        line(statement("enrolled", workers=people(9_000))),
        line(statement("enrolled", workers=people(2_000)), fund="dbh_sawit"),
    )
    assert found(facts(*lines, claims=(claim("participants_total", 9_000),)), "sum") == []


def test_planned_lines_are_held_against_the_target() -> None:
    lines = (
        line(statement("planned", workers=people(2_000))),
        line(statement("planned", workers=people(3_294)), fund="apbd_province"),
    )
    check = only(facts(*lines, claims=(claim("target_participants", 6_314),)), "sum")
    assert (check.stored_result, check.verdict) == ("5294", "differs")


def test_a_published_remainder_is_recognised() -> None:
    lines = (line(statement("planned", workers=people(460)), statement("enrolled", workers=people(211))),)
    assert only(facts(*lines, claims=(claim("other", 249),)), "sum").verdict == "agrees"
    assert found(facts(*lines, claims=(claim("other", 250),)), "sum") == []


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ({"workers": people(15_000)}, {"workers": people(10_000, "about")}, "differs"),
        ({"workers": people(15_000)}, {"workers": people(10_000), "as_of": NEXT_WEEK}, "differs"),
        ({"workers": people(15_000)}, {"workers": people(10_000), "as_of": None}, "differs"),
        ({"workers": people(15_000)}, {"workers": people(16_000), "as_of": LATER}, "cannot_tell"),
        ({"workers": people(15_000)}, {"workers": people(1_500), "as_of": LATER}, "differs"),
        ({"workers": people(5_614)}, {"workers": people(5_600, "about")}, "agrees"),
        ({"workers": people(5_614)}, {"workers": people(5_614)}, "agrees"),
        ({"amount": money(30)}, {"amount": money(40)}, "differs"),
        ({"workers": people(0)}, {"workers": people(5), "as_of": LATER}, "differs"),
    ],
)
def test_different_figures_for_one_line_and_stage_are_rivals(one, other, verdict) -> None:
    said = (statement("enrolled", **one), statement("enrolled", **other))
    assert only(facts(line(*said)), "rivals").verdict == verdict


def test_figures_of_different_stages_or_lines_are_no_rivals() -> None:
    lines = (
        line(statement("planned", workers=people(10)), statement("enrolled", workers=people(7))),
        line(statement("enrolled", workers=people(900)), year=2024),
    )
    assert found(facts(*lines), "rivals") == []


def test_claims_of_one_measure_are_rivals_and_other_figures_are_not() -> None:
    claims = (
        claim("potential_workers", 67_000, "about"),
        claim("potential_workers", 30_000, "about"),
        claim("other", 10),
        claim("other", 20),
        claim("participants_part", 1),
        claim("participants_part", 2),
    )
    check = only(facts(claims=claims), "rivals")
    assert check.verdict == "differs"
    assert "± 67,000 or ± 30,000" in check.sentence_en


def test_the_same_number_at_two_stages_cannot_be_told_apart() -> None:
    said = (statement("budgeted", workers=people(4_465)), statement("enrolled", workers=people(4_465)))
    check = only(facts(line(*said)), "stage")
    assert check.verdict == "cannot_tell"
    assert "The same 4,465 workers are given as budgeted and as enrolled" in check.sentence_en


@pytest.mark.parametrize(
    ("budgeted", "paid", "verdict"),
    [(people(1_800), people(1_616), "agrees"), (people(1_800), people(1_900), "differs")],
)
def test_a_drop_from_budget_to_payment_is_shown_and_a_rise_differs(budgeted, paid, verdict) -> None:
    said = (statement("budgeted", workers=budgeted), statement("disbursed", workers=paid))
    assert only(facts(line(*said)), "stage").verdict == verdict


@pytest.mark.parametrize(
    ("sources", "verdict", "words"),
    [
        ((source("Harian A"), source("Harian B")), "agrees", "2 independent publishers"),
        (
            (source("Harian A/1"), source("Harian A/2")),
            "cannot_tell",
            "one independent publisher alone: Harian A",
        ),
        ((source("Iklan", "advertorial"),), "cannot_tell", "stands only in paid texts (1)"),
        ((source("Iklan", "advertorial"), source("Harian A")), "cannot_tell", "alone: Harian A"),
        (
            (source("Iklan A", "advertorial"), source("Iklan B", "advertorial")),
            "cannot_tell",
            "paid texts (2)",
        ),
        ((source("Dinas", "government"), source("Pemkab", "government")), "cannot_tell", "alone: Dinas"),
        ((source("Dinas", "government"), source("Harian A")), "agrees", "2 independent publishers"),
        ((), "cannot_tell", "has no source"),
    ],
)
def test_publishers_are_counted_once_and_paid_texts_not_at_all(sources, verdict, words) -> None:
    check = only(facts(line(statement(workers=people(10), sources=sources))), "sources")
    assert check.verdict == verdict
    assert words in check.sentence_en


def test_a_figure_is_carried_by_all_statements_that_may_mean_it() -> None:
    said = (statement(workers=people(5_614)), statement(workers=people(5_600, "about")))
    assert only(facts(line(*said)), "sources").verdict == "agrees"


def test_a_line_without_a_figure_has_no_publishers_to_count() -> None:
    assert found(facts(line(statement("planned"))), "sources") == []


@pytest.mark.parametrize(
    ("listed", "verdict"),
    [
        (EnrolmentCount(1_000), "agrees"),
        (EnrolmentCount(999), "differs"),
        (EnrolmentCount(1_000, is_synthetic=True), "cannot_tell"),
        (None, "cannot_tell"),
    ],
)
def test_lists_are_held_against_the_claim_and_synthetic_ones_prove_nothing(listed, verdict) -> None:
    programme = facts(claims=(claim("participants_total", 1_000),), enrolment=listed)
    assert only(programme, "registry").verdict == verdict


def test_without_a_claim_the_enrolled_figure_of_the_latest_year_is_compared() -> None:
    lines = (
        line(statement("enrolled", workers=people(70)), year=2024),
        line(statement("enrolled", workers=people(80))),
    )
    assert only(facts(*lines, enrolment=EnrolmentCount(80)), "registry").verdict == "agrees"


@pytest.mark.parametrize(
    ("participants", "potential", "result", "verdict"),
    [
        (claim("participants_total", 77_074), claim("potential_workers", 51_086), "150.9%", "differs"),
        (claim("participants_total", 50), claim("potential_workers", 200), "25.0%", "cannot_tell"),
        (claim("participants_total", 50), claim("potential_workers", 0), "no base", "cannot_tell"),
        (
            claim("participants_total", 50, as_of=LATER),
            claim("potential_workers", 40),
            "125.0%",
            "cannot_tell",
        ),
    ],
)
def test_participants_of_potential_workers_are_never_cut_off(
    participants, potential, result, verdict
) -> None:
    check = only(facts(claims=(participants, potential)), "ratio")
    assert (check.stored_result, check.verdict) == (result, verdict)


@pytest.mark.parametrize(("day", "verdict"), [(DAY, "differs"), (LATER, "cannot_tell")])
def test_without_a_claim_the_enrolled_workers_are_measured(day: date, verdict: str) -> None:
    enrolled = line(statement("enrolled", workers=people(300)))
    check = only(facts(enrolled, claims=(claim("potential_workers", 200, as_of=day),)), "ratio")
    assert (check.stored_result, check.verdict) == ("150.0%", verdict)


@pytest.mark.parametrize(
    ("stated", "qualifier", "verdict"),
    [
        ("24", "exact", "differs"),
        ("22.4", "exact", "agrees"),
        ("22", "exact", "agrees"),
        ("20", "about", "differs"),
    ],
)
def test_a_stated_coverage_is_recomputed_from_its_own_report(stated, qualifier, verdict) -> None:
    own = (source("Harian"),)
    claims = (
        claim("participants_total", 2_239, sources=own),
        claim("potential_workers", 10_000, sources=own),
        claim("coverage_percent", stated, qualifier, sources=own),
    )
    checks = [check for check in found(facts(claims=claims), "ratio") if check.subject_kind == "claim"]
    assert [(check.stored_result, check.verdict) for check in checks] == [("22.39%", verdict)]


def test_coverage_can_be_recomputed_from_those_not_covered() -> None:
    own = (source("Harian"),)
    claims = (
        claim("participants_total", 25, sources=own),
        claim("not_covered", 75, sources=own),
        claim("coverage_percent", "25", sources=own),
    )
    check = only(facts(claims=claims), "ratio")
    assert (check.stored_formula, check.verdict) == ("25 ÷ (25 + 75) × 100%", "agrees")


def test_coverage_of_another_source_is_not_recomputed() -> None:
    claims = (
        claim("participants_total", 25),
        claim("not_covered", 75),
        claim("coverage_percent", "60"),
    )
    assert found(facts(claims=claims), "ratio") == []


@pytest.mark.parametrize(("residents", "verdict"), [(10_000, "cannot_tell"), (999, "differs")])
def test_participants_are_held_against_the_residents(residents: int, verdict: str) -> None:
    programme = facts(claims=(claim("participants_total", 1_000),), residents=residents)
    assert only(programme, "ratio").verdict == verdict


def test_a_share_is_not_told_twice_where_its_report_states_one() -> None:
    own = (source("Harian"),)
    claims = (
        claim("participants_total", 25, sources=own),
        claim("potential_workers", 100, sources=own),
        claim("coverage_percent", "30", sources=own),
    )
    assert [check.subject_kind for check in found(facts(claims=claims), "ratio")] == ["claim"]


@pytest.mark.parametrize(("listed", "verdict"), [(30, "agrees"), (20, "cannot_tell"), (31, "differs")])
def test_enrolled_figures_of_several_lines_of_the_latest_year_are_added_up(listed: int, verdict: str) -> None:
    lines = [
        line(statement("enrolled", workers=people(10)), fund="csr"),
        line(statement("enrolled", workers=people(20))),
        line(statement("enrolled", workers=people(900)), year=2020),
    ]
    programme = facts(*lines, residents=25, enrolment=EnrolmentCount(listed))
    check = only(programme, "registry")
    assert (check.stored_formula, check.verdict) == (f"{listed} − (10 + 20)", verdict)
    # Two payers may cover the same people: their sum is not more than the residents for certain.
    assert only(programme, "ratio").verdict == "cannot_tell"
    assert "2 lines added up" in only(programme, "ratio").sentence_en
