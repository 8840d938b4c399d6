"""What the two outcomes say: when cover ends, what to do next and whom to ask, and nothing about the person."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from portal.registry.answering.covers import first_day, month_of
from tests.conftest import GetPage
from tests.offices.builders import add_office
from tests.registry.conftest import Stage
from tests.registry.people import BERAU, Somebody, month, somebody
from tests.support.pages import Page

PREFIXES = {"id": "", "en": "/en"}
CANARY = Somebody(
    "6403991202859777", "Xanthippe Qwertyuiop", "Tanjung Redeb", "Zanzibarvillage", "Vogelkundler"
)
OTHER = Somebody("6101990101859888", "Eustachius", "", "Kampung Lain", "Nelayan")
UNKNOWN = somebody(3, "Budi Santoso")
TRACES = (CANARY.nik, CANARY.nik[-4:], "xanthippe", "qwertyuiop", "zanzibar", "vogelkundler", "tanjung redeb")
NEXT = {
    "id": (
        "2 × 24 jam",
        "lima tahun",
        "akta kematian",
        "tiga hari kerja",
        "Lapak Asik",
        "JMO",
        "175",
        "kartu peserta",
    ),
    "en": (
        "2 × 24 hours",
        "five years",
        "death certificate",
        "three working days",
        "Lapak Asik",
        "JMO",
        "175",
        "card",
    ),
}
# The words of each way that months can lie to this one, by the day of the check.
DAYS = {
    "now": (date(2026, 3, 2), "berlaku sampai akhir Desember 2026", "lasts until the end of December 2026"),
    "the last month": (date(2026, 12, 31), "bulan terakhir", "it is the last"),
    "over": (date(2027, 1, 1), "selesai pada akhir Desember 2026", "ended with December 2026"),
    "not yet": (date(2025, 12, 31), "belum mulai. Mulainya Januari 2026", "begins in January 2026"),
}


def of(person: Somebody) -> dict[str, str]:
    return {"nik": person.nik, "nama": person.name}


@pytest.mark.parametrize("person", [CANARY, UNKNOWN], ids=["found", "not found"])
@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_no_heading_of_an_answer_repeats_that_of_the_page(
    stage: Stage, client: FlaskClient, person: Somebody, prefix: str
) -> None:
    stage([CANARY], publish=True)
    path = f"{prefix}/cek"
    answer = client.post(path, data=of(person))
    page = Page(path, answer.status_code, answer.headers, answer.text)
    headings = [" ".join(one.itertext()).strip() for kind in ("h1", "h2", "h3") for one in page.all(kind)]
    assert len(page.all("h1")) == 1
    assert headings.count(headings[0]) == 1


def test_a_positive_answer_is_the_same_bytes_for_everybody_on_the_list(
    stage: Stage, client: FlaskClient
) -> None:
    stage([CANARY, OTHER, somebody(7)], publish=True)
    answers = [client.post("/cek", data=of(person)) for person in (CANARY, OTHER, somebody(7), CANARY)]
    assert len({(one.status_code, str(one.headers), one.get_data()) for one in answers}) == 1


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true", "HX-Target": "check-result"}], ids=["page", "part"]
)
def test_a_positive_answer_has_no_trace_of_the_person(
    stage: Stage, client: FlaskClient, prefix: str, headers: dict[str, str]
) -> None:
    stage([CANARY, somebody(7)], publish=True)
    answer = client.post(f"{prefix}/cek", data=of(CANARY), headers=headers)
    sent = (answer.text + str(answer.headers)).lower()
    assert "berau" in sent
    assert [trace for trace in TRACES if trace in sent] == []


@pytest.mark.parametrize(("language", "prefix"), PREFIXES.items())
def test_a_positive_answer_says_what_to_do_by_when_with_which_papers_and_where(
    stage: Stage, get_page: GetPage, language: str, prefix: str
) -> None:
    stage([CANARY], publish=True)
    text = get_page(f"{prefix}/cek", method="POST", data=of(CANARY)).text
    assert [words for words in NEXT[language] if words not in text] == []
    assert text.index("JKK") < text.index("Rp20")


@pytest.mark.parametrize("case", DAYS)
def test_it_is_said_clearly_whether_the_months_are_now_over_or_to_come(
    stage: Stage, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    stage([CANARY], publish=True)
    day, indonesian, english = DAYS[case]
    monkeypatch.setattr("portal.registry.answering.looking_up.local_today", lambda: day)
    answer = client.post("/cek", data=of(CANARY)).text
    assert indonesian in answer
    assert english in client.post("/en/cek", data=of(CANARY)).text
    # A sheet that says "until" would be misread before the first month.
    assert ("/cek/bukti/" in answer) is (case != "not yet")


def test_two_programmes_have_an_answer_and_a_sheet_each(stage: Stage, get_page: GetPage) -> None:
    stage([CANARY], publish=True)
    stage([CANARY], program="bengkayang-satu-desa-100-pekerja-rentan", publish=True)
    page = get_page("/cek", method="POST", data=of(CANARY))
    assert len([link for link in page.links if link.endswith(".pdf")]) == 2
    assert {f"/program/{BERAU}", "/program/bengkayang-satu-desa-100-pekerja-rentan"} <= set(page.links)


def test_the_office_of_the_programmes_region_is_named(stage: Stage, get_page: GetPage) -> None:
    add_office("dinas-contoh", address="Jalan Contoh 1", phone="(0554) 21101")
    stage([CANARY], publish=True)
    page = get_page("/cek", method="POST", data=of(CANARY))
    assert "Jalan Contoh 1" in page.text
    assert "tel:055421101" in page.links


@pytest.mark.parametrize(("language", "prefix"), PREFIXES.items())
def test_a_negative_answer_is_complete_and_lets_the_visitor_choose_the_region(
    stage: Stage, get_page: GetPage, language: str, prefix: str
) -> None:
    stage([CANARY], publish=True)
    page = get_page(f"{prefix}/cek", method="POST", data=of(UNKNOWN))
    for words in (
        "Lapak Asik",
        "JMO",
        "175",
        "care@bpjsketenagakerjaan.go.id",
        "KTP",
        "KK",
        *NEXT[language][:1],
    ):
        assert words in page.text
    regions = [link for link in page.links if link.endswith("#offices")]
    assert f"{prefix}/wilayah/berau#offices" in regions
    assert len(regions) > 50
    assert not any(
        word in page.text.lower() for word in ("tidak berhak", "not entitled", "ditolak", "rejected")
    )
    assert 'class="qr"' not in page.html
    assert not any("bukti/" in link for link in page.links)


def test_the_region_in_a_number_changes_nothing_in_a_negative_answer(
    stage: Stage, client: FlaskClient
) -> None:
    stage([CANARY], publish=True)
    answers = [
        client.post("/cek", data={"nik": f"{start}010185900{start[3]}", "nama": "Budi"})
        for start in ("640399", "610199", "317399")
    ]
    assert len({(str(answer.headers), answer.get_data()) for answer in answers}) == 1


def test_months_are_numbered_as_the_lists_number_them() -> None:
    assert month_of(date(2026, 12, 31)) == month("2026-12")
    assert first_day(month("2026-12")) == date(2026, 12, 1)
