"""`/cek/bukti`: the page and the sheet of a code, and the one page of every code that is none."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pikepdf
import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.registry.answering.covers import local_today
from portal.registry.proofs.pictures import QUIET, draw
from portal.registry.services.publication import withdraw_list
from tests.conftest import GetPage
from tests.registry.conftest import Stage
from tests.registry.people import RUSDI, Somebody

PREFIXES = {"id": "", "en": "/en"}
CANARY = Somebody(
    "6403991202859777", "Xanthippe Qwertyuiop", "Tanjung Redeb", "Zanzibarvillage", "Vogelkundler"
)
TRACES = (CANARY.nik, CANARY.nik[-4:], "xanthippe", "qwertyuiop", "zanzibar", "vogelkundler", "tanjung redeb")
CODE = re.compile(r"/cek/bukti/([0-9A-Z-]{29})\.pdf")


def token_of(client: FlaskClient, person: Somebody = CANARY, prefix: str = "") -> str:
    """The code in the answer of the check."""
    answer = client.post(f"{prefix}/cek", data={"nik": person.nik, "nama": person.name})
    codes = set(CODE.findall(answer.text))
    assert len(codes) == 1, answer.text[:300]
    return str(codes.pop())


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.lower()]


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_the_answer_leads_to_the_page_and_the_sheet_of_its_code(
    stage: Stage, client: FlaskClient, get_page: GetPage, prefix: str
) -> None:
    stage([CANARY], publish=True)
    token = token_of(client, prefix=prefix)
    answer = get_page(f"{prefix}/cek", method="POST", data={"nik": CANARY.nik, "nama": CANARY.name})
    assert {f"{prefix}/cek/bukti/{token}", f"{prefix}/cek/bukti/{token}.pdf"} <= set(answer.links)
    assert token in answer.text
    assert answer.html.count('<svg class="qr"') == 1
    assert traces(answer.html) == []


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_the_page_of_a_code_says_what_was_found_and_nothing_of_whom(
    stage: Stage, client: FlaskClient, get_page: GetPage, prefix: str
) -> None:
    stage([CANARY], publish=True)
    page = get_page(f"{prefix}/cek/bukti/{token_of(client)}")
    months = (
        ("Desember 2026", "bukan kartu peserta") if not prefix else ("December 2026", "no membership card")
    )
    assert all(words in page.text for words in ("Berau", *months))
    assert f"{prefix}/cek" in page.links
    assert traces(page.html + str(page.headers)) == []


@pytest.mark.parametrize("suffix", ["", ".pdf"])
def test_nothing_about_a_code_is_stored_listed_or_told_to_others(
    stage: Stage, client: FlaskClient, suffix: str
) -> None:
    stage([CANARY], publish=True)
    for path in (token_of(client), "ABCD"):
        headers = client.get(f"/cek/bukti/{path}{suffix}").headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers


def test_every_code_that_is_not_good_gets_one_and_the_same_page(
    stage: Stage, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage([CANARY], publish=True)
    token = token_of(client)
    forged = [token[:-1] + ("0" if token[-1] != "0" else "1"), "0" * 29, token[5:] + "-0000"]
    asked = [*forged, token[:-1], token + "0", "x", CANARY.nik, "a" * 5000, "%00", "ü", f"{token}.html"]
    answers = [client.get(f"/cek/bukti/{code}{suffix}") for code in asked for suffix in ("", ".pdf")]
    later = local_today() + timedelta(days=400)
    monkeypatch.setattr("portal.registry.proofs.views.local_today", lambda: later)
    monkeypatch.setattr("portal.documents.views.local_today", lambda: later)
    answers += [client.get(f"/cek/bukti/{token}"), client.get(f"/cek/bukti/{token}.pdf")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(str(answer.headers), answer.get_data()) for answer in answers}) == 1
    assert "tidak dikenal" in answers[0].text


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_the_page_of_unknown_codes_passes_every_check_and_says_what_to_do(
    registry: Flask, get_page: GetPage, prefix: str
) -> None:
    page = get_page(f"{prefix}/cek/bukti/ABCD", status=404)
    assert {f"{prefix}/cek/bukti", f"{prefix}/cek"} <= set(page.links)
    assert "ABCD" not in page.html


def test_a_query_is_dropped_unread(stage: Stage, client: FlaskClient) -> None:
    stage([CANARY], publish=True)
    token = token_of(client)
    paths = ("", f"/{token}", f"/{token}.pdf", f"/{CANARY.nik}", f"/{CANARY.nik}.pdf")
    answers = [client.get(f"/cek/bukti{path}", query_string={"nik": CANARY.nik}) for path in paths]
    assert {answer.status_code for answer in answers} == {303}
    assert [traces(answer.text + str(answer.headers)) for answer in answers] == [[]] * len(paths)
    assert answers[1].location == f"/cek/bukti/{token}"


def typed(client: FlaskClient, code: str, prefix: str = "") -> TestResponse:
    return client.post(f"{prefix}/cek/bukti", data={"kode": code})


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_a_typed_code_leads_to_its_page(stage: Stage, client: FlaskClient, prefix: str) -> None:
    stage([CANARY], publish=True)
    token = token_of(client)
    answer = typed(client, f" {token.lower().replace('-', ' ')} ", prefix)
    assert (answer.status_code, answer.location) == (303, f"{prefix}/cek/bukti/{token}")
    assert client.get(f"/cek/bukti/{token.replace('-', '').lower()}").location == f"/cek/bukti/{token}"


def test_a_number_typed_for_a_code_never_becomes_an_address(registry: Flask, get_page: GetPage) -> None:
    page = get_page("/cek/bukti", method="POST", status=422, data={"kode": f"{CANARY.nik}00001111"})
    (field,) = page.all("input", name="kode")
    assert field.get("value") == f"{CANARY.nik}00001111"
    assert field.get("aria-invalid") == "true"
    assert CANARY.nik not in str(page.headers)


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_the_form_for_codes_passes_every_check(get_page: GetPage, prefix: str) -> None:
    page = get_page(f"{prefix}/cek/bukti")
    assert [form.get("action") for form in page.all("form", method="post")] == [f"{prefix}/cek/bukti"]


def test_the_code_of_a_made_up_list_says_so(stage: Stage, client: FlaskClient) -> None:
    stage(f"DATA SINTETIS\nNIK,Nama\n{RUSDI.nik},{RUSDI.name}\n", publish=True)
    token = token_of(client, RUSDI)
    assert "rekaan" in client.get(f"/cek/bukti/{token}").text
    assert "made-up" in client.get(f"/en/cek/bukti/{token}").text


def test_what_was_said_that_day_stands_after_list_and_programme_are_withdrawn(
    stage: Stage, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = stage([CANARY], publish=True)
    token = token_of(client)
    assert report.list_id is not None
    withdraw_list(report.list_id, actor="test")
    assert "Desember 2026" in client.get(f"/cek/bukti/{token}").text
    monkeypatch.setattr("portal.registry.proofs.sheets.list_named_programs", lambda programs: {})
    page = client.get(f"/cek/bukti/{token}")
    assert page.status_code == 200
    assert "tidak lagi diterbitkan" in page.text
    assert client.get(f"/cek/bukti/{token}.pdf").status_code == 200


def test_months_that_are_over_are_called_so(
    stage: Stage, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage([CANARY], publish=True)
    token = token_of(client)
    assert "sudah lewat" not in client.get(f"/cek/bukti/{token}").text
    monkeypatch.setattr("portal.registry.proofs.views.local_today", lambda: date(2027, 1, 1))
    assert "sudah lewat" in client.get(f"/cek/bukti/{token}").text


@pytest.mark.parametrize(("prefix", "language"), [("", "id"), ("/en", "en")])
def test_the_sheet_is_one_tagged_page_without_a_trace_of_the_person(
    stage: Stage, client: FlaskClient, prefix: str, language: str
) -> None:
    stage([CANARY], publish=True)
    token = token_of(client)
    answer = client.get(f"{prefix}/cek/bukti/{token}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    sheet = pikepdf.open(io.BytesIO(answer.get_data()))
    assert (len(sheet.pages), str(sheet.Root.Lang)) == (1, language)
    assert bool(sheet.Root.MarkInfo.Marked)
    with sheet.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    figures = [
        item for item in sheet.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]
    assert [token in str(figure.Alt) for figure in figures] == [True]
    assert traces(answer.get_data().decode("latin-1") + str(answer.headers) + str(sheet.docinfo)) == []
    assert answer.get_data() == client.get(f"{prefix}/cek/bukti/{token}.pdf").get_data()


def test_the_picture_is_the_qr_code_of_the_address_with_its_quiet_zone() -> None:
    address = "http://portal.test/cek/bukti/651G-KNF4-GY37-JDF8-GN31-GKRP"
    rows = segno.make_qr(address, error="m").matrix
    picture = draw(address)
    drawn = {
        (int(x) + more, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", picture.path)
        for more in range(int(width))
    }
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert drawn == dark
    assert picture.size == len(rows) + 2 * QUIET
