"""The content coding of an answer, by what a browser accepts."""

from __future__ import annotations

import pytest

from portal.core.codings import choose_coding


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("BR;q=0.1, gzip;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0", ""),
        ("x-brotli, brave", ""),
        ("identity", ""),
    ],
)
def test_a_coding_is_used_only_where_it_is_accepted(accepted: str, coding: str) -> None:
    assert choose_coding(accepted) == coding
