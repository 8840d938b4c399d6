"""`/cek` beyond the free checks: the price is told kindly, nothing typed is lost, and paying brings the answer."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from altcha.v2 import Challenge, Payload, solve_challenge
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import build_app, close_app
from tests.registry.conftest import Stage
from tests.registry.people import RUSDI, STRANGER, Somebody, somebody
from tests.support.databases import Urls
from tests.support.pages import Page, check_page

FRAGMENT = {"HX-Request": "true", "HX-Target": "check-result"}
OF_RUSDI = {"nik": RUSDI.nik, "nama": RUSDI.name}


@pytest.fixture
def few(urls: Urls, tmp_path: Path, content: Flask) -> Iterator[Flask]:
    """A portal with three free checks and a price that costs a test nothing."""
    app = build_app(tmp_path / "few", urls, PORTAL_CHECK_ALLOWANCE="3", PORTAL_CHECK_PRICE="2")
    yield app
    close_app(app)


def ask(visitor: FlaskClient, person: Somebody, path: str = "/cek", **fields: str) -> TestResponse:
    return visitor.post(path, data={"nik": person.nik, "nama": person.name, **fields})


def priced(visitor: FlaskClient, path: str = "/cek") -> TestResponse:
    """Use up the free checks; the page that tells the price."""
    answers = [ask(visitor, STRANGER, path) for _turn in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    return answers[3]


def ask_by(visitor: FlaskClient, number: int, forwarded: str) -> int:
    """Ask for somebody by way of these addresses; gives the status."""
    data, headers = {"nik": somebody(number).nik, "nama": "Budi"}, {"X-Forwarded-For": forwarded}
    return visitor.post("/cek", data=data, headers=headers).status_code


def proof_for(answer: TestResponse) -> str:
    found = re.search(r'data-challenge="([^"]*)"', answer.text)
    assert found
    challenge = Challenge.from_dict(json.loads(html.unescape(found[1])))
    solution = solve_challenge(challenge)
    assert solution
    return Payload(challenge, solution).to_base64()


@pytest.mark.parametrize("path", ["/cek", "/en/cek"])
def test_beyond_the_free_checks_a_whole_page_tells_the_price_and_keeps_what_was_typed(
    few: Flask, path: str
) -> None:
    answer = priced(few.test_client(), path)
    page = Page(path, answer.status_code, answer.headers, answer.text)
    assert check_page(page) == []
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Cache-Control"] == "no-store"
    fields = {field.get("name"): field.get("value") for field in page.all("input")}
    assert (fields["nik"], fields["nama"]) == (STRANGER.nik, STRANGER.name)
    assert fields["tunggu"]
    assert "175" in page.text
    headings = [" ".join(one.itertext()).strip() for kind in ("h1", "h2") for one in page.all(kind)]
    assert len(headings) == len(set(headings))


def test_a_proof_brings_the_answer_and_once_only(stage: Stage, few: Flask) -> None:
    stage([RUSDI], publish=True)
    visitor = few.test_client()
    proof = proof_for(priced(visitor))
    assert "berau-pekerja-rentan" in ask(visitor, RUSDI, bukti=proof).text
    again = ask(visitor, RUSDI, bukti=proof)
    assert again.status_code == 429
    assert "sudah dipakai" in again.text
    assert "berau-pekerja-rentan" in ask(visitor, RUSDI, bukti=proof_for(again)).text


def test_another_worker_refuses_a_proof_that_was_used(urls: Urls, tmp_path: Path, few: Flask) -> None:
    other = build_app(tmp_path / "other", urls, PORTAL_CHECK_ALLOWANCE="3", PORTAL_CHECK_PRICE="2")
    visitor = few.test_client()
    proof = proof_for(priced(visitor))
    assert ask(visitor, STRANGER, bukti=proof).status_code == 200
    assert ask(other.test_client(), STRANGER, bukti=proof).status_code == 429
    close_app(other)


def test_whoever_waited_gets_the_answer_without_a_proof(
    stage: Stage, few: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage([RUSDI], publish=True)
    visitor = few.test_client()
    found = re.search(r'name="tunggu" value="([^"]*)"', priced(visitor).text)
    assert found
    early = ask(visitor, RUSDI, tunggu=found[1])
    assert (early.status_code, found[1] in early.text) == (429, True)
    monkeypatch.setattr("portal.registry.price.waiting.SLOW_SECONDS", 0)
    assert "berau-pekerja-rentan" in ask(visitor, RUSDI, tunggu=found[1]).text


def test_a_price_says_nothing_of_whom_was_asked_for(stage: Stage, few: Flask) -> None:
    stage([RUSDI], publish=True)
    visitor = few.test_client()
    priced(visitor)
    bodies = set()
    for person in (RUSDI, Somebody(RUSDI.nik, "Joko"), STRANGER, Somebody(RUSDI.nik[:12] + "0000", "Rusdi")):
        text = ask(visitor, person).text.replace(person.nik, "").replace(f'value="{person.name}"', "")
        bodies.add(re.sub(r'(data-challenge|value)="[^"]*"', "", text))
    assert len(bodies) == 1


def test_htmx_gets_the_price_alone(few: Flask) -> None:
    visitor = few.test_client()
    priced(visitor)
    part = visitor.post("/cek", data=OF_RUSDI, headers=FRAGMENT)
    assert part.status_code == 429
    assert part.text.strip().startswith('<div id="check-result"')
    assert "<proof-of-work" in part.text


def test_the_widget_comes_with_the_price_and_with_nothing_else(few: Flask) -> None:
    visitor = few.test_client()
    free = visitor.get("/cek").text + ask(visitor, STRANGER).text
    assert "altcha" not in free
    assert "vendor/altcha/main.js" in [ask(visitor, STRANGER) for _turn in range(3)][2].text


def test_a_forged_forwarding_header_has_no_effect(few: Flask) -> None:
    visitor = few.test_client()
    statuses = [ask_by(visitor, number, f"198.51.100.{number}") for number in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_of_several_forwarded_addresses_the_one_the_proxy_added_counts(
    urls: Urls, tmp_path: Path, content: Flask
) -> None:
    app = build_app(tmp_path / "proxied", urls, PORTAL_CHECK_ALLOWANCE="3", PORTAL_TRUSTED_PROXIES="1")
    visitor = app.test_client()
    statuses = [ask_by(visitor, number, f"198.51.100.{number}, 203.0.113.7") for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    close_app(app)


def test_mistakes_cost_nothing(few: Flask) -> None:
    visitor = few.test_client()
    statuses = [visitor.post("/cek", data={"nik": "123", "nama": "Budi"}).status_code for _turn in range(6)]
    assert statuses == [422] * 6


def test_the_right_name_after_many_wrong_ones_gets_the_negative_page(stage: Stage, registry: Flask) -> None:
    stage([RUSDI], publish=True)
    visitor = registry.test_client()
    wrong = [visitor.post("/cek", data={"nik": RUSDI.nik, "nama": f"Salah{letter}"}) for letter in "abcde"]
    right = ask(visitor, RUSDI)
    assert {answer.get_data() for answer in (*wrong, right)} == {right.get_data()}
    assert str(right.headers) == str(wrong[0].headers)


def test_signing_in_is_not_slowed_down_by_checks(few: Flask) -> None:
    visitor = few.test_client()
    priced(visitor)
    assert visitor.get("/meja/masuk").status_code == 200
