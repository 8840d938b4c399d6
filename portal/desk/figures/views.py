"""`/meja/angka`: the search for a figure, and the texts whose figures were corrected."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.guard import current_actor, desk_view
from portal.core.addresses import require_known
from portal.core.pages import page
from portal.desk.figures import forms, queries
from portal.desk.figures.services import confirm_text
from portal.news.figures.lookup import MOST, list_places
from portal.news.figures.queries import list_flagged
from portal.news.figures.services import NotConfirmed

desk_figures_bp = Blueprint("desk_figures", __name__, url_prefix="/meja/angka")


@desk_figures_bp.get("")
@desk_view("editor", "reviewer")
def find_figure() -> Response:
    """Published figures by words, number, year, stage and region, each with its token."""
    require_known(request.args, ("q", "wilayah"))
    places = list_places()
    question = forms.read_question(request.args, places)
    return page(
        "desk/figures/search.html",
        fragments=("figure_results",),
        question=question,
        regions=tuple((code, name) for code, _slug, name in places),
        figures=queries.answer(question, current_actor()),
        most=MOST,
    )


@desk_figures_bp.get("/koreksi")
@desk_view("editor", "reviewer")
def list_corrected() -> Response:
    """Posts that show a figure corrected since they came out."""
    return _show_corrected()


@desk_figures_bp.post("/koreksi/<slug>/<int:flag_id>")
@desk_view("reviewer")
def confirm(slug: str, flag_id: int) -> BaseResponse:
    """A reviewer says in words that the text still holds."""
    word = request.form.get("alasan", "")
    try:
        confirm_text(current_actor(), slug, flag_id, word, request.form.get("terlihat"))
    except NotConfirmed as error:
        return _show_corrected(status=422, wrong=(flag_id, word, str(error)))
    return redirect(url_for("desk_figures.list_corrected"), 303)


def _show_corrected(status: int = 200, wrong: tuple[int, str, str] | None = None) -> Response:
    actor = current_actor()
    return page(
        "desk/figures/corrected.html",
        status=status,
        posts=list_flagged(actor),
        actor=actor,
        wrong=wrong,
    )
