"""Tokens on pages, in lists and in the search: the number with its source, never a number without its record."""

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy import delete, event, update
from sqlalchemy.engine import Engine

from portal.evidence.models import Source
from portal.extensions import db
from portal.funding.models import Statement, StatementSource
from portal.news.figures.queries import find_figures
from portal.news.figures.rendering import to_page, to_summary, to_text
from portal.news.figures.shapes import Token
from portal.news.figures.tokens import bound_in, mentioned_in, read_token
from portal.news.markdown import to_html
from portal.publishing.services import publish_change
from tests.conftest import GetPage
from tests.news.figures.conftest import POST, WORKERS, WritePost
from tests.support.pages import text_of

PAGE = f"/berita/{POST}"
PPU = "penajam-paser-utara-2025-apbd-1"


def test_a_figure_is_shown_with_its_qualifier_and_its_source_in_the_language_of_the_page(
    write_post: WritePost, get_page: GetPage
) -> None:
    body = f"[[statements:{PPU}:amount_idr]] bagi [[statements:{PPU}:workers]]."
    write_post(body, body)
    shown = [text_of(span) for span in get_page(PAGE).all("span", class_="bound")]
    assert shown[0].startswith("lebih dari Rp3.000.000.000 (Kabupaten Penajam Paser Utara")
    assert "25 Mar 2025" in shown[0]
    assert shown[1].startswith("± 15.000")
    english = [text_of(span) for span in get_page("/en" + PAGE).all("span", class_="bound")]
    assert english[0].startswith("more than Rp3,000,000,000")
    assert "Enrolled 2025" in english[0]


def test_a_figure_leads_to_its_line_and_its_source(write_post: WritePost, get_page: GetPage) -> None:
    write_post(f"Ada {WORKERS} orang.", f"There are {WORKERS} people.")
    assert {"/pendanaan/berau-2025-apbd", "/sumber/fokusborneo-berau-2025"} <= set(get_page(PAGE).links)
    english = set(get_page("/en" + PAGE).links)
    assert {"/en/pendanaan/berau-2025-apbd", "/en/sumber/fokusborneo-berau-2025"} <= english


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("[[claims:k-barut-1:value]]", "86,40%"),
        ("[[claims:k-berau-1:value]]", "± 15.000"),
        ("[[claims:k-ppu-3:value]]", "lebih dari Rp3.000.000.000"),
        ("[[statements:bengkayang-satu-desa-1:months]]", "12"),
        (f"[[statements:{PPU}:monthly_contribution_idr]]", "Rp16.800"),
        ("[[statements:kalimantan-utara-2026-apbd-2:amount_idr]]", "sedikitnya Rp2.000.000.000"),
    ],
)
def test_every_kind_of_figure_is_shown_as_stated(site: Flask, token: str, shown: str) -> None:
    with site.test_request_context():
        figures = find_figures(bound_in(token))
        assert to_text(token, figures) == shown


@pytest.mark.parametrize(
    "token",
    [
        "[[statements:no-such-record:workers]]",
        "[[claims:no-such-record:value]]",
        "[[statements:berau-2025-apbd-1:amount_idr]]",
        "[[statements:berau-2025-apbd-1:secret]]",
        "[[accounts:1:password]]",
    ],
)
def test_a_figure_without_published_record_says_so_and_shows_no_number(
    write_post: WritePost, get_page: GetPage, token: str
) -> None:
    write_post(f"Ada {token} orang.")
    page = get_page(PAGE)
    (span,) = page.all("span", class_="bound")
    assert text_of(span) == "angka ditarik"
    assert any(link.startswith("/perubahan") for link in page.links)
    assert "Ada (angka ditarik) orang." in get_page("/berita?wilayah=berau").text


def test_an_advertorial_is_labelled_where_its_figure_stands(
    content: Flask, write_post: WritePost, get_page: GetPage
) -> None:
    with content.app_context():
        link = update(StatementSource).where(StatementSource.statement_id == "berau-2025-apbd-1")
        query = db.session.query(Source.id).filter(Source.kind == "advertorial")
        db.session.execute(link.values(source_id=query.first()[0]))
        db.session.commit()
    write_post(f"Ada {WORKERS} orang.")
    (tag,) = get_page(PAGE).all("span", class_="bound")[0].findall(".//span[@class='tag warn']")
    assert text_of(tag) == "Advertorial (berbayar)"


