"""Pages of sources: the list and one source with everything that cites it."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from portal.citations.citing import list_citations
from portal.citations.forms import Reading, kind_options, read_filters, region_options
from portal.citations.queries import count_sources, find_source, list_sources
from portal.citations.shapes import SourcePage
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.pages import kept, page
from portal.core.paging import PageBeyondEnd, Pages, address, paginate
from portal.corrections.queries import find_last_change
from portal.corrections.withdrawals import tells_withdrawal

citations_bp = Blueprint("citations", __name__)
SOURCES = "citations/sources.html"
SOURCES_PER_PAGE = 40


@citations_bp.get("/sumber")
@kept
def sources() -> Response:
    """Sources, filtered and paged; 400 for what is not understood, 404 for a page beyond the end."""
    reading = read_filters(request.args)
    if reading.faults:
        return _refused(reading, 400, tuple(fault.sentence for fault in reading.faults))
    path, total = url_for("citations.sources"), count_sources(reading.filters)
    try:
        pages = paginate(reading.page, total, path, reading.filters.parameters(), size=SOURCES_PER_PAGE)
    except PageBeyondEnd as end:
        return _refused(reading, 404, (str(end),))
    return _list(reading, pages=pages, listed=list_sources(reading.filters, pages.offset, pages.size))


@citations_bp.get("/sumber/<name>")
@kept
@tells_withdrawal("sources")
def source(name: str) -> Response:
    """One source; 404 where none has that id."""
    found = find_source(name)
    if found is None:
        raise NotFound(_("This source is not on the portal."))
    shown = SourcePage(found, list_citations(found.id))
    return page("citations/source.html", shown=shown, change=find_last_change({"sources": (found.id,)}))


def _refused(reading: Reading, status: int, sentences: tuple[str, ...]) -> Response:
    return _list(reading, status=status, sentences=sentences)


def _list(
    reading: Reading,
    *,
    status: int = 200,
    sentences: tuple[str, ...] = (),
    pages: Pages | None = None,
    listed: tuple[object, ...] = (),
) -> Response:
    path = url_for("citations.sources")
    return page(
        SOURCES,
        status=status,
        filters=reading.filters,
        kinds=kind_options(),
        regions=region_options(),
        path=path,
        understood=address(path, reading.filters.parameters()),
        sentences=sentences,
        pages=pages,
        listed=listed,
    )
