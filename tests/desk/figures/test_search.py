"""`/meja/angka`: published figures by words, number, year, stage and region, each with its token."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.news.figures.lookup import list_figures
from portal.news.figures.queries import Figures
from portal.news.figures.wishes import read_wish
from tests.support.applications import build_app, close_app
from tests.support.databases import Databases
from tests.support.pages import Page, check_page, text_of
from tests.support.staff import Cast, Member, gather


@pytest.fixture(scope="module")
def cast(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """The cast on one application for all tests here, which only read."""
    with databases.copy("starter") as urls:
        app = build_app(tmp_path_factory.mktemp("desk"), urls)
        yield gather(app)
        close_app(app)


def ask(member: Member, query: str, *, status: int = 200, **headers: str) -> Page:
    """The page as this person gets it, checked."""
    response = member.client.get(f"/meja/angka?{query}", headers=headers)
    page = Page("/meja/angka", response.status_code, response.headers, response.get_data(as_text=True))
    assert page.status == status
    return page


def tokens(page: Page) -> list[str]:
    """The tokens offered, in order."""
    return [item.get("data-token", "") for item in page.all("li") if item.get("data-token")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("berau 2025 dianggarkan", "[[statements:berau-2025-apbd-1:workers]]"),
        ("4.465", "[[statements:berau-2025-apbd-1:workers]]"),
        ("4,465", "[[statements:berau-2025-apbd-1:workers]]"),
        ("12.000", "[[statements:bengkayang-2024-apbd-1:workers]]"),
        ("12 ribu", "[[statements:bengkayang-satu-desa-1:workers]]"),
        ("lima belas ribu", "[[claims:k-berau-1:value]]"),
        ("3 miliar", "[[statements:penajam-paser-utara-2025-apbd-3:amount_idr]]"),
        ("Rp3 miliar penajam", "[[claims:k-ppu-3:value]]"),
        (
            "16.800 kotawaringin",
            "[[statements:kotawaringin-timur-2024-dbh-sawit-1:monthly_contribution_idr]]",
        ),
        ("86,4 persen", "[[claims:k-barut-1:value]]"),
        ("coverage berau", "[[claims:k-berau-4:value]]"),
        ("cakupan kota samarinda", "[[claims:k-samarinda-1:value]]"),
        ("tabalong disbursed", "[[statements:tabalong-2025-apbd-2:workers]]"),
        ("tabalong dibayar", "[[statements:tabalong-2025-apbd-2:workers]]"),
        ("sawit landak 2024", "[[statements:landak-2024-dbh-sawit-1:workers]]"),
        ("fokus borneo", "[[statements:berau-2025-dbh-sawit-1:workers]]"),
        ("k-berau-4", "[[claims:k-berau-4:value]]"),
        ("[[claims:k-kaltara-1:value]]", "[[claims:k-kaltara-1:value]]"),
        ("statements:berau-2025-apbd-1:workers", "[[statements:berau-2025-apbd-1:workers]]"),
    ],
)
def test_a_figure_is_found(cast: Cast, question: str, expected: str) -> None:
    response = cast.berau_editor.client.get("/meja/angka", query_string={"q": question})
    assert f'data-token="{expected}"' in response.get_data(as_text=True)


def test_each_figure_comes_with_value_record_source_stage_year_and_token(cast: Cast) -> None:
    page = ask(cast.berau_editor, "q=4.465+dianggarkan")
    assert check_page(page) == []
    (item,) = [item for item in page.all("li") if item.get("data-token")]
    text = text_of(item)
    for part in ("4.465", "Pekerja", "Dianggarkan 2025", "Kabupaten Berau", "Fokus Borneo", "5 Agu 2025"):
        assert part in text
    assert item.get("data-label") == "4.465 · Pekerja, Dianggarkan 2025"
    (copied,) = item.findall(".//input")
    assert copied.get("value") == "[[statements:berau-2025-apbd-1:workers]]"


def test_a_number_finds_only_the_figures_that_fit(cast: Cast) -> None:
    page = ask(cast.berau_editor, "q=15.000+penajam")
    assert tokens(page)
    assert all(token.endswith((":workers]]", ":value]]")) for token in tokens(page))


def test_ones_own_region_comes_first_and_others_may_be_cited(cast: Cast) -> None:
    own = tokens(ask(cast.bengkayang_editor, "q="))
    assert all("bengkayang" in token for token in own[:6])
    assert "berau" in tokens(ask(cast.bengkayang_editor, "q=4.465"))[0]


@pytest.mark.parametrize("place", ["64.03", "berau"])
def test_the_region_asked_for_comes_first(cast: Cast, place: str) -> None:
    assert "berau" in tokens(ask(cast.bengkayang_editor, f"q=&wilayah={place}"))[0]


def test_the_editors_dialog_gets_the_list_alone(cast: Cast) -> None:
    page = ask(cast.berau_editor, "q=4.465", **{"HX-Request": "true", "HX-Target": "figure-results"})
    assert "<html" not in page.html
    assert 'data-token="[[statements:berau-2025-apbd-1:workers]]"' in page.html


@pytest.mark.parametrize(
    "question",
    ["zzzz", "999.999.999", "[[claims:none:value]]", "1" * 40, "%", "_", "'; DROP TABLE posts; --", "\x00"],
)
def test_what_is_not_there_says_what_to_do(cast: Cast, question: str) -> None:
    response = cast.berau_editor.client.get("/meja/angka", query_string={"q": question})
    assert response.status_code == 200
    assert "data-token" not in response.get_data(as_text=True) or not question.strip("\x00%_")


def test_a_question_is_shown_back_as_text(cast: Cast) -> None:
    response = cast.berau_editor.client.get("/meja/angka", query_string={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["wilayah=atlantis", "tahap=x"])
def test_an_unknown_filter_is_refused(cast: Cast, query: str) -> None:
    assert "Pilih" in ask(cast.berau_editor, query, status=400).text or query.startswith("tahap")


def test_a_search_in_english_speaks_english(cast: Cast) -> None:
    page = cast.berau_editor.client.get("/en/meja/angka?q=4,465+budgeted").get_data(as_text=True)
    assert 'data-label="4,465 · Workers, Budgeted 2025"' in page


def test_the_parts_of_a_question_are_told_apart() -> None:
    wish = read_wish("Berau 2025 dianggarkan 12 ribu sawit 4.465")
    assert wish.words == ("berau", "sawit")
    assert wish.years == (2025,)
    assert wish.stages == ("budgeted",)
    assert [int(one.value) for one in wish.numbers] == [12_000, 4_465]


def test_all_figures_are_within_reach(site: Flask) -> None:
    with site.test_request_context():
        found: Figures = {figure.token: figure for figure in list_figures(read_wish(""), limit=10_000)}
    assert len([token for token in found if token.kind == "claims"]) == 65
    assert all(figure.sources for figure in found.values())
