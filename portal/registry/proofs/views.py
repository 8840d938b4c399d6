"""`/cek/bukti`: what a sheet's code says. Anyone may ask; there is nothing of a person to be found."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.core.pages import kept, page
from portal.registry.answering.covers import local_today
from portal.registry.proofs.pages import hide, unknown_code, unseen
from portal.registry.proofs.sheets import PLACE, find_sheet
from portal.registry.proofs.tokens import LONGEST_TYPED, fold_code

proofs_bp = Blueprint("proofs", __name__)


@proofs_bp.before_request
def _drop_query() -> BaseResponse | None:
    """As at the check: whatever stands in the query is dropped unread."""
    if not request.query_string:
        return None
    code = fold_code((request.view_args or {}).get("token", ""))
    return redirect(url_for("proofs.show", token=code) if code else url_for("proofs.show_form"), 303)


@proofs_bp.get(PLACE)
@kept
def show_form() -> Response:
    """Where the code of a printed sheet is typed."""
    response = page("registry/proof_form.html", typed="", error=False)
    hide(response)
    return response


@proofs_bp.post(PLACE)
def read_code() -> BaseResponse:
    """On to the code's own page; what is no code never becomes an address, as somebody may type a NIK here."""
    typed = request.form.get("kode", "")
    sheet = find_sheet(typed, local_today())
    if sheet:
        return unseen(redirect(url_for("proofs.show", token=sheet.token), 303))
    shown = "".join(char for char in typed[:LONGEST_TYPED] if char.isprintable())
    return unseen(page("registry/proof_form.html", status=422, typed=shown, error=True))


@proofs_bp.get(f"{PLACE}/<token>")
def show(token: str) -> BaseResponse:
    """What was found that day; one and the same page for every code that isn't known."""
    today = local_today()
    sheet = find_sheet(token, today)
    if sheet is None:
        return unknown_code()
    if sheet.token != token:
        return unseen(redirect(url_for("proofs.show", token=sheet.token), 303))
    is_over = (sheet.until.year, sheet.until.month) < (today.year, today.month)
    return unseen(page("registry/proof.html", sheet=sheet, is_over=is_over))
