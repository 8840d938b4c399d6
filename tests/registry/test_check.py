"""`/cek`: a positive answer echoes nothing, a negative one is the same for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import GetPage
from tests.registry.conftest import Stage
from tests.registry.people import AMINAH, RUSDI, STRANGER, Somebody
from tests.support.pages import text_of

FRAGMENT = {"HX-Request": "true", "HX-Target": "check-result"}
NEGATIVES = {
    "an unknown NIK": {"nik": STRANGER.nik, "nama": STRANGER.name},
    "another name": {"nik": RUSDI.nik, "nama": "Joko Widodo"},
    "another name without a word in common and long": {
        "nik": RUSDI.nik,
        "nama": "Tjokro Aminoto Kusumo Negoro",
    },
    "a sequence of zeros": {"nik": RUSDI.nik[:12] + "0000", "nama": RUSDI.name},
    "one repeated digit": {"nik": "7" * 16, "nama": RUSDI.name},
    "an impossible date": {"nik": "6403999999990001", "nama": RUSDI.name},
    "a staged list": {"nik": AMINAH.nik, "nama": AMINAH.name},
}
MISTAKES = {
    "no fields": ({}, ("nik", "nama")),
    "no NIK": ({"nama": "Rusdi"}, ("nik",)),
    "no name": ({"nik": RUSDI.nik}, ("nama",)),
    "15 digits": ({"nik": RUSDI.nik[:15], "nama": "Rusdi"}, ("nik",)),
    "17 digits": ({"nik": RUSDI.nik + "1", "nama": "Rusdi"}, ("nik",)),
    "letters": ({"nik": "64039A2505859001", "nama": "Rusdi"}, ("nik",)),
    "a NUL in the NIK": ({"nik": RUSDI.nik + "\0", "nama": "Rusdi"}, ("nik",)),
    "a NUL in the name": ({"nik": RUSDI.nik, "nama": "Rus\0di"}, ("nama",)),
    "10,000 digits": ({"nik": "1" * 10_000, "nama": "Rusdi"}, ("nik",)),
    "10,000 letters": ({"nik": RUSDI.nik, "nama": "r" * 10_000}, ("nama",)),
    "a name of digits": ({"nik": RUSDI.nik, "nama": "123"}, ("nama",)),
}


def ask(client: FlaskClient, fields: dict[str, str], **options: Any) -> TestResponse:
    return client.post("/cek", data=fields, **options)


def of(person: Somebody) -> dict[str, str]:
    return {"nik": person.nik, "nama": person.name}


def echoes(response: TestResponse, person: Somebody) -> list[str]:
    """What of a person stands anywhere in an answer."""
    sent = (response.get_data(as_text=True) + str(response.headers)).lower()
    return [part for part in (person.nik, person.nik[-4:], *person.name.lower().split()) if part in sent]


def test_the_form_asks_for_nik_and_name_by_post(get_page: GetPage) -> None:
    page = get_page("/cek")
    (form,) = page.all("form", method="post")
    assert (form.get("action"), form.get("hx-target")) == ("/cek", "#check-result")
    assert {field.get("name") for field in form.iter("input")} == {"nik", "nama"}
    assert {field.get("autocomplete") for field in form.iter("input")} == {"off"}


def test_the_form_speaks_english_too(get_page: GetPage) -> None:
    (form,) = get_page("/en/cek").all("form", method="post")
    assert form.get("action") == "/en/cek"


@pytest.mark.parametrize("path", ["/cek", "/en/cek"])
def test_a_positive_answer_tells_programme_payer_months_benefits_and_echoes_nothing(
    stage: Stage, get_page: GetPage, client: FlaskClient, path: str
) -> None:
    stage([RUSDI], publish=True)
    page = get_page(path, method="POST", data=of(RUSDI))
    assert f"{path.removesuffix('cek')}program/berau-pekerja-rentan" in page.links
    for words in ("Berau", "APBD", "2026", "JKK", "JKM", "Rp42", "175"):
        assert words in page.text
    assert echoes(ask(client, of(RUSDI)), RUSDI) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"nik": RUSDI.nik, "nama": "rusdi saputra"},
        {"nik": RUSDI.nik, "nama": "H. RUSDI, S.Pd"},
        {"nik": f"{RUSDI.nik[:6]} {RUSDI.nik[6:12]} {RUSDI.nik[12:]}", "nama": "Saputra"},
        {"nik": f"{RUSDI.nik[:4]}.{RUSDI.nik[4:]}", "nama": "Rusdi"},
    ],
)
def test_spaces_dots_titles_and_case_make_no_difference(
    stage: Stage, client: FlaskClient, typed: dict[str, str]
) -> None:
    stage([RUSDI], publish=True)
    assert "answer" in ask(client, typed).text
    assert "berau-pekerja-rentan" in ask(client, typed).text


def test_htmx_gets_the_answer_alone_and_the_same_one(stage: Stage, client: FlaskClient) -> None:
    stage([RUSDI], publish=True)
    whole, part = ask(client, of(RUSDI)).text, ask(client, of(RUSDI), headers=FRAGMENT).text
    assert part.strip().startswith('<div id="check-result"')
    assert part.strip() in whole


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_every_negative_answer_is_the_same_to_the_last_byte(
    stage: Stage, client: FlaskClient, headers: dict[str, str]
) -> None:
    stage([RUSDI], publish=True)
    stage([AMINAH], funding="csr")
    answers = [ask(client, fields, headers=headers) for fields in NEGATIVES.values()]
    assert len({(one.status_code, str(one.headers), one.get_data()) for one in answers}) == 1
    assert answers[0].status_code == 200


@pytest.mark.parametrize("path", ["/cek", "/en/cek"])
def test_a_negative_answer_refuses_nobody_and_names_whom_to_ask(
    stage: Stage, get_page: GetPage, path: str
) -> None:
    page = get_page(path, method="POST", data=NEGATIVES["an unknown NIK"])
    assert "175" in page.text
    assert "JMO" in page.text
    assert not any(
        word in page.text.lower() for word in ("tidak berhak", "not entitled", "tidak terdaftar", "ditolak")
    )


@pytest.mark.parametrize(("fields", "wrong"), MISTAKES.values(), ids=MISTAKES)
def test_a_visible_mistake_is_told_kindly_before_anything_is_looked_up(
    registry: object,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    fields: dict[str, str],
    wrong: tuple[str, ...],
) -> None:
    monkeypatch.setattr(
        "portal.registry.answering.looking_up.check_cover", lambda *asked: pytest.fail("it was looked up")
    )
    response = ask(client, fields)
    assert response.status_code == 422
    assert [name for name in ("nik", "nama") if f'href="#{name}"' in response.text] == list(wrong)
    assert len(response.get_data()) < 20_000


def test_a_mistake_page_is_a_whole_page_and_keeps_what_was_typed(get_page: GetPage, app: object) -> None:
    page = get_page("/cek", method="POST", status=422, data={"nik": "6403 99", "nama": "Rusdi <b>"})
    fields = {field.get("name"): field for field in page.all("input")}
    assert (fields["nik"].get("value"), fields["nama"].get("value")) == ("6403 99", "Rusdi <b>")
    assert fields["nik"].get("aria-invalid") == "true"
    assert "6" in text_of(page.by_id("nik-error"))


@pytest.mark.parametrize("fields", [NEGATIVES["an unknown NIK"], of(RUSDI), {"nik": "1"}])
def test_no_answer_is_stored_or_sets_a_cookie(
    stage: Stage, client: FlaskClient, fields: dict[str, str]
) -> None:
    stage([RUSDI], publish=True)
    response = ask(client, fields)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_nik_in_the_address_is_dropped_unread(
    registry: object, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(
        "portal.registry.answering.looking_up.check_cover", lambda *asked: pytest.fail("it was looked up")
    )
    response = client.open("/cek", method=method, query_string=of(RUSDI))
    assert (response.status_code, response.headers["Location"]) == (303, "/cek")
    assert RUSDI.nik not in response.text


def test_a_synthetic_list_says_so_in_the_answer(stage: Stage, client: FlaskClient) -> None:
    stage(f"DATA SINTETIS\nNIK,Nama\n{RUSDI.nik},{RUSDI.name}\n", publish=True)
    assert "rekaan" in ask(client, of(RUSDI)).text
    assert "made-up" in client.post("/en/cek", data=of(RUSDI)).text


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_the_answer_comes_compressed_as_asked_for(registry: object, client: FlaskClient, coding: str) -> None:
    response = ask(client, NEGATIVES["an unknown NIK"], headers={"Accept-Encoding": coding})
    assert response.headers.get("Content-Encoding", "") == coding
    assert "Accept-Encoding" in response.headers["Vary"]
