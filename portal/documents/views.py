"""PDF addresses: rendered once per edition and language, then kept in memory and as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, current_app, make_response

from portal.core.errors import NotFound
from portal.core.i18n import language
from portal.core.pages import kept
from portal.corrections.withdrawals import tells_withdrawal
from portal.documents.keeping import keep_file
from portal.documents.queries import get_edition
from portal.documents.renderer import render_pdf
from portal.documents.shapes import Summary
from portal.documents.summaries import program_summary, region_summary

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


def _answer(kind: str, slug: str, make: Callable[[str], Summary]) -> Response:
    # The name of the kept file is made of the slug: what is no slug is refused before it comes near a path.
    if not SLUG.fullmatch(slug):
        raise NotFound
    name = f"{slug}-{language()}.pdf"
    folder = Path(current_app.config["PORTAL_SETTINGS"].instance) / "documents"
    body = keep_file(folder, get_edition(), f"{kind}-{name}", lambda: _render(make(slug)))
    response = make_response(body)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _render(summary: Summary) -> bytes:
    return render_pdf(summary.html, summary.files)
