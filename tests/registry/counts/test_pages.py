"""People by village on a page of its own, and every number as a table."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.core.content_version import raise_content_version
from portal.extensions import db
from portal.registry.counts.export import HEADER
from tests.conftest import GetPage
from tests.registry.conftest import Stage
from tests.registry.counts.people import village_codes, villagers
from tests.registry.people import BERAU, month, somebody
from tests.support.pages import Page, text_of

PATH = f"/program/{BERAU}/peserta"


@pytest.fixture
def listed(stage: Stage) -> Stage:
    """Two payers, of whom one pays half a year, small villages and people without a village."""
    people = [*villagers([40, 12, 3, 2, 25]), *(somebody(300 + number) for number in range(30))]
    stage(people, publish=True)
    stage(people[10:70], funding="csr", first="2026-07", last="2026-12", publish=True)
    db.session.remove()
    return stage


def rows_of(client: FlaskClient, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


def villages(page: Page) -> dict[str, list[str]]:
    rows = [(row.find("th"), list(row.iter("td"))) for row in page.all("tr")]
    return {text_of(head): [text_of(cell) for cell in cells] for head, cells in rows if cells}


@pytest.mark.usefixtures("listed")
def test_a_month_is_shown_village_by_village(content: Flask, get_page: GetPage) -> None:
    shown = villages(get_page(f"{PATH}?bulan=2026-03"))
    numbers = [cells[0] for cells in shown.values()]
    assert sorted(numbers) == ["25", "30", "40", *["disembunyikan"] * 3]
    assert shown["Desa/kelurahan tidak diketahui"] == ["30"]
    assert list(shown)[-1] == "Desa/kelurahan tidak diketahui"


@pytest.mark.usefixtures("listed")
def test_a_month_of_two_payers_has_a_column_for_each_and_one_for_all(
    content: Flask, get_page: GetPage
) -> None:
    page = get_page(f"/en{PATH}?bulan=2026-07")
    heads = [text_of(head) for head in page.all("th", scope="col")]
    assert heads[1] == "All payers, each person once"
    assert len(heads) == 4
    assert "60 person-months are on the lists of two payers; they are counted once." in page.text


def test_a_payer_with_few_people_in_most_villages_is_named_and_has_no_column(
    content: Flask, stage: Stage, client: FlaskClient, get_page: GetPage
) -> None:
    people = villagers([40, 30, 20])
    stage(people, publish=True)
    stage([*people[:2], *people[40:42], *people[70:72]], funding="csr", publish=True)
    page = get_page(f"/en{PATH}?bulan=2026-03")
    assert [text_of(head) for head in page.all("th", scope="col")] == [
        "Village",
        "Regency or city budget (APBD)",
    ]
    assert sorted(cells[0] for cells in villages(page).values()) == ["20", "30", "40"]
    assert "Not told by village, as that would show very small groups: All payers" in page.text
    rows = [row for row in rows_of(client, f"{PATH}.csv") if row["level"] == "village"]
    assert {row["payer"] for row in rows} == {"apbd_regency"}


def test_where_no_village_can_be_told_the_month_is(content: Flask, stage: Stage, get_page: GetPage) -> None:
    stage(villagers([3, 2]), publish=True)
    page = get_page(f"/en{PATH}?bulan=2026-03")
    assert not list(page.all("table"))
    assert (
        "Not told by village, as that would show very small groups: Regency or city budget (APBD)."
        in page.text
    )
    assert "cover 5 people" in page.text


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("bulan=2026-13", 400),
        ("bulan=2030-01", 400),
        ("bulan=x", 400),
        ("hal=9", 404),
        ("hal=0", 400),
        ("warna=merah", 400),
    ],
)
def test_what_is_not_understood_is_told(content: Flask, get_page: GetPage, query: str, status: int) -> None:
    page = get_page(f"{PATH}?{query}", status=status)
    assert page.all("select", id="bulan")


def test_a_programme_without_a_list_has_no_such_page(get_page: GetPage) -> None:
    for path in (PATH, "/program/tidak-ada/peserta"):
        page = get_page(path, status=404)
        assert page.all("input", name="q"), "a page that is not there offers the search"
        assert not page.all("select", id="bulan")


@pytest.mark.usefixtures("listed")
def test_the_table_has_every_village_payer_and_month(content: Flask, client: FlaskClient) -> None:
    rows = rows_of(client, f"{PATH}.csv")
    assert tuple(rows[0]) == HEADER
    totals = [row for row in rows if row["level"] == "program"]
    assert len(totals) == 6 * 2 + 6 * 3
    assert {row["people"] for row in totals if row["payer"] == "any"} == {"112"}
    march = [row for row in rows if row["level"] == "village" and row["month"] == "2026-03"]
    assert {row["payer"] for row in march} == {"any", "apbd_regency"}
    assert {row["village_code"] for row in march} == {"", *village_codes(5)}
    assert all((row["people"] == "") == (row["suppressed"] == "yes") for row in rows)
    assert all(int(row["people"]) >= 5 for row in rows if row["people"])
    assert all(row["district"] and row["village"] for row in march if row["village_code"])


@pytest.mark.usefixtures("listed")
def test_page_and_table_agree(content: Flask, client: FlaskClient, get_page: GetPage) -> None:
    for in_month in ("2026-03", "2026-11"):
        shown = villages(get_page(f"{PATH}?bulan={in_month}"))
        rows = [
            row
            for row in rows_of(client, f"{PATH}.csv")
            if row["month"] == in_month and row["payer"] == "any"
        ]
        table = {
            row["village"]: row["people"] for row in rows if row["level"] == "village" and row["village"]
        }
        assert table
        for village, people in table.items():
            assert shown[village][0] == (people or "disembunyikan")


@pytest.mark.usefixtures("listed")
def test_the_table_is_the_same_bytes_until_something_is_published(
    content: Flask, client: FlaskClient
) -> None:
    first = client.get(f"{PATH}.csv")
    with content.app_context():
        raise_content_version(db.session)
        db.session.commit()
    again = client.get(f"{PATH}.csv")
    assert first.data == again.data
    assert first.headers["ETag"] == again.headers["ETag"]
    assert client.get(f"{PATH}.csv", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.usefixtures("listed")
def test_a_regions_table_has_all_of_its_programmes(content: Flask, client: FlaskClient) -> None:
    assert client.get("/wilayah/berau/peserta.csv").data == client.get(f"{PATH}.csv").data
    assert rows_of(client, "/wilayah/kutai-timur/peserta.csv") == []
    assert client.get("/wilayah/tidak-ada/peserta.csv").status_code == 404


def test_many_villages_go_over_pages_that_stay_light(stage: Stage, content: Flask, get_page: GetPage) -> None:
    with content.app_context():
        number = len(villagers([1] * 400))
    stage(villagers([6 + place % 5 for place in range(number)]), publish=True)
    stage(villagers([6] * number), funding="csr", publish=True)
    db.session.remove()
    first = get_page(f"{PATH}?bulan=2026-02")
    assert len(villages(first)) == min(number, 100)
    get_page(f"/program/{BERAU}")
    get_page("/en/wilayah/berau")
    if number > 100:
        assert f"{PATH}?bulan=2026-02&hal=2" in first.links
        get_page(f"{PATH}?bulan=2026-02&hal=2")


def test_a_village_named_like_a_formula_is_text_in_the_table(
    stage: Stage, content: Flask, client: FlaskClient
) -> None:
    from sqlalchemy import update

    from portal.areas.models import Village

    stage(villagers([20, 30]), publish=True)
    with content.app_context():
        code = village_codes(1)[0]
        db.session.execute(update(Village).where(Village.code == code).values(name="=1+1"))
        db.session.commit()
    assert {row["village"] for row in rows_of(client, f"{PATH}.csv") if row["village_code"] == code} == {
        "'=1+1"
    }
    assert month("2026-01") == 2026 * 12
