"""The explorer's lines and totals against the CSV files, for every filter and order."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.vocabulary import FUNDING_SOURCES, STAGES
from portal.funding.explorer.filters import ALL_SORTS, YEAR_NOT_STATED, Filters
from portal.funding.explorer.listing import get_listing
from portal.funding.explorer.queries import count_lines, list_lines
from portal.funding.explorer.totals import list_payer_sums, list_totals
from portal.funding.queries import list_commitments
from portal.funding.shapes import CommitmentShape, TotalShape
from portal.funding.totals import list_totals as add_up
from tests.funding.starter import Line, lines

CODES = {"berau": "64.03", "penajam-paser-utara": "64.09", "ketapang": "61.04", "kota-tarakan": "65.71"}
PROVINCES = {"kalimantan-timur": "64", "kalimantan-utara": "65", "kalimantan-barat": "61"}
WORDS = ("sawit", "antara", "satu desa", "PEMKAB", "baznas berau", "100%", "_", "tidak ada", "ppu")
ALL = len(lines())
FILTERS = st.builds(
    Filters,
    region=st.sampled_from(["", *CODES, *PROVINCES]),
    whole_province=st.booleans(),
    year=st.sampled_from(["", YEAR_NOT_STATED, "2023", "2024", "2025", "1999"]),
    payer=st.sampled_from(["", *FUNDING_SOURCES]),
    stage=st.sampled_from(["", *STAGES]),
    words=st.sampled_from(["", *WORDS]),
    sort=st.sampled_from(ALL_SORTS),
)


def _matches(line: Line, filters: Filters) -> bool:
    words = filters.words.lower().split()
    wanted_year = None if filters.year == YEAR_NOT_STATED else filters.year and int(filters.year)
    return (
        _is_in(line, filters)
        and (not filters.year or line.year == wanted_year)
        and (not filters.payer or line.payer == filters.payer)
        and (not filters.stage or filters.stage in line.leads)
        and all(any(word in text.lower() for text in line.texts) for word in words)
    )


def _is_in(line: Line, filters: Filters) -> bool:
    if not filters.region:
        return True
    code = {**CODES, **PROVINCES}[filters.region]
    within = filters.whole_province and filters.region in PROVINCES and line.region.startswith(f"{code}.")
    return line.region == code or within


def _expected(filters: Filters) -> list[Line]:
    return [line for line in lines() if _matches(line, filters)]


def _totals(filters: Filters) -> tuple[TotalShape, ...]:
    return list_totals(filters, list_payer_sums(filters))


@settings(deadline=None, max_examples=60)
@given(filters=FILTERS)
def test_the_filters_leave_exactly_the_lines_that_the_files_hold(site: Flask, filters: Filters) -> None:
    with site.app_context():
        found = {line.commitment.id for line in list_lines(filters, 0, 1000)}
        assert found == {line.id for line in _expected(filters)}
        assert count_lines(filters) == len(found)


@settings(deadline=None, max_examples=60)
@given(filters=FILTERS)
def test_totals_are_those_of_the_files_stage_by_stage_and_year_by_year(site: Flask, filters: Filters) -> None:
    expected = _expected(filters)
    with site.app_context():
        totals = _totals(filters)
    groups = {(stage, line.year) for line in expected for stage in line.leads}
    if filters.stage:
        groups = {(stage, year) for stage, year in groups if stage == filters.stage}
    assert {(total.stage, total.fiscal_year) for total in totals} == groups
    for total in totals:
        leads = [
            line.leads[total.stage]
            for line in expected
            if line.year == total.fiscal_year and total.stage in line.leads
        ]
        workers = [lead.workers for lead in leads if lead.workers is not None]
        amounts = [lead.amount for lead in leads if lead.amount is not None]
        assert total.lines == len(leads)
        assert (total.workers.value if total.workers else None) == (sum(workers) if workers else None)
        assert (total.amount.value if total.amount else None) == (sum(amounts) if amounts else None)
        assert total.lines_without_workers == len(leads) - len(workers)
        assert total.lines_without_amount == len(leads) - len(amounts)


@settings(deadline=None, max_examples=30)
@given(filters=FILTERS)
def test_totals_of_the_database_equal_those_added_up_line_by_line(site: Flask, filters: Filters) -> None:
    with site.app_context():
        ids = [line.id for line in _expected(filters)]
        shapes = list_commitments(ids=ids) if ids else ()
        wanted = [total for total in add_up(shapes) if filters.stage in ("", total.stage)]
        assert _by_key(_totals(filters)) == _by_key(wanted)


def test_totals_never_merge_years_or_stages(site: Flask) -> None:
    with site.app_context():
        keys = [(total.stage, total.fiscal_year) for total in _totals(Filters())]
    assert len(keys) == len(set(keys))
    assert {stage for stage, _year in keys} == set(STAGES)
    assert None in {year for _stage, year in keys}


def _by_key(totals: Iterable[TotalShape]) -> dict[tuple[str, int | None], TotalShape]:
    return {(total.stage, total.fiscal_year): total for total in totals}


def _year(line: CommitmentShape) -> int | None:
    return line.fiscal_year


def _workers(line: CommitmentShape) -> int | None:
    return max((int(f.workers.value) for f in line.stages if f.workers), default=None)


def _amount(line: CommitmentShape) -> int | None:
    return max((int(f.amount.value) for f in line.stages if f.amount), default=None)


@pytest.mark.parametrize(
    ("sort", "key", "descending"),
    [
        ("terbaru", _year, True),
        ("terlama", _year, False),
        ("pekerja", _workers, True),
        ("pekerja-naik", _workers, False),
        ("jumlah", _amount, True),
        ("jumlah-naik", _amount, False),
    ],
)
def test_an_order_by_number_puts_what_is_unknown_last(
    site: Flask, sort: str, key: object, descending: bool
) -> None:
    assert callable(key)
    with site.app_context():
        values = [key(line.commitment) for line in list_lines(Filters(sort=sort), 0, 1000)]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=descending)
    assert values == known + [None] * (len(values) - len(known))
    assert len(values) == ALL


def test_the_order_by_payer_is_the_fixed_one_of_the_legend(site: Flask) -> None:
    with site.app_context():
        payers = [line.commitment.funding_source for line in list_lines(Filters(sort="sumber"), 0, 1000)]
    assert payers == sorted(payers, key=FUNDING_SOURCES.index)


@pytest.mark.parametrize("sort", ALL_SORTS)
def test_every_order_pages_through_all_lines_once(site: Flask, sort: str) -> None:
    with site.app_context():
        first = get_listing(Filters(sort=sort), 1, "/pendanaan")
        pages = [
            get_listing(Filters(sort=sort), page, "/pendanaan") for page in range(1, first.pages.pages + 1)
        ]
    shown = [line.commitment.id for page in pages for line in page.lines]
    assert len(shown) == len(set(shown)) == ALL


def test_repeating_a_statement_in_the_data_changes_no_total(site: Flask) -> None:
    """Berau's 4.465 workers stand in two statements of one stage; they count once."""
    with site.app_context():
        totals = _totals(Filters(region="berau", year="2025", payer="apbd_regency"))
    assert {total.stage: total.workers.value for total in totals if total.workers} == {
        "budgeted": 4465,
        "enrolled": 4465,
    }
