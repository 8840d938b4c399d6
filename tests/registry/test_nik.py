"""A NIK is read in the ways people write it, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registry.nik import (
    find_impossible_number,
    find_nik_mistake,
    has_possible_birth_date,
    is_spoilt_number,
    last_four,
    read_digits,
)

NIK = "6403012505900003"


@pytest.mark.parametrize(
    "written",
    [
        NIK,
        f" {NIK} ",
        "6403 0125 0590 0003",
        "64.03.01.250590.0003",
        "640301-250590-0003",
        "640301–250590–0003",
        "6403\u00a00125\u00a00590\u00a00003",
        "6.403.012.505.900.003",
        "6,403,012,505,900,003",
        f"'{NIK}",
        f"`{NIK}",
        f"\ufeff{NIK}",
        f"{NIK}\u200b",
        "٦٤٠٣٠١٢٥٠٥٩٠٠٠٠٣",
        "６４０３０１２５０５９００００３",
    ],
)
def test_separators_and_other_scripts_are_read(written: str) -> None:
    assert (find_nik_mistake(written), read_digits(written)) == (None, NIK)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "nik_missing"),
        (" . - ", "nik_missing"),
        ("640301250590000", "nik_length"),
        ("64030125059000031", "nik_length"),
        ("64030125059O0003", "nik_not_digits"),
        ("NIK", "nik_not_digits"),
        ("640301250590000½", "nik_not_digits"),
        ("640301250590000²", "nik_not_digits"),
        ("6403012505900003 6403012505900004", "nik_length"),
    ],
)
def test_visible_mistakes_are_named(written: str, reason: str) -> None:
    assert find_nik_mistake(written) == reason


@pytest.mark.parametrize(
    ("nik", "reason"),
    [("6403012505900000", "nik_sequence_zero"), ("1" * 16, "nik_repeated_digit"), (NIK, None)],
)
def test_numbers_no_office_issues_are_known(nik: str, reason: str | None) -> None:
    assert find_impossible_number(nik) == reason


@pytest.mark.parametrize(
    "written", ["6.40301E+15", "6,40301E+15", "6E15", "6403012505900003.0", "6403012505900003,00"]
)
def test_numbers_a_spreadsheet_spoilt_are_known(written: str) -> None:
    assert is_spoilt_number(written)


@pytest.mark.parametrize("written", [NIK, "6.403.012.505.900.003", "6403 0125 0590 0003"])
def test_whole_numbers_are_not_called_spoilt(written: str) -> None:
    assert not is_spoilt_number(written)


@pytest.mark.parametrize(
    ("born", "possible"),
    [
        ("250590", True),
        ("650590", True),
        ("290200", True),
        ("690296", True),
        ("290201", False),
        ("310490", False),
        ("320190", False),
        ("710190", True),
        ("720190", False),
        ("001290", False),
        ("251390", False),
        ("400190", False),
    ],
)
def test_a_birth_date_is_possible_or_not(born: str, possible: bool) -> None:
    assert has_possible_birth_date(f"640301{born}0003") is possible


@given(st.text(max_size=60))
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    if find_nik_mistake(text) is None:
        assert len(read_digits(text).encode()) == 16
    assert len(last_four(text)) <= 4
