"""What may not be written anywhere in the repository."""

from __future__ import annotations

import re

import pytest

from tests.support.tree import text_files

# Put together here, so that this file does not break its own rule.
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
]
REGISTRIES += [
    "debian" + ".org",
    "unpkg" + ".com",
    "jsdelivr" + ".net",
    "cdnjs" + ".cloudflare",
    "fonts.g" + "oogleapis",
]
PLACES = ["../" + "shared", "/work" + "/main", "/tmp" + "/plan", "/root" + "/"]
UNFINISHED = r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"
SKIPPED = r"pytest\.(mark\.)?(ski" + r"p|xfa" + r"il|importors" + r"kip)|unittest\.ski" + "p"
SECRETS = (
    r"-----BEGIN [A-Z ]*PRIVATE K"
    r"EY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[bap]-[0-9A-Za-z-]{10,}"
)
DATA = ("data/",)


def _lines(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    found = []
    for path, text in text_files(*suffixes):
        if path.startswith(DATA) or not pattern.search(text):
            continue
        found += [
            f"{path}:{n}: {line.strip()[:90]}"
            for n, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert _lines(re.compile(re.escape(host), re.IGNORECASE)) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_file_names_a_place_on_one_machine(place: str) -> None:
    assert _lines(re.compile(re.escape(place))) == []


def test_nothing_is_left_unfinished() -> None:
    assert _lines(re.compile(UNFINISHED), ".py", ".html", ".css", ".js", ".sh", ".md", ".po", ".toml") == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    assert _lines(re.compile(SKIPPED), ".py") == []


def test_no_secret_is_committed() -> None:
    assert _lines(re.compile(SECRETS)) == []


def test_lines_end_as_they_should_and_no_tab_indents_a_template_or_module() -> None:
    assert (
        _lines(re.compile(r"\r|^\t|[ \t]+$", re.MULTILINE), ".py", ".html", ".css", ".js", ".sh", ".toml")
        == []
    )
