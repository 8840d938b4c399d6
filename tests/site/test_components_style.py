"""Colours and weight of the stylesheet."""

from __future__ import annotations

import re
from itertools import product

import brotli
import pytest
from jinja2 import Environment, FileSystemLoader

from portal.core.assets import STYLE, Assets
from portal.core.vocabulary import FUNDING_SOURCES
from portal.settings import ROOT

LIMIT = 8 * 1024
TEXT = ("ink", "soft", "link", "river", "palm", "clay")
SURFACES = ("paper", "card", "leaf", "sky", "sand", "rose")
PAIRS = [
    *product(TEXT, SURFACES),
    ("ink", "mark"),
    ("link", "mark"),
    ("on-forest", "forest"),
    ("on-forest", "link"),
    ("on-deep", "deep"),
    ("card", "clay"),
    ("card", "soft"),
]


def _themes() -> dict[str, dict[str, str]]:
    css = (ROOT / "static/css/tokens.css").read_text()
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


THEMES = _themes()


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _payers() -> dict[str, tuple[str, str]]:
    """Colour and pattern by funding source, as the macros use them."""
    templates = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    found: dict[str, tuple[str, str]] = vars(templates.get_template("components/payers.html").module)[
        "PAYERS"
    ]
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_keeps_a_contrast_of_seven_on_every_surface(theme: str) -> None:
    colours = THEMES[theme]
    weak = {
        (text, surface): round(contrast(colours[text], colours[surface]), 2)
        for text, surface in PAIRS
        if contrast(colours[text], colours[surface]) < 7
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_borders_of_controls_keep_a_contrast_of_three(theme: str) -> None:
    colours = THEMES[theme]
    marks = [*(f"payer-{source}" for source in FUNDING_SOURCES), "edge", "bar", "forest"]
    weak = [name for name in marks for on in ("card", "paper") if contrast(colours[name], colours[on]) < 3]
    assert weak == []


def test_every_funding_source_has_one_colour_everywhere() -> None:
    payers = _payers()
    assert {source: colour for source, (colour, _mark) in payers.items()} == {
        source: THEMES["light"][f"payer-{source}"] for source in FUNDING_SOURCES
    }


def test_every_funding_source_has_a_colour_and_a_pattern_of_its_own() -> None:
    payers = _payers()
    assert len({colour for colour, _mark in payers.values()}) == len(FUNDING_SOURCES)
    assert len({mark for _colour, mark in payers.values()}) == len(FUNDING_SOURCES)


def test_the_whole_stylesheet_stays_within_its_budget() -> None:
    asset = Assets(ROOT / "static").find("/static/x/" + STYLE)
    assert asset is not None
    assert len(asset.bodies["br"]) <= LIMIT
    assert brotli.decompress(asset.bodies["br"]) == asset.bodies[""]


def test_the_stylesheet_fetches_nothing() -> None:
    asset = Assets(ROOT / "static").find("/static/x/" + STYLE)
    assert asset is not None
    assert re.findall(rb"@import|url\(", asset.bodies[""]) == []
