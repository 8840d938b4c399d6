"""What is stored of a list are digests of the NIKs exactly as the office wrote them, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.registry.lists.numbers import cell_text
from portal.registry.lists.rows import judge_nik
from portal.registry.models import enrolments
from portal.registry.services.keys import key_ring, registry_engine
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover
from tests.registry.dirty.test_dirty import KINDS
from tests.registry.people import BERAU, month

SEPARATORS = " .,-'’/_\u00a0\u200b\u2011\n\t"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９"
cells = st.one_of(
    st.text(alphabet=DIGITS + SEPARATORS, min_size=14, max_size=24),
    st.text(alphabet=DIGITS + SEPARATORS + 'OolEe+="()²', min_size=14, max_size=24),
    st.from_regex(r"\d{12,17}([.,]\d{1,3})?([eE]\+?\d{1,2})?", fullmatch=True),
    st.from_regex(r"\d{1,3}([., ]\d{3}){4,5}([.,]\d{1,4})?", fullmatch=True),
)


@given(cells)
def test_a_number_that_is_taken_has_the_digits_of_its_cell_in_their_order(written: str) -> None:
    reason, nik = judge_nik(written)
    digits = "".join(str(int(char)) for char in written if char.isdecimal())
    assert reason or (nik == digits and len(nik) == 16)
    assert reason or not any(char.isalpha() or char in "+()²" for char in written)


@given(st.one_of(st.integers(10**14, 10**17), st.floats(10**9, 10**18), st.integers(-(10**17), -1)))
def test_a_number_cell_is_taken_only_where_the_spreadsheet_cannot_have_rounded_it(number: float) -> None:
    reason, nik = judge_nik(cell_text(float(number)))
    assert reason or (nik == str(int(number)) and not nik.endswith("0") and int(nik) < 2**53)


@pytest.mark.parametrize(
    "kind",
    [
        "Persian digits",
        "a formula as a guard",
        "a number of 14 digits with two decimals",
        "identity as a group's title over family card and NIK",
        "xlsx: number cells, a negative one, a fraction, a date",
        "xls: number cells",
        "ods: comments, merged cells and spaces",
    ],
)
def test_a_dirty_file_leaves_the_digests_of_its_people_and_no_more(
    kind: str, registry: Flask, tmp_path: Path
) -> None:
    dirty = KINDS[kind]
    (tmp_path / "list").write_bytes(dirty.make())
    cover = Cover(BERAU, "apbd_regency", month("2026-01"), month("2026-12"))
    stage_list(tmp_path / "list", cover, actor="test")
    with registry_engine().connect() as connection:
        stored = {row.nik_digest for row in connection.execute(select(enrolments.c.nik_digest))}
    hasher = key_ring().hasher
    assert stored == {hasher.nik(nik.encode()) for _row, nik in dirty.outcome.people}
