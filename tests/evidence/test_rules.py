"""Contribution rates and rules of benefit: loaded as written, never more certain than they are."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from portal.core.content_version import current_number
from portal.core.i18n import use_language
from portal.evidence.rules.queries import list_benefits, list_rates
from portal.evidence.rules.services import RuleFileDamaged, load_rules
from portal.evidence.rules.shapes import Benefit
from portal.extensions import db
from tests.support.tree import ROOT

RULES = ROOT / "data" / "rules"
pytestmark = pytest.mark.usefixtures("app_context")


def _benefits() -> dict[str, Benefit]:
    return {benefit.id: benefit for benefit in list_benefits()}


def test_one_person_and_month_costs_16800_in_the_lowest_band() -> None:
    (rate,) = [rate for rate in list_rates() if rate.payer == "any"]
    assert (rate.jkk_idr, rate.jkm_idr, rate.total_idr) == (10_000, 6_800, 16_800)


@pytest.mark.parametrize(
    ("fund", "year", "possible"),
    [
        ("apbd_regency", 2026, {16_800}),
        ("dbh_sawit", 2026, {16_800}),
        ("apbdes", 2026, {16_800}),
        ("csr", 2025, {16_800}),
        ("csr", 2026, {16_800, 8_400}),
        ("unknown", 2026, {16_800, 8_400}),
        ("donation", 2028, {16_800}),
    ],
)
def test_the_discount_never_holds_where_a_public_budget_pays(
    fund: str, year: int, possible: set[int]
) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert {rate.total_idr for rate in list_rates() if rate.may_apply(fund, first, last)} == possible


def test_transport_keeps_the_discount_into_2027_and_others_do_not() -> None:
    day = date(2027, 2, 1)
    assert {rate.sector for rate in list_rates() if rate.may_apply("csr", day, day)} == {"any", "transport"}


def test_death_benefits_are_those_that_were_read() -> None:
    found = _benefits()
    assert (found["jkm-death"].amount_idr, found["jkm-death-early"].amount_idr) == (42_000_000, 10_000_000)
    assert found["scholarship"].amount_idr == 174_000_000
    assert 20_000_000 + 12_000_000 + 10_000_000 == 42_000_000


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_must_not_be_printed_is_not_there(language: str) -> None:
    with use_language(language):
        texts = {benefit.id: benefit.text for benefit in list_benefits()}
    assert not [text for text in texts.values() if re.search(r"\b170\b", text)]
    assert not re.search(r"\d+ ?%|\d+/\d+", texts["dbh-sawit"])


def test_what_is_not_verified_says_so_and_sends_people_to_the_branch() -> None:
    papers = _benefits()["jkk-papers"]
    assert not papers.is_verified
    assert "kantor cabang" in papers.text
    assert [benefit.id for benefit in list_benefits() if not benefit.is_verified] == ["jkk-papers"]


def test_every_other_fact_says_where_it_was_read_and_no_day_is_made_up() -> None:
    for benefit in list_benefits():
        assert benefit.read_at or not benefit.is_verified
        assert benefit.read_on is None


def test_facts_are_chosen_by_topic_and_day() -> None:
    assert {benefit.topic for benefit in list_benefits(("claim", "where"))} == {"claim", "where"}
    ids = {benefit.id for benefit in list_benefits(("contribution",), on=date(2026, 2, 1))}
    assert ids == {"contribution", "contribution-with-jht", "discount-transport"}


def test_loading_again_changes_nothing() -> None:
    before = current_number(db.session)
    assert not load_rules(db.session(), RULES)
    assert current_number(db.session) == before


def test_a_new_rate_replaces_the_old_ones_and_counts_as_a_publication(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    rates = folder / "rates.csv"
    rates.write_text(rates.read_text().replace(",10000,6800,", ",11000,6800,"))
    before = current_number(db.session)
    assert load_rules(db.session(), folder)
    assert max(rate.total_idr for rate in list_rates()) == 17_800
    assert current_number(db.session) == before + 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rates.csv", "id,payer", "id,payers"),
        ("rates.csv", "10000", "Rp10.000"),
        ("rates.csv", "2026-01-01", "January 2026"),
        ("benefits.csv", ",unverified", ",sure"),
        ("benefits.csv", "JKK+JKM,where", "JKK+JKM,somewhere"),
    ],
)
def test_a_damaged_file_of_rules_is_one_sentence_and_changes_nothing(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))
    before = list_rates(), list_benefits()
    with pytest.raises(RuleFileDamaged, match=re.escape(file)):
        load_rules(db.session(), folder)
    assert (list_rates(), list_benefits()) == before


def test_missing_or_empty_files_of_rules_are_told(tmp_path: Path) -> None:
    with pytest.raises(RuleFileDamaged):
        load_rules(db.session(), tmp_path)
    folder = Path(shutil.copytree(RULES, tmp_path / "rules"))
    (folder / "rates.csv").write_bytes((folder / "rates.csv").read_bytes().splitlines()[0])
    with pytest.raises(RuleFileDamaged):
        load_rules(db.session(), folder)
