"""CSV for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.tabular import FORMULA, csv_bytes, neutral


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert neutral(text) == f"'{text}"


# Published text was read as UTF-8, which has no lone surrogates.
TEXT = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=("Cs",)))


@given(st.lists(st.one_of(st.none(), st.integers(), TEXT)))
def test_cells_come_back_as_written_and_none_starts_a_formula(cells: list[str | int | None]) -> None:
    read = next(
        csv.reader(io.StringIO(csv_bytes((), [["first", *cells]]).decode().split("\r\n", 1)[1], newline=""))
    )
    assert len(read) == len(cells) + 1
    texts = [shown for shown, cell in zip(read[1:], cells, strict=True) if isinstance(cell, str)]
    assert not any(text.startswith(FORMULA) for text in texts)
