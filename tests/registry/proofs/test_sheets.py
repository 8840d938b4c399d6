"""Which covers get a sheet, and until when it says they last."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.core.i18n import use_language
from portal.registry.answering.covers import first_day, list_cover_views, when_covered
from portal.registry.proofs.sheets import list_proofs, make_sheets
from portal.registry.shapes import FoundCover
from tests.registry.people import BERAU, month

TODAY = date(2026, 11, 22)
NOW = month("2026-11")


def cover(*spans: tuple[str, str], funding: str = "apbd_regency", synthetic: bool = False) -> FoundCover:
    return FoundCover(BERAU, funding, tuple((month(one), month(other)) for one, other in spans), synthetic)


@pytest.mark.parametrize(
    ("spans", "until"),
    [
        ((("2026-01", "2026-12"),), "2026-12"),
        ((("2026-01", "2026-11"),), "2026-11"),
        ((("2026-01", "2026-03"),), "2026-03"),
        ((("2025-01", "2025-06"), ("2026-01", "2026-03")), "2026-03"),
        ((("2026-01", "2026-03"), ("2027-01", "2027-03")), "2026-03"),
        ((("2026-11", "2026-11"), ("2027-01", "2027-03")), "2026-11"),
        ((("2027-01", "2027-03"),), None),
    ],
)
def test_a_sheet_says_until_when_the_present_or_the_last_cover_goes(
    spans: tuple[tuple[str, str], ...], until: str | None
) -> None:
    months = [proof.last_month for proof in list_proofs([cover(*spans)], TODAY)]
    assert months == ([month(until)] if until else [])


def test_two_payers_of_one_programme_get_one_sheet_and_their_months_are_joined() -> None:
    covers = [cover(("2026-01", "2026-11")), cover(("2026-12", "2027-02"), funding="csr")]
    assert [proof.last_month for proof in list_proofs(covers, TODAY)] == [month("2027-02")]


def test_a_made_up_list_never_lends_its_months_to_a_real_one() -> None:
    covers = [cover(("2026-01", "2026-11")), cover(("2026-12", "2027-02"), synthetic=True)]
    proofs = list_proofs(covers, TODAY)
    assert [(proof.last_month, proof.synthetic) for proof in proofs] == [(NOW, False)]


@pytest.mark.parametrize(
    ("spans", "when", "turn"),
    [
        ([("2026-01", "2026-12")], "now", "2026-12"),
        ([("2026-01", "2026-10")], "past", "2026-10"),
        ([("2027-01", "2027-12")], "later", "2027-01"),
        ([("2026-01", "2026-10"), ("2027-01", "2027-12")], "between", "2027-01"),
        ([("2025-01", "2025-03"), ("2026-11", "2026-11")], "now", "2026-11"),
    ],
)
def test_months_covered_lie_in_one_of_four_ways_to_this_month(
    spans: list[tuple[str, str]], when: str, turn: str
) -> None:
    assert when_covered([(month(one), month(other)) for one, other in spans], NOW) == (when, month(turn))


def test_the_current_cover_stands_first_and_the_last_month_is_pointed_out(site: Flask) -> None:
    covers = [cover(("2026-01", "2026-03")), cover(("2026-10", "2026-11"), funding="csr")]
    with site.test_request_context("/cek"):
        views = list_cover_views(covers, TODAY)
    assert [(view.when, view.ends_now) for view in views] == [("now", True), ("past", False)]
    assert views[0].turn == first_day(NOW)


def test_a_sheets_address_is_whole_and_in_the_language_it_was_made_in(site: Flask) -> None:
    addresses = {}
    for language in ("id", "en"):
        with site.test_request_context("/cek"), use_language(language):
            (sheet,) = make_sheets([cover(("2026-01", "2026-12"))], TODAY)
            addresses[language] = sheet.address
    token = addresses["id"].rsplit("/", 1)[1]
    assert addresses == {
        "id": f"http://portal.test/cek/bukti/{token}",
        "en": f"http://portal.test/en/cek/bukti/{token}",
    }
