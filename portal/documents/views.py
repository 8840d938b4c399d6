"""PDF addresses: rendered once per edition and language, then kept in memory and as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.core.errors import NotFound
from portal.core.i18n import language
from portal.core.pages import kept
from portal.corrections.withdrawals import tells_withdrawal
from portal.documents.keeping import keep_file
from portal.documents.queries import get_edition
from portal.documents.renderer import render_pdf
from portal.documents.shapes import Summary
from portal.documents.sheets import proof_sheet
from portal.documents.summaries import program_summary, region_summary
from portal.registry.answering.covers import local_today
from portal.registry.proofs.pages import unknown_code, unseen
from portal.registry.proofs.sheets import find_sheet
from portal.registry.proofs.tokens import fold_code

# What a data package may name a programme; it begins with no dot and holds no slash.
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", re.ASCII)

documents_bp = Blueprint("documents", __name__)


@documents_bp.get("/unduh/wilayah/<slug>.pdf")
@kept
def region(slug: str) -> Response:
    """The summary of a region."""
    return _answer("wilayah", slug, region_summary)


@documents_bp.get("/unduh/program/<slug>.pdf")
@kept
@tells_withdrawal("programs")
def program(slug: str) -> Response:
    """The summary of a programme."""
    return _answer("program", slug, program_summary)


@documents_bp.get("/cek/bukti/<token>.pdf")
def proof(token: str) -> BaseResponse:
    """The sheet of a check, by its code; the page of unknown codes where there is none."""
    if request.query_string:
        # As at the check: whatever stands in the query is dropped unread.
        return redirect(url_for("documents.proof", token=fold_code(token) or "-"), 303)
    sheet = find_sheet(token, local_today())
    if sheet is None:
        return unknown_code()
    # A code is written in one way, so the name of the kept file is ours and not the visitor's.
    name = f"bukti-{sheet.token}-{language()}.pdf"
    return unseen(_send(name, _keep(name, lambda: render_pdf(proof_sheet(sheet)))))


def _answer(kind: str, slug: str, make: Callable[[str], Summary]) -> Response:
    # The name of the kept file is made of the slug: what is no slug is refused before it comes near a path.
    if not SLUG.fullmatch(slug):
        raise NotFound
    name = f"{slug}-{language()}.pdf"
    return _send(name, _keep(f"{kind}-{name}", lambda: _render(make(slug))))


def _keep(name: str, make: Callable[[], bytes]) -> bytes:
    """The document with this name in today's edition of the content, made where there is none yet."""
    folder = Path(current_app.config["PORTAL_SETTINGS"].instance) / "documents"
    return keep_file(folder, get_edition(), name, make)


def _send(name: str, body: bytes) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _render(summary: Summary) -> bytes:
    return render_pdf(summary.html, summary.files)
