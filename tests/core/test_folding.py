"""Templates compiled per language."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from jinja2 import DictLoader

from portal.core.folding import TranslatedEnvironment
from portal.core.i18n import template_gettext, template_ngettext, use_language


@pytest.fixture
def environment() -> TranslatedEnvironment:
    pages = {
        "a": "{{ _('Not published') }} {{ n }}",
        "b": "{% from 'm' import words %}{{ words() }}",
        "m": "{% macro words() %}{% trans %}Search{% endtrans %}: {{ _('Paid')|upper }}{% endmacro %}",
        "c": "{{ _('more than %(number)s', number=n) }}",
    }
    made = TranslatedEnvironment(
        Flask("x"), loader=DictLoader(pages), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_callables(template_gettext, template_ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    ("name", "indonesian", "english"),
    [
        ("a", "Belum dipublikasikan &lt;3", "Not published &lt;3"),
        ("b", "Cari: DIBAYARKAN", "Search: PAID"),
        ("c", "lebih dari &lt;3", "more than &lt;3"),
    ],
)
def test_the_same_template_speaks_the_language_of_each_request(
    environment: TranslatedEnvironment, name: str, indonesian: str, english: str
) -> None:
    for code, text in (("id", indonesian), ("en", english), ("id", indonesian)):
        with use_language(code):
            assert environment.get_template(name).render(n="<3") == text


def test_a_constant_string_is_looked_up_when_the_template_is_compiled_and_not_again(
    environment: TranslatedEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with use_language("id"):
        template = environment.get_template("a")
        monkeypatch.setattr("portal.core.i18n.catalogue", lambda code: pytest.fail("looked up"))
        assert template.render(n=1) == "Belum dipublikasikan 1"


def test_the_portal_uses_it(site: Flask) -> None:
    assert isinstance(site.jinja_env, TranslatedEnvironment)
    with site.test_request_context("/"), use_language("en"):
        assert render_template_string("{{ _('Not published') }}") == "Not published"
