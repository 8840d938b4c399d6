"""Quicker template code says the same as Jinja's own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.templating import Environment
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup, escape

from portal.core.folding import TranslatedEnvironment
from portal.core.i18n import template_gettext, template_ngettext
from portal.core.quick_code import quick_escape

PAGES = {
    "layout": "<title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}{{ unsafe }}",
    "macros": """{% macro item(text, note=None) %}<li>{{ text }}{% if note %} {{ note }}{% endif %}{% if caller %}{{ caller(1) }}{% endif %}</li>{% endmacro %}
{% macro tree(n) %}{{ n }}{% if n %}{{ tree(n - 1) }}{% endif %}{% endmacro %}""",
    "part": "{{ unsafe }}{% for x in items %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{{ x }}{% endfor %}",
    "page": """{% extends "layout" %}{% from "macros" import item, tree %}
{% block title %}{{ _("Not published") }} {{ unsafe|upper }}{% endblock %}
{% block main %}{{ super() }}{{ self.title() }}
{{ item(unsafe) }}{{ item("<b>"|safe, note=unsafe ~ number) }}{% call(n) item(none) %}{{ n }}{{ unsafe }}{% endcall %}
{{ tree(2) }}{% set kept %}<i>{{ unsafe }}</i>{% endset %}{{ kept }}{{ range(3)|list }}{{ dict(a=unsafe) }}
{% include "part" %}{{ ngettext("%(num)s line", "%(num)s lines", number) }}{{ items|join(", ") }}{{ function(unsafe) }}{{ method.upper() }}
{% autoescape false %}{{ unsafe }}{% endautoescape %}{% filter upper %}{{ unsafe }}{% endfilter %}{% endblock %}""",
}
VALUES: dict[str, Any] = {
    "unsafe": "<script>'\"&",
    "number": 3,
    "items": ["<x>", Markup("<y>"), None, 4.5],
    "method": "a<b",
    "function": lambda text: text + "<z>",
}


def render(kind: type[Environment]) -> str:
    made = kind(Flask("x"), loader=DictLoader(PAGES), autoescape=True, extensions=["jinja2.ext.i18n"])
    made.install_gettext_callables(template_gettext, template_ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made.get_template("page").render(**VALUES)


def test_every_construct_renders_as_with_jinjas_own_code() -> None:
    assert render(TranslatedEnvironment) == render(Environment)


def test_what_is_unsafe_is_escaped_wherever_escaping_is_on() -> None:
    html = render(TranslatedEnvironment)
    assert html.count("<script") == 1, "only inside {% autoescape false %}"
    assert html.count("&lt;script&gt;&#39;&#34;&amp;") == 7


@given(
    st.one_of(st.text(), st.integers(), st.none(), st.floats(), st.text().map(Markup), st.lists(st.text()))
)
def test_a_piece_is_escaped_as_markupsafe_does(value: object) -> None:
    assert str(quick_escape(value)) == str(escape(value))


def test_a_string_subclass_that_brings_its_own_html_keeps_it() -> None:
    class Bold(str):
        def __html__(self) -> str:
            return f"<b>{escape(str(self))}</b>"

    assert quick_escape(Bold("<")) == "<b>&lt;</b>"


@pytest.mark.parametrize("path", ["/", "/wilayah/berau", "/en/pendanaan", "/metode"])
def test_pages_are_the_same_with_jinjas_own_code(
    site: Flask, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinja2.compiler import CodeGenerator

    quick = site.test_client().get(f"{path}?utm_source=1").text
    monkeypatch.setattr(TranslatedEnvironment, "code_generator_class", CodeGenerator)
    assert site.jinja_env.cache is not None
    site.jinja_env.cache.clear()
    try:
        plain = site.test_client().get(f"{path}?utm_source=2").text
    finally:
        site.jinja_env.cache.clear()
    assert plain.replace("utm_source=2", "utm_source=1") == quick
