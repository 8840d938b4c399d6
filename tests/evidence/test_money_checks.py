"""Workers × contribution × months against the amount, and how long the amount lasts."""

from __future__ import annotations

import pytest

from tests.evidence.builders import claim, facts, found, line, money, only, people, source, statement


@pytest.mark.parametrize(
    ("workers", "amount", "months", "verdict"),
    [
        (people(1_000), money(201_600_000), None, "agrees"),
        (people(1_000), money(201_600_001), None, "differs"),
        (people(1_000), money(201_000_000, "about"), 12, "agrees"),
        (people(1_000), money(200_000_000, "more_than"), None, "agrees"),
        (people(1_000), money(250_000_000, "more_than"), 12, "differs"),
        (people(1_000), money(250_000_000, "up_to"), None, "agrees"),
        (people(1_000), money(50_400_000), 3, "agrees"),
        (people(1_000), money(50_400_000), 4, "differs"),
        # A shorter period that nobody states explains the amount: nothing is proved.
        (people(1_000), money(50_400_000), None, "cannot_tell"),
        # No whole number of people near 1,000 costs this.
        (people(1_000, "about"), money(202_345_678), None, "differs"),
        # 1,020 people do, and "about 1,000" allows them.
        (people(1_000, "about"), money(205_632_000), None, "agrees"),
        (people(1_000, "about"), money(200_000_000, "about"), None, "agrees"),
        (people(1_000, "more_than"), money(150_000_000), 12, "differs"),
        (people(0), money(5_000_000), None, "differs"),
        (people(0), money(0), None, "agrees"),
    ],
)
def test_contribution_compares_the_product_with_the_amount(workers, amount, months, verdict) -> None:
    said = statement(workers=workers, amount=amount, months=months)
    assert only(facts(line(said)), "contribution").verdict == verdict


def test_a_stated_contribution_goes_before_the_legal_rate() -> None:
    said = statement(workers=people(100), amount=money(12_000_000), monthly_contribution_idr=10_000)
    check = only(facts(line(said)), "contribution")
    assert check.verdict == "agrees"
    assert check.stored_formula == "100 × Rp10000 × 12 (months assumed)"
    assert check.stored_result == "Rp12000000"


def test_an_assumed_year_is_said_in_formula_inputs_and_both_sentences() -> None:
    check = only(facts(line(statement(workers=people(7), amount=money(1)))), "contribution")
    assert "months assumed" in check.stored_formula
    assert [entry.key for entry in check.inputs][2] == "months assumed"
    assert "(anggapan)" in check.sentence_id
    assert "(assumed)" in check.sentence_en


def test_a_stated_year_is_not_called_assumed() -> None:
    check = only(facts(line(statement(workers=people(7), amount=money(1), months=12))), "contribution")
    assert check.stored_formula == "7 × Rp16800 × 12"
    assert "assumed" not in check.sentence_en


def test_another_published_number_whose_price_is_one_digit_away_is_named() -> None:
    # 4,300 × 201,600 = 866,880,000; printed is 836,880,000.
    said = statement(workers=people(4_000, "about"), amount=money(836_880_000))
    other = claim("participants_total", 4_300)
    check = only(facts(line(said), claims=(other,)), "contribution")
    assert check.verdict == "differs"
    assert "4,300 workers, also published, would need Rp866,880,000, one digit apart" in check.sentence_en
    assert check.inputs[-1].source_ids == other.source_ids


def test_another_published_number_that_fits_is_named() -> None:
    said = statement(workers=people(900), amount=money(201_600_000), months=12)
    later = statement("enrolled", workers=people(1_000))
    check = only(facts(line(said, later)), "contribution")
    assert check.verdict == "differs"
    assert "1,000 workers, also published, would need Rp201,600,000, which fits" in check.sentence_en


def test_a_company_that_pays_in_2026_has_the_halved_rate_from_april() -> None:
    # Three months at Rp16,800 and nine at Rp8,400.
    said = statement(workers=people(100), amount=money(12_600_000))
    check = only(facts(line(said, year=2026, fund="csr")), "contribution")
    assert check.verdict == "agrees"
    assert "(Rp16800 × 3 + Rp8400 × 9)" in check.stored_formula


@pytest.mark.parametrize("fund", ["apbd_regency", "apbd_province", "dbh_sawit", "apbdes", "apbn"])
def test_a_public_budget_pays_the_full_rate_in_2026(fund: str) -> None:
    said = statement(workers=people(100), amount=money(20_160_000))
    assert only(facts(line(said, year=2026, fund=fund)), "contribution").verdict == "agrees"


