"""Pages of funding: the explorer and one commitment."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.pages import kept, page
from portal.core.paging import PageBeyondEnd, address
from portal.corrections.queries import find_last_change
from portal.corrections.withdrawals import tells_withdrawal
from portal.evidence.queries import list_checks
from portal.funding.explorer.listing import get_listing
from portal.funding.explorer.queries import get_choices
from portal.funding.explorer.shapes import Listing
from portal.funding.forms import Reading, form_options, read_filters
from portal.funding.line_page import line_page, ordered_checks
from portal.funding.queries import get_commitment

funding_bp = Blueprint("funding", __name__)
EXPLORER = "funding/explorer.html"
FRAGMENTS = ("commitment_results",)
# Written on each link and form that swaps the results; see templates/funding/explorer/results.html.
SWAP = {
    "hx-target": "#commitment-results",
    "hx-select": "#commitment-results",
    "hx-select-oob": "#explorer-status:innerHTML",
    "hx-swap": "outerHTML",
    "hx-push-url": "true",
}


@funding_bp.get("/pendanaan")
@kept
def explore() -> Response:
    """The funding lines that the address asks for.

    400 with a sentence for each parameter that isn't understood, 404 for a page beyond the end; both keep the
    filters that are.
    """
    reading = read_filters(request.args)
    if reading.faults:
        return _refused(reading, 400, tuple(fault.sentence for fault in reading.faults))
    try:
        listing = get_listing(reading.filters, reading.page, url_for("funding.explore"))
    except PageBeyondEnd as end:
        return _refused(reading, 404, (str(end),))
    return _shown(reading, listing)


def _shown(reading: Reading, listing: Listing) -> Response:
    # Forms send their empty fields as well; the address that is kept and passed on goes without.
    clean = listing.pages.address(reading.page)
    response = page(
        EXPLORER,
        fragments=FRAGMENTS,
        **_context(reading),
        listing=listing,
        sentences=(),
        other_language_url=clean.removeprefix("/en") if language() == "en" else f"/en{clean}",
    )
    if "HX-Request" in request.headers:
        response.headers["HX-Push-Url"] = clean
    return response


def _refused(reading: Reading, status: int, sentences: tuple[str, ...]) -> Response:
    return page(
        EXPLORER, status=status, fragments=FRAGMENTS, **_context(reading), listing=None, sentences=sentences
    )


def _context(reading: Reading) -> dict[str, Any]:
    path = url_for("funding.explore")
    return {
        "filters": reading.filters,
        "options": form_options(get_choices(reading.filters)),
        "path": path,
        "swap": SWAP,
        "understood": address(path, reading.filters.parameters()),
    }


@funding_bp.get("/pendanaan/<name>")
@kept
@tells_withdrawal("commitments")
def commitment(name: str) -> Response:
    """One funding line with all that is said of it; 404 where there is none."""
    # PostgreSQL takes no NUL in a text.
    if "\0" in name:
        raise NotFound(_("This funding line is not on the portal."))
    line = get_commitment(name)
    settings = current_app.config["PORTAL_SETTINGS"]
    public = settings.base_url + url_for("funding.commitment", name=line.id)
    return page(
        "funding/commitment.html",
        line=line,
        shown=line_page(line, settings.site_name, public),
        checks=ordered_checks(list_checks(commitment=line.id)),
        change=find_last_change({"commitments": (line.id,), "statements": line.statement_ids}),
    )
