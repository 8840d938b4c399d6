"""The layer before the framework: it answers what a browser posts as the framework would, and leaves it the rest."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from portal.registry.answering import looking_up
from tests.registry.conftest import Stage
from tests.registry.people import RUSDI, STRANGER
from tests.registry.test_check import FRAGMENT, NEGATIVES, ask, of

TYPED = f"nik={STRANGER.nik}&nama=Siapa+Saja"
FORM = "application/x-www-form-urlencoded"
# Posts that go on to the framework, each with the same person in it.
UNUSUAL: dict[str, dict[str, Any]] = {
    "in parts": {"data": of(STRANGER), "content_type": "multipart/form-data"},
    "in capitals": {"data": TYPED, "content_type": FORM.upper()},
    "very long": {"data": TYPED + "&more=" + "x" * 20_000, "content_type": FORM},
    "words of a visitor in a header": {"data": of(STRANGER), "headers": {"HX-Target": "somewhere"}},
}


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names asked for, once for each time."""
    asked, check = [], looking_up.check_cover

    def note(nik: str, name: str, *rest: Any) -> Any:
        asked.append(name)
        return check(nik, name, *rest)

    monkeypatch.setattr(looking_up, "check_cover", note)
    return asked


def fields_of(response: TestResponse, *without: str) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in without}


@pytest.mark.parametrize("address", ["/cek", "/en/cek"])
@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_the_first_answer_and_the_kept_one_are_the_same_and_each_is_asked_for_once(
    stage: Stage,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    looked_up: list[str],
    address: str,
    headers: dict[str, str],
) -> None:
    stage([RUSDI], publish=True)
    for fields in (*NEGATIVES.values(), of(RUSDI)):
        first = client.post(address, data=fields, headers=headers)
        with monkeypatch.context() as patch:
            patch.setattr(
                "portal.registry.views.read_check_form", lambda _form: pytest.fail("it came through")
            )
            kept = client.post(address, data=fields, headers=headers)
        assert (kept.status, kept.data, [*kept.headers]) == (first.status, first.data, [*first.headers])
    assert len(looked_up) == 2 * (len(NEGATIVES) + 1)


@pytest.mark.parametrize("kind", UNUSUAL)
def test_an_unusual_post_is_answered_by_the_framework_in_the_same_words(
    registry: object, client: FlaskClient, looked_up: list[str], kind: str
) -> None:
    usual = ask(client, of(STRANGER))
    looked_up.clear()
    unusual = client.post("/cek", **UNUSUAL[kind])
    assert (unusual.status_code, unusual.data) == (200, usual.data)
    of_the_body = ("Content-Length", "Vary")
    assert fields_of(unusual, *of_the_body) == fields_of(usual, *of_the_body)
    assert len(looked_up) == 1


def test_a_post_cut_short_is_looked_up_by_nobody(
    registry: object, client: FlaskClient, looked_up: list[str]
) -> None:
    declared = {"CONTENT_LENGTH": str(len(TYPED) + 1)}
    cut = client.post("/cek", data=TYPED, content_type=FORM, environ_overrides=declared)
    assert cut.status_code == 400
    assert looked_up == []


def test_a_fault_is_told_by_the_page_of_faults_and_asked_for_once(
    registry: object, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def fail(*typed: object) -> None:
        asked.append(typed)
        raise OperationalError("SELECT", {}, Exception(STRANGER.nik))

    monkeypatch.setattr(looking_up, "check_cover", fail)
    answers = [ask(client, of(STRANGER)) for _turn in range(2)]
    assert [(one.status_code, one.headers["Retry-After"]) for one in answers] == [(503, "60")] * 2
    assert len(asked) == 2
    assert STRANGER.nik not in answers[0].text


def test_what_one_visitor_was_sent_is_not_kept_for_the_next(registry: object, client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["desk"] = "somebody's"
    first = ask(client, of(STRANGER))
    client.delete_cookie("meja")
    assert "Set-Cookie" not in first.headers
    assert ask(client, of(STRANGER)).data == first.data
