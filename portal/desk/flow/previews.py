"""A post as the public will read it, made of the cells of a draft."""

from __future__ import annotations

from datetime import date

from portal.core.i18n import language
from portal.desk.flow.queries.items import list_names
from portal.desk.flow.queries.people import find_place
from portal.evidence.queries import list_sources
from portal.news.figures.queries import find_figures
from portal.news.figures.rendering import to_page, to_summary
from portal.news.figures.tokens import bound_in
from portal.news.markdown import to_html
from portal.news.pictures import pictures_in
from portal.news.queries import list_region_awards
from portal.news.shapes import Place, PostPage
from portal.publishing.shapes import Cells


def preview_post(cells: Cells, *, permitted: bool) -> PostPage:
    """The page of a post that may lack anything; `permitted`: it is read without an account."""
    spoken = language()
    body = cells.get(f"body_{spoken}", "")
    region = cells.get("region_code", "")
    figures = find_figures(bound_in(body))
    program = cells.get("program_id", "")
    awards = [one for one in list_region_awards(region) if one.id == cells.get("award_id")]
    return PostPage(
        id=cells.get("id", ""),
        kind=cells.get("kind") or "announcement",
        headline=cells.get(f"title_{spoken}") or cells.get("title_id") or cells.get("id", ""),
        published_on=_day(cells.get("published_on", "")),
        region=Place(*find_place(region)),
        html=to_page(to_html(body, pictures_in(body, permitted=permitted)), figures),
        summary=to_summary(body, figures),
        program=(program, list_names({("programs", program)}, region).get(("programs", program), program))
        if program
        else None,
        award=awards[0] if awards else None,
        sources=list_sources([one.strip() for one in cells.get("source_ids", "").split(";") if one.strip()]),
        flags=(),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
