"""The language prefix of an address."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.test import EnvironBuilder, run_wsgi_app

from portal.core.i18n import gettext, language, ngettext, set_language, use_language
from portal.core.language_path import KEY, LanguagePath


def seen(path: str) -> tuple[str, str, str]:
    told: list[tuple[str, str, str]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        told.append((environ[KEY], environ["SCRIPT_NAME"], environ["PATH_INFO"]))
        start_response("200 OK", [])
        return []

    run_wsgi_app(LanguagePath(application), EnvironBuilder(path).get_environ())
    return told[0]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ("id", "", "/")),
        ("/en", ("en", "/en", "/")),
        ("/en/", ("en", "/en", "/")),
        ("/en/wilayah/berau", ("en", "/en", "/wilayah/berau")),
        ("/english", ("id", "", "/english")),
        ("/wilayah/en", ("id", "", "/wilayah/en")),
    ],
)
def test_the_prefix_names_the_language_and_leaves_the_path(path: str, expected: tuple[str, str, str]) -> None:
    assert seen(path) == expected


def test_addresses_made_below_the_prefix_keep_it() -> None:
    flask = Flask("x")
    flask.add_url_rule("/wilayah", "list", lambda: url_for("list"))
    flask.wsgi_app = LanguagePath(flask.wsgi_app)  # type: ignore[method-assign]
    client = flask.test_client()
    assert client.get("/en/wilayah").text == "/en/wilayah"
    assert client.get("/wilayah").text == "/wilayah"


def test_the_language_is_set_back_after_a_block_and_unknown_codes_mean_indonesian() -> None:
    with use_language("id"):
        with use_language("en"):
            assert (language(), gettext("Not published")) == ("en", "Not published")
        assert gettext("Not published") == "Belum dipublikasikan"
        set_language("xx")
        assert language() == "id"


def test_numbers_choose_their_word() -> None:
    with use_language("en"):
        assert ngettext("%(num)s apple", "%(num)s apples", 1) == "1 apple"
        assert ngettext("%(num)s apple", "%(num)s apples", 2) == "2 apples"
