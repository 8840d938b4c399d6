"""A NIK in a text is recognised however it is written; regulation numbers, amounts and times are not taken for one."""

from __future__ import annotations

import csv

import pytest

from portal.core.id_numbers import IdNumberTyped, holds_id_number, refuse_id_numbers
from tests.support.databases import ROOT

ID_NUMBERS = [
    "6403991202859777",
    "NIK: 6403991202859777.",
    "6403 9912 0285 9777",
    "640399-120285-9777",
    "640399.52.02.85.9777",
    "64 03 99 120285 9777",
    "64.03.99.12.02.85.9777",
    "6403\u00a09912\u00a00285\u00a09777",
    "6403\u200b991202859777",
    "٦٤٠٣٩٩١٢٠٢٨٥٩٧٧٧",
    "(6403995202859777)",
]
OTHERS = [
    "",
    "Perbup Nomor 12 Tahun 2024",
    "Rp1.234.567.890.123.456",
    "1.234.567 2.345.678 12",
    "6403991302859777000",
    "6403993202859777",  # a 32nd day
    "6403991202850000",
    "0003991202859777",
    "1732201234567890",
    "2025-01-31 08:30:15.123456",
    "900144000 4465 16800 12",
    "https://example.go.id/berita/20250131/9001",
]


@pytest.mark.parametrize("text", ID_NUMBERS)
def test_an_id_number_is_recognised(text: str) -> None:
    assert holds_id_number(text)


@pytest.mark.parametrize("text", OTHERS)
def test_another_number_is_not_taken_for_one(text: str) -> None:
    assert not holds_id_number(text)


def test_one_text_of_many_is_enough() -> None:
    with pytest.raises(IdNumberTyped):
        refuse_id_numbers(["Rapat", "6403991202859777"])


def test_what_the_portal_comes_with_holds_none() -> None:
    cells = [
        cell
        for path in sorted((ROOT / "data").rglob("*.csv"))
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    ]
    assert len(cells) > 1000
    assert [cell for cell in cells if holds_id_number(cell)] == []
