"""Faults in the middle of a request: nothing of the person is logged, kept or shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import cycle, product
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from werkzeug.test import TestResponse

from tests.desk.lists.conftest import COVER, post_form
from tests.registry.people import HEADER, Somebody
from tests.registry.trace import routes
from tests.registry.trace.canaries import PEOPLE
from tests.registry.trace.conftest import Said
from tests.registry.trace.places import all_traces, cookie_traces
from tests.registry.trace.searching import traces
from tests.support.staff import Cast

ADDRESSES = ("/cek", "/en/cek")
Fault = Callable[[str], Exception]
FAULTS: dict[str, Fault] = {
    "a mistake of ours": lambda told: RuntimeError(f"looking for {told}"),
    "a mistake of ours about another": lambda told: KeyError(told),
    "a lost database": lambda told: OperationalError(f"SELECT '{told}'", {"nik": told}, Exception(told)),
    "a table that is gone": lambda told: ProgrammingError(told, (told,), Exception(told)),
    "a key that is there": lambda told: IntegrityError(told, [told], Exception(f"Key ({told}) exists")),
    "a full memory": lambda told: MemoryError(told),
}
# The steps of a check at which something may break.
STEPS = (
    "views.read_check_form",
    "answering.looking_up.check_cover",
    "answering.looking_up.local_today",
    "views._outcome",
    "views.not_found_answer",
    "views._page",
)


@pytest.fixture
def live(content: Flask) -> Flask:
    """The portal as it answers the public: faults become pages."""
    content.config["TESTING"] = False
    content.config["PROPAGATE_EXCEPTIONS"] = False
    return content


def asked(app: Flask, person: Somebody, address: str) -> TestResponse:
    typed = {"nik": person.nik, "nama": person.name}
    return app.test_client().post(address, data=typed, headers=routes.headers(person))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_middle_of_a_check_tells_nothing(
    live: Flask, temporary: Path, said: Said, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    for step, address, person in zip(STEPS * 2, cycle(ADDRESSES), PEOPLE, strict=False):

        def fail(*asked: object, told: str = routes.line(person), **named: object) -> None:
            raise FAULTS[fault](f"{told} {asked} {named}")

        with monkeypatch.context() as patch:
            patch.setattr(f"portal.registry.{step}", fail)
            answer = asked(live, person, address)
        assert answer.status_code in (500, 503), (step, answer.status_code)
        assert traces(answer.data) == set()
    assert said.traces() == set()
    assert all_traces(live, temporary) == {}


def test_requests_that_no_page_takes_tell_nothing(
    live: Flask, cast: Cast, temporary: Path, said: Said
) -> None:
    answers = set()
    bodies = {
        "too long": {"data": {"nik": PEOPLE[0].nik, "nama": PEOPLE[0].name * 5000}},
        "torn": {
            "data": b"--x\r\n" + routes.line(PEOPLE[1]).encode(),
            "content_type": "multipart/form-data; boundary=x",
        },
        "a file": {"data": {"nik": (io.BytesIO(PEOPLE[2].line.encode()), f"{PEOPLE[2].nik}.csv")}},
        "another kind": {"data": routes.line(PEOPLE[3]), "content_type": "application/x-canary"},
        "not UTF-8": {"data": b"nik=" + PEOPLE[4].nik.encode() + b"\xff&nama=" + PEOPLE[4].name.encode()},
    }
    for address, options in product(
        (*ADDRESSES, "/cari", "/meja/masuk", f"/{PEOPLE[5].nik}"), bodies.values()
    ):
        if isinstance(options["data"], dict):
            options = {"data": {name: _again(value) for name, value in options["data"].items()}}
        answers.add(live.test_client().post(address, **options).status_code)  # type: ignore[arg-type]
    body = "\n".join([HEADER, *(one.line for one in PEOPLE)]).encode()
    refused = [
        post_form(cast.registrar, COVER, body, headers={"X-CSRFToken": "wrong"}, name=f"{PEOPLE[6].nik}.csv"),
        post_form(cast.registrar, {**COVER, "program": PEOPLE[7].nik}, body),
        post_form(cast.registrar, COVER, b"\x89PNG\r\n\x1a\n" + body, name=f"{PEOPLE[8].name}.csv"),
        post_form(cast.berau_editor, COVER, body),
    ]
    answers |= {answer.status_code for answer in refused}
    assert answers >= {400, 403, 404, 405, 413}
    assert all_traces(live, temporary) == {}
    assert said.traces() == set()
    assert cookie_traces(live, cast.registrar.client, cast.berau_editor.client) == set()


def _again(value: object) -> object:
    """The same file once more: a request reads it to its end."""
    if not isinstance(value, tuple):
        return value
    return (io.BytesIO(value[0].getvalue()) if not value[0].closed else io.BytesIO(b""), value[1])
