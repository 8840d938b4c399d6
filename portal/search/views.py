"""One search over everything published."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.core.addresses import require_known
from portal.core.labels import label
from portal.core.pages import page
from portal.core.paging import paginate, read_page
from portal.search import queries
from portal.search.forms import HINT, read_question
from portal.search.shapes import Found

search_bp = Blueprint("search", __name__)


@search_bp.get("/cari")
def search() -> BaseResponse:
    """Results by kind, best first; without a question, what can be looked for."""
    require_known(request.args, ("q", "jenis", "hal", HINT))
    asked = read_question(request.args)
    if asked.meant_check and HINT not in request.args:
        # Out of the address at once, and so out of the browser's history.
        return redirect(url_for("search.search", petunjuk="cek"), 303)
    found = queries.find(asked.text) if asked.text and not asked.error else Found(())
    total = found.counts.get(asked.kind, 0) if asked.kind else found.total
    parameters = {"q": asked.text, "jenis": asked.kind}
    pages = paginate(read_page(request.args), total, url_for("search.search"), parameters)
    return page(
        "search/results.html",
        fragments=("search_results",),
        status=400 if asked.error else 200,
        asked=asked,
        found=found,
        pages=pages,
        results=queries.list_results(found, asked.kind, limit=pages.size, offset=pages.offset),
        kinds=tuple((kind, label("search_kind", kind), count) for kind, count in found.counts.items()),
    )
