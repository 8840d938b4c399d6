"""Texts made to hurt: marks that hide, formulas, and comparisons that never end."""

from __future__ import annotations

import re

import pytest

from portal.core.tabular import csv_bytes
from portal.core.typed_text import one_line
from portal.desk.flow.comparing import MOST_WORDS, compare
from portal.news.figures.rendering import to_page
from portal.news.markdown import to_html


def test_a_line_holds_nothing_that_hides() -> None:
    assert one_line(" a\0b\u202e\u200bc\n\td\ud800 ") == "a b c d"
    assert one_line(None) == ""


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_cell_of_a_download_is_a_formula(sign: str) -> None:
    written = csv_bytes(("a",), [(f"{sign}cmd|' /C calc'!A0",)]).decode()
    assert f"'{sign}cmd" in written


def test_two_texts_of_many_lines_are_compared_as_a_whole(matched: list[int]) -> None:
    older = "".join(f"{number % 150}\n" for number in range(200_000))
    newer = "".join(f"{number * 7 % 151}\n" for number in range(200_000))
    (difference,) = compare("news", {"body_id": older}, {"body_id": newer})
    assert max(matched) <= MOST_WORDS
    assert [piece.text for piece in difference.older] == [older]


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](//evil.example 'x\" onmouseover=\"alert(1)')",
        "![a](https://evil.example/x.png)",
        "![a](/gambar/" + "a" * 32 + '-320.webp?izin=x" onerror="alert(1))',
        "<javascript:alert(1)>",
        "<img src=x onerror=alert(1)>",
        "<style>*{}</style><svg onload=alert(1)>",
        '`[[statements:x" onclick="alert(1):workers]]`',
        "[[statements:<script>:workers]]",
        "[[statements:a:workers]](javascript:alert(1))",
        "| <script> |\n|---|\n| <img src=x onerror=alert(1)> |",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_no_text_of_a_post_runs(text: str) -> None:
    shown = str(to_page(to_html(text), {})).lower()
    assert not any(f"<{tag}" in shown for tag in ("script", "svg", "style", "img", "iframe"))
    for attribute in shown.split("<")[1:]:
        inside = attribute.partition(">")[0]
        assert "javascript:" not in inside
        assert "data:" not in inside
        assert " on" not in re.sub('"[^"]*"', "", inside)
