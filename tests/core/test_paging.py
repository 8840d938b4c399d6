"""Pages of a list: what `hal` may be, and the addresses of other pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import BadQuery
from portal.core.paging import PageBeyondEnd, address, paginate, read_page


@pytest.mark.parametrize(("text", "page"), [("", 1), ("1", 1), (" 7 ", 7), ("999999", 999999)])
def test_a_page_number_is_read_from_the_address(text: str, page: int) -> None:
    assert read_page({"hal": text}) == page


@pytest.mark.parametrize("text", ["0", "-1", "abc", "1.5", "٣", "9" * 5000, "1e3", "\0", "１"])
def test_what_is_no_page_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadQuery, match="hal"):
        read_page({"hal": text})


def test_a_list_without_items_has_one_empty_page() -> None:
    pages = paginate(1, 0)
    assert (pages.pages, pages.first, pages.last, pages.offset) == (1, 0, 0, 0)


def test_a_page_beyond_the_end_says_where_the_list_ends() -> None:
    with pytest.raises(PageBeyondEnd) as end:
        paginate(4, 60, size=20)
    assert end.value.pages == 3


@given(total=st.integers(0, 500), size=st.integers(1, 50))
def test_the_pages_of_a_list_hold_every_item_once(total: int, size: int) -> None:
    last_page = paginate(1, total, size=size).pages
    pages = [paginate(number, total, size=size) for number in range(1, last_page + 1)]
    shown = [item for page in pages for item in range(page.first, page.last + 1) if total]
    assert shown == list(range(1, total + 1))


def test_an_address_leaves_out_what_is_empty_and_the_first_page() -> None:
    pages = paginate(2, 60, "/pendanaan", {"wilayah": "berau", "tahun": ""})
    assert pages.address(3) == "/pendanaan?wilayah=berau&hal=3"
    assert pages.address(1) == "/pendanaan?wilayah=berau"
    assert address("/pendanaan", {}) == "/pendanaan"
