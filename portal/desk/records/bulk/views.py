"""Addresses of the sheet: paste or upload, look, keep all."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.guard import current_actor, desk_view
from portal.accounts.shapes import Actor
from portal.core.id_numbers import IdNumberTyped
from portal.core.pages import page
from portal.core.tabular import csv_bytes
from portal.desk.records import forms
from portal.desk.records.bulk.header import KIND
from portal.desk.records.bulk.services import keep_all
from portal.desk.records.bulk.sheet import (
    LARGEST_FILE,
    MOST_ROWS,
    SheetRefused,
    read_file,
    read_text,
    written,
)
from portal.desk.records.bulk.table import Sheet, read_sheet
from portal.desk.records.previews import Candidate, preview
from portal.desk.records.queries import list_choices, list_chosen_sources, list_sources_for
from portal.desk.records.shapes import CheckReport, Choice, SourcePicker
from portal.publishing.outcomes import IdTaken

bulk_bp = Blueprint("bulk", __name__)

ADDRESS = "/meja/pernyataan-banyak"
# The file and, beside it, the same as text.
LARGEST = 2 * LARGEST_FILE + 64 * 1024
# Made up; the columns stand in the order of the form.
EXAMPLE = {
    "commitment_id": "berau-2026-apbd",
    "stage": "budgeted",
    "as_of": "2026-01-31",
    "workers": "4465",
    "workers_qualifier": "exact",
    "monthly_contribution_idr": "16800",
    "months": "12",
    "amount_idr": "900144000",
    "amount_qualifier": "exact",
    "source_ids": "prokopim-berau-2025",
    "note": "",
}


@dataclass(frozen=True, slots=True)
class BulkView:
    """The page: what was pasted, what all rows share, and what came of reading it."""

    text: str = ""
    line: str = ""
    lines: tuple[Choice, ...] = ()
    sources: SourcePicker = field(default_factory=lambda: SourcePicker((), (), "", more=False))
    nonce: str = ""
    error: str = ""
    sheet: Sheet | None = None
    checks: CheckReport | None = None
    most: int = MOST_ROWS
    kept: int = 0


@bulk_bp.get(ADDRESS)
@desk_view("editor")
def show() -> Response:
    """Where rows are pasted or a file is chosen."""
    kept = request.args.get("dibuat", "")
    return _show(
        current_actor(), kept=int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 5 else 0
    )


@bulk_bp.get(f"{ADDRESS}/templat.csv")
@desk_view("editor")
def template() -> Response:
    """A sheet with the columns and one made-up row."""
    body = csv_bytes(tuple(EXAMPLE), [tuple(EXAMPLE.values())])
    return Response(
        body,
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="pernyataan.csv"', "X-Robots-Tag": "noindex"},
    )


@bulk_bp.post(ADDRESS)
@desk_view("editor", largest=LARGEST)
def read() -> BaseResponse:
    """Read the rows and show what would come of them; with `langkah=simpan` keep them if nothing is wrong."""
    actor = current_actor()
    text = request.form.get("baris", "")
    if request.form.get("langkah") == "cari":
        return _show(actor, text=text)
    try:
        file = request.files.get("berkas")
        data = file.read(LARGEST_FILE + 1) if file else b""
        rows = read_file(data) if data else read_text(text)
        sheet = read_sheet(actor, rows, _shared())
    except SheetRefused as refusal:
        return _show(actor, text=text, error=str(refusal), status=422)
    text = written(rows)
    if sheet.faults:
        return _show(actor, text=text, sheet=sheet, status=422)
    if request.form.get("langkah") == "simpan":
        try:
            count = keep_all(
                actor, [line.cells for line in sheet.lines], forms.read_word(request.form, "nonce")
            )
        except (IdTaken, IdNumberTyped) as refusal:
            return _show(actor, text=text, sheet=sheet, error=str(refusal), status=422)
        return redirect(f"{request.script_root}{ADDRESS}?dibuat={count}", 303)
    return _show(actor, text=text, sheet=sheet)


def _shared() -> dict[str, str]:
    """What fills the empty cells of every row."""
    ids = [one for one in request.form.getlist("source_ids") if one]
    line = request.form.get("commitment_id", "").replace("\0", "")
    return {"source_ids": ";".join(ids).replace("\0", ""), "commitment_id": line}


def _show(
    actor: Actor,
    *,
    text: str = "",
    error: str = "",
    sheet: Sheet | None = None,
    kept: int = 0,
    status: int = 200,
) -> Response:
    shared = _shared()
    chosen = [one for one in shared["source_ids"].split(";") if one]
    words = request.form.get("cari-source_ids", "")[:200]
    found, more = list_sources_for(actor, words, chosen)
    lines, _more = list_choices(actor, "commitments", "", shared["commitment_id"])
    view = BulkView(
        text=text,
        line=shared["commitment_id"],
        lines=lines,
        sources=SourcePicker(list_chosen_sources(actor, chosen), found, words, more),
        nonce=forms.read_word(request.form, "nonce") or token_urlsafe(18),
        error=error,
        sheet=sheet,
        checks=_checks(actor, sheet) if sheet and not sheet.faults else None,
        kept=kept,
    )
    return page("desk/records/bulk.html", status=status, bulk=view)


def _checks(actor: Actor, sheet: Sheet) -> CheckReport | None:
    return preview(actor, [Candidate(KIND, f"baris-{line.row}", line.cells) for line in sheet.lines])
