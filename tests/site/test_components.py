"""The page that shows every component, and what the macros promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from portal import create_app
from portal.core.i18n import use_language
from portal.core.quantities import Quantity
from portal.settings import read_settings
from portal.site.examples import ExampleSource, ExampleStatement
from tests.support.pages import Page, check_page, text_of

SOURCE = ExampleSource("berau-2025", "Fokus Borneo", "advertorial", date(2025, 8, 6), "Berau")


def _app(folder: Path, mode: str) -> Flask:
    return create_app(read_settings({"PORTAL_INSTANCE": str(folder), "PORTAL_ENV": mode}))


@pytest.fixture(scope="module")
def showroom(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application in development mode, without data."""
    return _app(tmp_path_factory.mktemp("showroom"), "development")


def _page(app: Flask, path: str) -> Page:
    answer = app.test_client().get(path)
    return Page(path, answer.status_code, answer.headers, answer.get_data(as_text=True))


def _render(app: Flask, template: str, language: str = "id", **values: object) -> str:
    with app.test_request_context("/"), use_language(language):
        return " ".join(render_template_string(template, **values).split())


@pytest.mark.parametrize("path", ["/komponen", "/en/komponen"])
def test_the_component_page_passes_every_page_check(showroom: Flask, path: str) -> None:
    page = _page(showroom, path)
    assert page.status == 200
    assert check_page(page) == []


def test_the_component_page_is_off_in_production(tmp_path: Path) -> None:
    assert _page(_app(tmp_path, "production"), "/komponen").status == 404


def test_the_component_page_speaks_indonesian(showroom: Flask) -> None:
    page = _page(showroom, "/komponen")
    assert "Belum dipublikasikan" in page.text
    assert "Angka yang sama dalam tabel" in page.text


def test_the_language_switch_names_the_other_language_in_its_own_words(showroom: Flask) -> None:
    links = _page(showroom, "/komponen").all("a", hreflang="en")
    assert [(text_of(link), link.get("href"), link.get("lang")) for link in links] == [
        ("English", "/en/komponen", "en")
    ]


def test_navigation_in_english_stays_in_english(showroom: Flask) -> None:
    page = _page(showroom, "/en/komponen")
    assert "/en/pendanaan" in page.links
    assert "/pendanaan" not in page.links


def test_a_figure_card_without_a_figure_says_so_and_shows_no_zero(showroom: Flask) -> None:
    template = "{% from 'components/figure.html' import figure_card %}{{ figure_card(None, 'paid') }}"
    html = _render(showroom, template)
    assert "Belum dipublikasikan" in html
    assert "0" not in html


@pytest.mark.parametrize(
    ("quantity", "language", "expected"),
    [
        (Quantity(4465), "id", "4.465"),
        (Quantity(4465), "en", "4,465"),
        (Quantity(22121, "about"), "id", "<small>±</small> 22.121"),
        (Quantity(20000, "more_than"), "id", "<small>lebih dari</small> 20.000"),
        (Quantity(3024000000, "exact", "idr"), "id", "Rp3,02 miliar"),
        (Quantity(24, "exact", "percent"), "id", "24%"),
    ],
    ids=["exact", "English", "about", "more than", "rupiah", "percent"],
)
def test_a_number_keeps_its_qualifier(
    showroom: Flask, quantity: Quantity, language: str, expected: str
) -> None:
    template = "{% from 'components/figure.html' import number %}{{ number(quantity) }}"
    assert _render(showroom, template, language, quantity=quantity) == expected


def test_a_large_amount_has_its_full_number_at_hand(showroom: Flask) -> None:
    template = (
        "{% from 'components/figure.html' import figure_card %}{{ figure_card(q, 'x', stage='budgeted') }}"
    )
    html = _render(showroom, template, q=Quantity(2429520000, "exact", "idr"))
    assert "Rp2.429.520.000" in html


def test_an_advertorial_is_labelled_wherever_its_figure_stands(showroom: Flask) -> None:
    statement = ExampleStatement("budgeted", Quantity(4465), None, None, (SOURCE,))
    template = (
        "{% from 'components/figure.html' import figure_card %}"
        "{{ figure_card(q, 'x', sources=[origin], items=[statement]) }}"
    )
    html = _render(showroom, template, q=Quantity(4465), origin=SOURCE, statement=statement)
    assert html.count("Advertorial") == 2


def test_what_a_source_is_called_cannot_break_the_page(showroom: Flask) -> None:
    hostile = ExampleSource("x", "<script>alert(1)</script>", "press", None, "")
    template = "{% from 'components/source.html' import source_chip %}{{ source_chip(origin) }}"
    assert "<script>" not in _render(showroom, template, origin=hostile)


def test_a_wrong_field_is_tied_to_its_error_and_keeps_what_was_typed(showroom: Flask) -> None:
    template = (
        "{% from 'components/forms.html' import field %}"
        "{{ field('nik', 'NIK', '640301', hint='16', error='Kurang') }}"
    )
    html = _render(showroom, template)
    assert 'value="640301" aria-describedby="nik-hint nik-error" aria-invalid="true"' in html


def test_pagination_of_one_page_is_nothing(showroom: Flask) -> None:
    template = "{% from 'components/nav.html' import pagination %}{{ pagination(1, 1, none) }}"
    assert _render(showroom, template) == ""


def test_charts_carry_attributes_for_paper_and_no_style(showroom: Flask) -> None:
    html = _page(showroom, "/komponen").html
    assert " style=" not in html
    assert 'fill="#8a6d0b"' in html
