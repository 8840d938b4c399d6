"""Numbers as people type them, and numbers in words."""

from __future__ import annotations

import pytest

from portal.core.i18n import use_language
from portal.core.spelling import LARGEST, spell
from portal.core.typed_numbers import Unclear, shown, understand

CLEAR = {
    "3024000000": "3024000000",
    "3.024.000.000": "3024000000",
    "3,024,000,000": "3024000000",
    "3 024 000 000": "3024000000",
    "3\u00a0024\u00a0000\u00a0000": "3024000000",
    "Rp 3,02 miliar": "3020000000",
    "Rp3.02 milyar": "3020000000",
    "rp. 3.024.000.000,-": "3024000000",
    "Rp3.024.000.000,00": "3024000000",
    "IDR 3,024,000,000.00": "3024000000",
    "15 ribu": "15000",
    "15.000 orang": "15000",
    "4,3 miliar rupiah": "4300000000",
    "1,5 triliun": "1500000000000",
    "800 juta": "800000000",
    "0": "0",
}


@pytest.mark.parametrize(("typed", "plain"), CLEAR.items(), ids=list(CLEAR))
def test_a_clear_number_is_understood(typed: str, plain: str) -> None:
    assert understand(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "3,024 miliar",
        "3.024 miliar",
        "15,000",
        "Rp 3 M",
        "3 B",
        "1.50.000",
        "lebih dari 20.000",
        "10.000/15.000",
        "10.000-15.000",
        "-5",
        "12,5",
        "1.500,50",
        "3,0245678901 miliar",
        "tiga miliar",
        "1e9",
        "٣٠٢٤",
        "9" * 200,
        "Rp",
        "",
        "1,2,3",
    ],
)
def test_what_is_unclear_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Unclear) as refused:
        understand(typed)
    assert len(str(refused.value)) > 30


def test_one_group_of_thousands_follows_the_language_of_the_page() -> None:
    assert understand("15.000") == "15000"
    with use_language("en"):
        assert understand("15,000") == "15000"
        with pytest.raises(Unclear):
            understand("15.000")


@pytest.mark.parametrize(
    ("typed", "plain"), [("86,40", "86.40"), ("86.40", "86.40"), ("8,43 %", "8.43"), ("0,125", "0.125")]
)
def test_a_fraction_keeps_its_digits(typed: str, plain: str) -> None:
    assert understand(typed, whole=False) == plain


def test_a_fraction_of_three_digits_could_be_thousands() -> None:
    with pytest.raises(Unclear, match=r"86,125.*86\.125"):
        understand("86,125", whole=False)


def test_both_readings_are_told() -> None:
    with pytest.raises(Unclear, match=r"3\.024\.000\.000 .*3\.024\.000\.000\.000"):
        understand("3,024 miliar")


def test_a_stored_number_is_shown_in_the_language_of_the_page() -> None:
    assert [shown("3024000000"), shown("86.40"), shown("tiga")] == ["3.024.000.000", "86,40", "tiga"]
    with use_language("en"):
        assert [shown("3024000000"), shown("86.40")] == ["3,024,000,000", "86.40"]


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (11, "sebelas", "eleven"),
        (17, "tujuh belas", "seventeen"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (1000, "seribu", "one thousand"),
        (1111, "seribu seratus sebelas", "one thousand one hundred eleven"),
        (16_800, "enam belas ribu delapan ratus", "sixteen thousand eight hundred"),
        (1_001_000, "satu juta seribu", "one million one thousand"),
        (3_024_000_000, "tiga miliar dua puluh empat juta", "three billion twenty-four million"),
    ],
)
def test_a_number_is_spelled_in_both_languages(number: int, indonesian: str, english: str) -> None:
    assert spell(number) == indonesian
    with use_language("en"):
        assert spell(number) == english


def test_the_largest_number_that_is_stored_can_be_spelled() -> None:
    assert spell(2**63 - 1).startswith("sembilan kuintiliun")
    with pytest.raises(ValueError, match="10"):
        spell(LARGEST + 1)
