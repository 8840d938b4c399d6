"""The list of sources and the page of each, with everything that cites it."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from portal.citations.citing import list_citations
from portal.citations.queries import count_sources, list_sources
from portal.citations.shapes import SourceFilters
from tests.conftest import GetPage
from tests.funding.starter import rows, sources
from tests.support.pages import text_of

FILES = {
    "statement": "statements",
    "claim": "claims",
    "program": "programs",
    "award": "awards",
    "post": "news",
    "regulation": "regulations",
    "measure": "measures",
}


def _cited() -> Counter[tuple[str, str]]:
    """How often each source is cited by records of each kind, from the files."""
    return Counter(
        (source, kind)
        for kind, name in FILES.items()
        for row in rows(name)
        for source in row["source_ids"].split(";")
        if source
    )


def test_every_source_has_a_page_that_passes_all_checks(get_page: GetPage) -> None:
    for place, (name, row) in enumerate(sources().items()):
        page = get_page(f"{'/en' if place % 4 == 0 else ''}/sumber/{name}")
        assert row["publisher"] in page.text


def test_a_source_page_lists_exactly_what_cites_it(site: Flask) -> None:
    expected = _cited()
    with site.test_request_context():
        for name in sources():
            found = {kind: len(citations) for kind, citations in list_citations(name)}
            assert found == {kind: count for (source, kind), count in expected.items() if source == name}


def test_the_list_counts_citations_as_the_files_do(site: Flask) -> None:
    expected: Counter[str] = Counter()
    for (source, _kind), count in _cited().items():
        expected[source] += count
    with site.app_context():
        listed = list_sources(SourceFilters(), 0, 1000)
    assert {item.source.id: item.cited for item in listed} == {name: expected[name] for name in sources()}


def test_a_source_without_title_or_date_says_so(get_page: GetPage) -> None:
    name = next(n for n, row in sources().items() if not row["title"] and not row["published_on"])
    page = get_page(f"/sumber/{name}")
    assert "judul tidak terbaca" in page.text
    assert "Tanpa tanggal" in page.text


def test_an_advertorial_is_explained_on_its_page(get_page: GetPage) -> None:
    page = get_page("/en/sumber/risalah-ppu-1377")
    assert "This is an advertorial" in page.text
    assert "Risalah" in page.text


def test_an_outside_link_shows_its_host_and_keeps_the_opener_closed(get_page: GetPage) -> None:
    page = get_page("/sumber/aksaraloka-kalbar-2025")
    (link,) = [link for link in page.all("a") if (link.get("href") or "").startswith("https://")]
    assert "noopener" in (link.get("rel") or "").split()
    assert "aksaraloka.com" in text_of(link)


def test_what_cites_a_source_is_linked(get_page: GetPage) -> None:
    page = get_page("/sumber/fokusborneo-berau-2025")
    assert {
        "/pendanaan/berau-2025-apbd",
        "/pendanaan/berau-2025-dbh-sawit",
        "/program/berau-pekerja-rentan",
    } <= set(page.links)


def test_paging_shows_every_source_once(get_page: GetPage) -> None:
    shown: list[str] = []
    for number in range(1, 5):
        page = get_page(f"/sumber?hal={number}")
        main = page.by_id("main")
        shown += [a.get("href", "") for a in main.iter("a") if a.get("href", "").startswith("/sumber/")]
    assert sorted(shown) == sorted(f"/sumber/{name}" for name in sources())


@pytest.mark.parametrize(
    "filters",
    [
        SourceFilters(words="antara"),
        SourceFilters(words="PEKERJA sawit"),
        SourceFilters(kind="advertorial"),
        SourceFilters(kind="government", words="pro"),
        SourceFilters(words="%"),
    ],
    ids=str,
)
def test_filters_leave_the_sources_that_the_files_hold(site: Flask, filters: SourceFilters) -> None:
    words = filters.words.lower().split()
    expected = {
        name
        for name, row in sources().items()
        if filters.kind in ("", row["kind"])
        and all(word in row["publisher"].lower() or word in row["title"].lower() for word in words)
    }
    with site.app_context():
        assert {item.source.id for item in list_sources(filters, 0, 1000)} == expected
        assert count_sources(filters) == len(expected)


def test_the_region_filter_leaves_sources_that_report_on_it(site: Flask) -> None:
    programs = {row["id"]: row["region_code"] for row in rows("programs")}
    commitments = {row["id"]: programs[row["program_id"]] for row in rows("commitments")}
    expected = set()
    for name in FILES.values():
        for row in rows(name):
            region = (
                row.get("region_code")
                or programs.get(row.get("program_id", ""))
                or commitments.get(row.get("commitment_id", ""))
            )
            if region == "64.03":
                expected |= {source for source in row["source_ids"].split(";") if source}
    with site.app_context():
        found = {item.source.id for item in list_sources(SourceFilters(region="berau"), 0, 1000)}
    assert found == expected


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("jenis=gosip", 400),
        ("wilayah=atlantis", 400),
        ("q=%00", 400),
        (f"q={'x' * 10_000}", 400),
        ("hal=-1", 400),
        ("warna=merah", 400),
        ("hal=999999", 404),
    ],
    ids=lambda value: str(value)[:16],
)
def test_an_address_that_is_not_understood_gets_a_sentence_and_the_way_back(
    get_page: GetPage, query: str, status: int
) -> None:
    page = get_page(f"/sumber?{query}", status=status)
    (notice,) = page.all("div", class_="notice")
    assert text_of(notice.find("p"))
    assert "/sumber" in [link.get("href") for link in notice.iter("a")]


@pytest.mark.parametrize("name", ["tidak-ada", "x%00", "%ff", "a" * 3000])
def test_an_unknown_source_is_not_found_in_either_language(get_page: GetPage, name: str) -> None:
    for prefix in ("", "/en"):
        assert get_page(f"{prefix}/sumber/{name}", status=404).all("input", name="q")
