"""Every sentence a visitor can see exists in both languages."""

from __future__ import annotations

import re

from portal.core.catalogue import build, stale
from tests.support.tree import ROOT, text_files

# Names and abbreviations that are the same in both languages.
NAMES = {
    "BPJS",
    "Ketenagakerjaan",
    "NIK",
    "JKK",
    "JKM",
    "PDF",
    "CSV",
    "JSON",
    "Rp",
    "Bahasa",
    "Indonesia",
    "English",
    "px",
}
JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.DOTALL)
CODE = re.compile(r"<!--.*?-->|<(code|pre|script)\b.*?</\1>", re.DOTALL)
SPOKEN = re.compile(r'\s(?:alt|title|placeholder|aria-label|content)="([^"]*)"')
SILENT = re.compile(r"<(?:meta|link)\b[^>]*>|<!doctype[^>]*>", re.IGNORECASE)
# Attributes and query strings that a macro puts together outside a tag.
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"|[?&]\w+=')
WORD = re.compile(r"[A-Za-z]{2,}")


def _untranslated(template: str) -> list[str]:
    plain = SILENT.sub(" ", CODE.sub(" ", JINJA.sub(" ", template)))
    spoken = " ".join(SPOKEN.findall(plain))
    text = ATTRIBUTE.sub(" ", re.sub(r"<[^>]*>", " ", plain))
    return [word for word in WORD.findall(f"{text} {spoken}") if word not in NAMES]


def test_every_string_has_indonesian_and_the_catalogues_are_up_to_date() -> None:
    outcome = build(ROOT)
    assert outcome.missing == ()
    assert outcome.faults == ()
    assert stale(ROOT, outcome) == ()


def test_no_translation_is_kept_that_nobody_asks_for() -> None:
    assert build(ROOT).unused == ()


def test_no_template_speaks_one_language_only() -> None:
    found = {
        path: words
        for path, text in text_files(".html", under="templates/")
        if (words := _untranslated(text))
    }
    assert found == {}