def test_lists_and_the_search_show_the_number_not_the_token(write_post: WritePost, get_page: GetPage) -> None:
    write_post(f"Sebanyak {WORKERS} nelayan singgahan.")
    assert "Sebanyak 4.465 nelayan singgahan." in get_page("/berita?wilayah=berau").text
    found = get_page("/cari?q=singgahan").text
    assert "4.465" in found
    assert "[[" not in found


def test_a_page_follows_its_record(content: Flask, write_post: WritePost, get_page: GetPage) -> None:
    write_post(f"Ada {WORKERS} orang.")
    with content.app_context():
        db.session.execute(update(Statement).where(Statement.id == "berau-2025-apbd-1").values(workers=4500))
        publish_change(db.session)
        db.session.commit()
    assert text_of(get_page(PAGE).all("span", class_="bound")[0]).startswith("4.500")


def test_tokens_in_code_links_and_attributes_make_no_markup(site: Flask) -> None:
    with site.test_request_context():
        body = (
            f"`{WORKERS}` [lihat \\[\\[statements:berau-2025-apbd-1:workers\\]\\]](/berita/x?a=1) {WORKERS}"
        )
        html = to_page(to_html(body), find_figures(bound_in(body)))
    assert f"<code>{WORKERS}</code>" in html
    assert ">lihat 4.465</a>" in html
    assert html.count('class="bound"') == 1


@pytest.mark.parametrize(
    "written",
    [
        f"Ada {WORKERS} orang.",
        r"\[\[statements:berau-2025-apbd-1:workers\]\]",
        r"[[statements:berau\-2025\-apbd\-1:workers]]",
        "&#91;[statements:berau-2025-apbd-1&#x3a;workers]] [[x",
        f"[lihat {WORKERS}](https://example.org)",
        f"| a |\n|---|\n| **{WORKERS}** |",
    ],
)
def test_what_a_reader_sees_as_a_figure_is_known_without_rendering(written: str) -> None:
    assert bound_in(written)
    assert set(bound_in(written)) <= set(mentioned_in(written))


def test_an_attribute_is_never_filled_in(site: Flask) -> None:
    with site.test_request_context():
        figures = find_figures(bound_in(WORKERS))
        html = to_page(
            Markup('<img alt="a > {0}" src="/gambar/x"><p title="{0}">{0}</p>').format(WORKERS), figures
        )
    assert html.count(WORKERS) == 2
    assert html.count("4.465") == 1


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '" onclick="x', "A & B", "{{ 7*7 }}", "%(x)s {0}"]
)
def test_what_a_record_says_is_never_markup(
    content: Flask, write_post: WritePost, get_page: GetPage, name: str
) -> None:
    with content.app_context():
        db.session.execute(update(Source).where(Source.id == "fokusborneo-berau-2025").values(publisher=name))
        db.session.commit()
    write_post(f"Ada {WORKERS} orang.")
    page = get_page(PAGE)
    assert name in text_of(page.all("span", class_="bound")[0])
    assert not page.all("script", src="")


def test_a_figure_without_source_says_so(content: Flask, write_post: WritePost, get_page: GetPage) -> None:
    with content.app_context():
        db.session.execute(delete(StatementSource).where(StatementSource.statement_id == "berau-2025-apbd-1"))
        db.session.commit()
    write_post(f"Ada {WORKERS} orang.")
    assert "tanpa sumber" in text_of(get_page(PAGE).all("span", class_="bound")[0])


def test_a_summary_is_cut_after_its_figures_are_filled_in(site: Flask) -> None:
    with site.test_request_context():
        body = f"{WORKERS} orang. " * 40
        text = to_summary(body, find_figures(bound_in(body)))
    assert text.startswith("4.465 orang. 4.465 orang.")
    assert len(text) <= 182
    assert text.endswith(" …")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (WORKERS, Token("statements", "berau-2025-apbd-1", "workers")),
        ("claims:k-1:value", Token("claims", "k-1", "value")),
        ("berau 2025", None),
        ("[[x]]", None),
        ("", None),
    ],
)
def test_a_token_is_read_with_or_without_brackets(typed: str, read: Token | None) -> None:
    assert read_token(typed) == read


def test_a_page_of_many_figures_stays_small_and_asks_little(
    content: Flask, write_post: WritePost, get_page: GetPage
) -> None:
    line = " ".join(
        f"[[statements:{PPU}:{field}]]" for field in ("workers", "amount_idr", "monthly_contribution_idr")
    )
    write_post(
        "\n\n".join(f"Baris {number}: {line} {WORKERS} [[claims:k-berau-4:value]]." for number in range(40))
    )
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        page = get_page(PAGE)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(page.all("span", class_="bound")) == 200
    assert len(statements) <= 12, "\n".join(statements)
