"""What goes wrong: the right status, a sentence that helps, and nothing of a visitor in a log."""

from __future__ import annotations

import logging

import pytest
from flask import Flask, abort
from sqlalchemy import text

from portal.core.errors import DatabaseUnavailable
from portal.extensions import db
from portal.site import errors
from tests.conftest import GetPage

SECRET = "6403010101900001"


@pytest.fixture
def broken(app: Flask) -> Flask:
    """`app` with addresses that go wrong."""

    def boom() -> str:
        raise ValueError(f"cannot read {SECRET}")

    def query() -> str:
        db.session.execute(text("SELECT * FROM nowhere WHERE nik = :nik"), {"nik": SECRET})
        return ""

    def unavailable() -> str:
        raise DatabaseUnavailable

    for name, view in (("boom", boom), ("query", query), ("unavailable", unavailable)):
        app.add_url_rule(f"/{name}", name, view)
    for code in (400, 413, 418, 429, 503):
        app.add_url_rule(f"/stop-{code}", f"stop{code}", lambda code=code: abort(code))
    return app


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/tidak-ada", 404, "Halaman ini tidak ada"),
        ("/en/not-there", 404, "This page does not exist"),
        ("/boom", 500, "Kesalahan ada di pihak kami"),
        ("/query", 503, "Silakan coba lagi"),
        ("/unavailable", 503, "Silakan coba lagi"),
        ("/stop-400", 400, "tidak dapat dibaca"),
        ("/stop-413", 413, "terlalu besar"),
        ("/stop-418", 418, "Kembali"),
        ("/stop-429", 429, "Tunggu beberapa menit"),
        ("/en/stop-503", 503, "try again in a few minutes"),
    ],
)
def test_each_error_has_its_page_with_a_search_box(
    broken: Flask, get_page: GetPage, path: str, status: int, words: str
) -> None:
    page = get_page(path, status=status)
    assert words in page.text
    assert page.all("input", id="error-search")
    assert page.headers["Cache-Control"] == "no-store"


def test_a_wrong_method_is_refused_and_told_which_is_right(get_page: GetPage) -> None:
    page = get_page("/berita", status=405, method="POST")
    assert "GET" in page.headers["Allow"]


def test_a_busy_database_asks_to_come_back(broken: Flask) -> None:
    assert broken.test_client().get("/query").headers["Retry-After"] == "60"


@pytest.mark.parametrize("path", ["/boom", "/query"])
def test_nothing_a_visitor_sent_reaches_a_log_or_the_page(
    broken: Flask, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = broken.test_client().get(f"{path}?nik={SECRET}")
    assert SECRET not in caplog.text
    assert SECRET not in response.text.replace(f"nik={SECRET}", "")
    assert any(record.name == "portal.site.errors" for record in caplog.records)


def test_an_error_page_that_fails_itself_answers_in_plain_text(
    broken: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object, **_context: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(errors, "page", fail)
    response = broken.test_client().get("/boom")
    assert response.status_code == 500
    assert response.mimetype == "text/plain"
    assert "Terjadi kesalahan" in response.text
    assert SECRET not in caplog.text


def test_a_body_that_is_too_large_is_refused_kindly(get_page: GetPage) -> None:
    page = get_page("/cek", status=413, method="POST", data={"nik": "1" * 100_000, "name": "x"})
    assert "Ringkas isian Anda" in page.text
