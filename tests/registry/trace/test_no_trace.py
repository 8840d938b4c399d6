"""Nothing of five hundred people is anywhere, whatever was asked and posted, at the check or at the desk."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

from flask import Flask

from tests.registry.trace import routes
from tests.registry.trace.canaries import PEOPLE
from tests.registry.trace.conftest import Said
from tests.registry.trace.places import all_traces, cookie_traces
from tests.registry.trace.searching import traces
from tests.support.desk_pages import desk_pages
from tests.support.desk_routes import Place
from tests.support.staff import PEOPLE as STAFF
from tests.support.staff import Cast

SERVER_FAULTS = (500, 502)


def test_no_address_leaves_a_trace_of_what_it_was_asked_with(
    content: Flask, cast: Cast, temporary: Path, said: Said
) -> None:
    clients = [content.test_client(), *(getattr(cast, name).client for name in STAFF)]
    answers: Counter[int] = Counter()
    for method, rule, answer in routes.drive_rules(content, *clients):
        assert answer.status_code not in SERVER_FAULTS, (method, rule)
        answers[answer.status_code] += 1
    for row, form, answer in routes.drive_desk(content, cast):
        assert answer.status_code not in SERVER_FAULTS, (row.endpoint, sorted(form))
        answers[answer.status_code] += 1
    assert set(answers) >= {200, 303, 400, 404, 405, 422}
    assert answers.total() > 3 * len(PEOPLE) / 2
    assert all_traces(content, temporary) == {}
    assert cookie_traces(content, *clients) == set()
    assert said.traces() == set()


def test_nobody_else_is_shown_what_was_typed(content: Flask, cast: Cast, temporary: Path, said: Said) -> None:
    for _row, _form, _answer in routes.drive_desk(content, cast):
        continue
    logging.getLogger(__name__).debug("the pages of somebody else")
    stranger, shown = content.test_client(), {}
    for address in routes.plain_addresses(content):
        answer = stranger.get(address)
        shown[address] = (answer.status_code, traces(answer.data) | traces(repr(answer.headers)))
    place = Place(content, cast)
    for row in desk_pages():
        reader = getattr(cast, row.allowed[-1]).client
        answer = reader.get(routes.made(row, place))
        shown[row.endpoint] = (answer.status_code, traces(answer.data))
    assert len(shown) > 80
    assert {place: found for place, found in shown.items() if found[1]} == {}
