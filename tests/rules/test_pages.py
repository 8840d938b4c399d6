"""Rules that hold for each kind of public page, in both languages, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.conftest import GetPage
from tests.support.addresses import LANGUAGES, MISSING, PUBLIC, in_language
from tests.support.applications import build_app, close_app
from tests.support.databases import Databases

MOST_QUERIES = 12


@pytest.fixture(scope="module")
def fresh(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application that has kept no page yet."""
    with databases.copy("starter") as urls:
        app = build_app(tmp_path_factory.mktemp("fresh"), urls)
        yield app
        close_app(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_passes_every_check_of_the_page_fixture(
    get_page: GetPage, path: str, language: str
) -> None:
    page = get_page(in_language(language, path))
    assert page.status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_gets_a_page_with_a_search_box(get_page: GetPage, language: str) -> None:
    page = get_page(in_language(language, MISSING), status=404)
    assert page.all("input", name="q")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_asks_the_databases_at_most_twelve_times(fresh: Flask, path: str) -> None:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        status = fresh.test_client().get(path).status_code
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert status == 200
    assert len(statements) <= MOST_QUERIES, "\n".join(statements)