@pytest.mark.parametrize("amount", [20_160_000, 12_600_000])
def test_where_the_fund_is_not_named_two_rates_are_possible_and_nothing_is_proved(amount: int) -> None:
    said = statement(workers=people(100), amount=money(amount))
    assert only(facts(line(said, year=2026, fund="unknown")), "contribution").verdict == "cannot_tell"


def test_transport_workers_have_the_halved_rate_all_year() -> None:
    said = statement(workers=people(100), amount=money(10_080_000))
    programme = facts(line(said, year=2026, fund="donation"), target_groups=("ojek_drivers",))
    assert only(programme, "contribution").verdict == "agrees"


def test_a_programme_with_old_age_savings_is_not_measured_by_the_rate_without_them() -> None:
    said = statement(workers=people(100), amount=money(20_160_000))
    programme = facts(line(said), benefits=("JKK", "JKM", "JHT"))
    assert found(programme, "contribution") == found(programme, "duration") == []


def test_without_a_known_rate_there_is_no_check() -> None:
    said = statement(workers=people(100), amount=money(20_160_000))
    assert found(facts(line(said), rates=()), "contribution") == []


def test_the_same_pair_of_figures_is_checked_once() -> None:
    pair = {"workers": people(100), "amount": money(20_160_000)}
    programme = facts(line(statement(**pair), statement(**pair)))
    assert len(found(programme, "contribution")) == 1


@pytest.mark.parametrize(
    ("workers", "amount", "months", "result", "verdict"),
    [
        (people(34_400), money(4_300_000_000, "about"), None, "7.4 months", "differs"),
        (people(1_000), money(201_600_000), None, "12.0 months", "agrees"),
        (people(1_000), money(403_200_000), None, "24.0 months", "differs"),
        (people(4_400, "about"), money(739_122_000), 9, "10.0 months", "differs"),
        (people(1_000), money(50_400_000), 3, "3.0 months", "agrees"),
        (people(15_000, "about"), money(3_000_000_000, "more_than"), None, "11.9 months", "agrees"),
    ],
)
def test_duration_is_the_amount_by_the_cost_of_a_month(workers, amount, months, result, verdict) -> None:
    check = only(facts(line(statement(workers=workers, amount=amount, months=months))), "duration")
    assert (check.stored_result, check.verdict) == (result, verdict)


def test_a_year_that_is_not_funded_is_said_so_in_both_languages() -> None:
    check = only(facts(line(statement(workers=people(200), amount=money(20_000_000)))), "duration")
    assert "a full year is not funded" in check.sentence_en
    assert "setahun penuh tidak terbiayai" in check.sentence_id


@pytest.mark.parametrize("values", [{"workers": people(0)}, {"monthly_contribution_idr": 0}])
def test_no_duration_is_divided_by_nothing(values: dict[str, object]) -> None:
    said = {"workers": people(5), "amount": money(1_000), **values}
    assert found(facts(line(statement(**said))), "duration") == []


def test_sources_stand_beside_what_they_state_and_not_beside_what_is_assumed() -> None:
    cited = source("Harian")
    check = only(facts(line(statement(workers=people(7), amount=money(1), sources=(cited,)))), "contribution")
    assert [entry.source_ids for entry in check.inputs] == [("Harian",), (), (), ("Harian",)]


def test_workers_and_amount_of_two_statements_are_compared_where_none_gives_both() -> None:
    budget = statement(amount=money(20_160_000), months=12, sources=(source("Dokumen", "budget_document"),))
    news = statement(workers=people(100), monthly_contribution_idr=16_800, sources=(source("Harian"),))
    programme = facts(line(budget, news))
    check = only(programme, "contribution")
    assert (check.verdict, check.stored_formula) == ("agrees", "100 × Rp16800 × 12")
    assert [entry.source_ids for entry in check.inputs] == [
        ("Harian",),
        ("Harian",),
        ("Dokumen",),
        ("Dokumen",),
    ]
    assert only(programme, "duration").stored_result == "12.0 months"


def test_figures_of_two_stages_are_not_put_together() -> None:
    lines = line(statement("planned", workers=people(100)), statement("budgeted", amount=money(20_160_000)))
    assert found(facts(lines), "contribution") == []
